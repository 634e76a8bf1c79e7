/**
 * GoogLeNet (Inception v1) with batch norm and 3×3 in place of 5×5, as torchvision and TF-slim run it.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.1 % more).
 * Sources: arXiv:1409.4842 table 1; pytorch/vision torchvision/models/googlenet.py.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'

/** Channels: 1×1, reduction and 3×3, reduction and "5×5", projection of the pooling. */
type Mixed = readonly [number, number, number, number, number, number]

const stages: readonly (readonly Mixed[])[] = [
  [
    [64, 96, 128, 16, 32, 32],
    [128, 128, 192, 32, 96, 64],
  ],
  [
    [192, 96, 208, 16, 48, 64],
    [160, 112, 224, 24, 64, 64],
    [128, 128, 256, 24, 64, 64],
    [112, 144, 288, 32, 64, 64],
    [256, 160, 320, 32, 128, 128],
  ],
  [
    [256, 160, 320, 32, 128, 128],
    [384, 192, 384, 48, 128, 128],
  ],
]

function googlenet(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const stem = g.conv(g.input('input', shape), { out: 64, kernel: 7, stride: 2, activation: 'relu' })
  const pooled = g.maxPool(stem, { kernel: 3, stride: 2, pad: 0, ceil: true })
  let x = g.conv(g.conv(pooled, { out: 64, kernel: 1, activation: 'relu' }), {
    out: 192,
    kernel: 3,
    activation: 'relu',
  })
  stages.forEach((blocks, stage) => {
    x = g.maxPool(x, { kernel: stage === 2 ? 2 : 3, stride: 2, pad: 0, ceil: true })
    blocks.forEach((widths, index) => {
      x = g.within(`inception${stage + 3}${'abcde'[index]}`, () => mixed(g, x, widths))
    })
  })
  return classifier(g, x)
}

function mixed(g: GraphBuilder, x: Tensor, [direct, reduce3, out3, reduce5, out5, projected]: Mixed): Tensor {
  const conv = (from: Tensor, out: number, kernel: number) => g.conv(from, { out, kernel, activation: 'relu' })
  return g.concat(
    [
      conv(x, direct, 1),
      conv(conv(x, reduce3, 1), out3, 3),
      conv(conv(x, reduce5, 1), out5, 3),
      conv(g.maxPool(x, { kernel: 3, stride: 1 }), projected, 1),
    ],
    1,
  )
}

export const googlenetPresets: PresetTable = {
  googlenet: {
    family: 'inception',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:1409.4842; pytorch/vision torchvision/models/googlenet.py',
    build: googlenet,
  },
}
