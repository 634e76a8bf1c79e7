/**
 * SqueezeNet 1.0 and 1.1: fire modules of a squeezing 1×1 and an expanding pair of 1×1 and 3×3 convolutions.
 *
 * Figures: convolution weights and biases; the networks have no batch norm.
 * Sources: arXiv:1602.07360; pytorch/vision torchvision/models/squeezenet.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

export interface SqueezenetConfig {
  readonly stem: { readonly out: number; readonly kernel: number }
  /** Squeeze channels of each fire module, 'pool' between stages; both expansions are four times as wide. */
  readonly body: readonly (number | 'pool')[]
}

const v10: SqueezenetConfig = {
  stem: { out: 96, kernel: 7 },
  body: ['pool', 16, 16, 32, 'pool', 32, 48, 48, 64, 'pool', 64],
}
export const squeezenet11: SqueezenetConfig = {
  stem: { out: 64, kernel: 3 },
  body: ['pool', 16, 16, 'pool', 32, 32, 'pool', 48, 48, 64, 64],
}

/** Maps after the stem and after each step of the body. */
export function squeezenetFeatures(g: GraphBuilder, image: Tensor, config: SqueezenetConfig): Tensor[] {
  let x = g.conv(image, { ...config.stem, stride: 2, pad: 0, activation: 'relu' })
  return [
    x,
    ...config.body.map((step, index) => {
      x = step === 'pool' ? g.maxPool(x, { kernel: 3, stride: 2, pad: 0, ceil: true }) : fire(g, x, index, step)
      return x
    }),
  ]
}

export function squeezenet(name: string, shape: readonly number[], config: SqueezenetConfig, classes = 1000): Graph {
  const g = new GraphBuilder(name)
  const last = squeezenetFeatures(g, g.input('input', shape), config).at(-1)
  if (last === undefined) throw new Error('no body')
  const scores = g.globalAveragePool(g.conv(last, { out: classes, kernel: 1, activation: 'relu' }))
  return g.finish({ logits: g.flatten(scores) })
}

function fire(g: GraphBuilder, x: Tensor, index: number, squeezed: number): Tensor {
  return g.within(`fire${index}`, () => {
    const s = g.conv(x, { out: squeezed, kernel: 1, activation: 'relu' })
    const narrow = g.conv(s, { out: 4 * squeezed, kernel: 1, activation: 'relu' })
    const wide = g.conv(s, { out: 4 * squeezed, kernel: 3, activation: 'relu' })
    return g.concat([narrow, wide], 1)
  })
}

const preset = (config: SqueezenetConfig): Preset => ({
  family: 'squeezenet',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1602.07360; pytorch/vision torchvision/models/squeezenet.py',
  build: (name, shape) => squeezenet(name, shape, config),
})

export const squeezenetPresets: PresetTable = { 'squeezenet1-0': preset(v10), 'squeezenet1-1': preset(squeezenet11) }
