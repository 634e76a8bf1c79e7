/**
 * ESE-VoVNet, depthwise: one-shot aggregation of all layers of a block, gated by effective squeeze-excitation.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more).
 * Sources: arXiv:1904.09730, 1911.06667; huggingface/pytorch-image-models timm/models/vovnet.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

interface VovnetConfig {
  readonly stem: number
  readonly layerWidths: readonly number[]
  readonly outWidths: readonly number[]
  readonly layersPerBlock: number
}

function vovnet(name: string, shape: readonly number[], config: VovnetConfig): Graph {
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: config.stem, kernel: 3, stride: 2, activation: 'relu' })
  x = separable(g, separable(g, x, config.stem, 1), config.stem, 2)
  config.layerWidths.forEach((width, stage) => {
    if (stage > 0) x = g.maxPool(x, { kernel: 3, stride: 2, pad: 0, ceil: true })
    const out = config.outWidths[stage] ?? width
    x = g.within(`stage${stage + 1}`, () => aggregation(g, x, width, out, config.layersPerBlock))
  })
  return classifier(g, x)
}

/** The norm sits after the 1×1 only, so the depthwise half has no bias. */
function separable(g: GraphBuilder, x: Tensor, out: number, stride: number): Tensor {
  return g.conv(g.depthwise(x, { kernel: 3, stride, bias: false }), { out, kernel: 1, activation: 'relu' })
}

function aggregation(g: GraphBuilder, x: Tensor, width: number, out: number, layers: number): Tensor {
  const collected = [x]
  let last = g.channels(x) === width ? x : g.conv(x, { out: width, kernel: 1, activation: 'relu' })
  for (let layer = 0; layer < layers; layer++) {
    last = separable(g, last, width, 1)
    collected.push(last)
  }
  const joined = g.conv(g.concat(collected, 1), { out, kernel: 1, activation: 'relu' })
  return g.mul(joined, g.conv(g.globalAveragePool(joined), { out, kernel: 1, activation: 'hard-sigmoid' }))
}

export const vovnetPresets: PresetTable = {
  'vovnet-19b-dw': {
    family: 'aggregation',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:1904.09730, 1911.06667; timm vovnet.py',
    build: (name, shape) =>
      vovnet(name, shape, {
        stem: 64,
        layerWidths: [128, 160, 192, 224],
        outWidths: [256, 512, 768, 1024],
        layersPerBlock: 3,
      }),
  },
}
