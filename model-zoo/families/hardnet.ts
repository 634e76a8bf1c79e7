/**
 * HarDNet: harmonic dense blocks, in which layer k reads layers k − 2ⁿ for every 2ⁿ that divides k.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more).
 * Sources: arXiv:1909.00948; PingoLH/Pytorch-HarDNet hardnet.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

/** Growth rate, layers, channels after the block, and whether the map is halved after it. */
type Block = readonly [growth: number, layers: number, out: number, halve: boolean]

interface HardnetConfig {
  readonly stem: readonly [number, number]
  readonly blocks: readonly Block[]
  /** Channels grow by this factor for every power of two that divides the layer's index. */
  readonly multiplier: number
  /** Layers are 1×1 and depthwise pairs, poolings are depthwise convolutions. */
  readonly depthwise: boolean
}

function hardnet(name: string, shape: readonly number[], config: HardnetConfig): Graph {
  const g = new GraphBuilder(name)
  const { depthwise } = config
  const [first, second] = config.stem
  let x = g.conv(g.input('input', shape), { out: first, kernel: 3, stride: 2, activation: 'relu6' })
  x = g.conv(x, { out: second, kernel: depthwise ? 1 : 3, activation: 'relu6' })
  x = depthwise ? g.depthwise(x, { kernel: 3, stride: 2 }) : g.maxPool(x, { kernel: 3, stride: 2 })
  config.blocks.forEach(([growth, layers, out, halve], index) => {
    x = g.within(`block${index + 1}`, () => {
      const joined = g.conv(harmonicBlock(g, x, growth, layers, config), { out, kernel: 1, activation: 'relu6' })
      if (!halve) return joined
      return depthwise
        ? g.depthwise(joined, { kernel: 3, stride: 2 })
        : g.maxPool(joined, { kernel: 2, stride: 2, pad: 0 })
    })
  })
  return classifier(g, x)
}

function harmonicBlock(g: GraphBuilder, x: Tensor, growth: number, layers: number, config: HardnetConfig): Tensor {
  const outputs = [x]
  for (let layer = 1; layer <= layers; layer++) {
    const links = linksOf(layer)
    const channels = growth * config.multiplier ** (links.length - 1)
    const out = Math.floor(Math.floor(channels + 1) / 2) * 2
    const inputs = links.flatMap((link) => outputs[link] ?? [])
    const [single] = inputs
    const joined = inputs.length === 1 && single !== undefined ? single : g.concat(inputs, 1)
    outputs.push(
      config.depthwise
        ? g.depthwise(g.conv(joined, { out, kernel: 1, activation: 'relu6' }), { kernel: 3 })
        : g.conv(joined, { out, kernel: 3, activation: 'relu6' }),
    )
  }
  // Odd layers and the last leave the block; the rest only served inside.
  return g.concat(
    outputs.filter((_, layer) => layer % 2 === 1 || layer === layers),
    1,
  )
}

function linksOf(layer: number): readonly number[] {
  const links: number[] = []
  for (let step = 1; layer % step === 0 && step <= layer; step *= 2) links.push(layer - step)
  return links
}

const preset = (config: HardnetConfig): Preset => ({
  family: 'aggregation',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:1909.00948; PingoLH/Pytorch-HarDNet',
  build: (name, shape) => hardnet(name, shape, config),
})

export const hardnetPresets: PresetTable = {
  hardnet39ds: preset({
    stem: [24, 48],
    multiplier: 1.6,
    depthwise: true,
    blocks: [
      [16, 4, 96, true],
      [20, 16, 320, true],
      [64, 8, 640, true],
      [160, 4, 1024, false],
    ],
  }),
  hardnet68: preset({
    stem: [32, 64],
    multiplier: 1.7,
    depthwise: false,
    blocks: [
      [14, 8, 128, true],
      [16, 16, 256, false],
      [20, 16, 320, true],
      [40, 16, 640, true],
      [160, 4, 1024, false],
    ],
  }),
}
