/**
 * MediaPipe selfie segmentation: a narrow MobileNetV3-like encoder and a decoder that gates its skip connections.
 *
 * Figures: all weights as published, layer by layer as in the published file (biases included).
 * Sources: npm:@mediapipe/selfie_segmentation selfie_segmentation.tflite (Apache-2.0); MediaPipe model card "Selfie Segmentation".
 */

import { type Activation, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { invertedResidual } from '../blocks/inverted-residual.ts'
import { squeezeExcitation } from '../blocks/squeeze-excitation.ts'

type Block = readonly [
  hidden: number,
  out: number,
  kernel: number,
  stride: number,
  squeezed: number,
  activation: Activation,
]

/** Squeezed channels 0 = no gate. */
const blocks: readonly Block[] = [
  [16, 16, 3, 2, 8, 'relu'],
  [72, 24, 3, 2, 0, 'relu'],
  [88, 24, 3, 1, 0, 'relu'],
  [96, 32, 5, 2, 24, 'hard-swish'],
  [128, 32, 5, 1, 32, 'hard-swish'],
  [128, 32, 5, 1, 32, 'hard-swish'],
  [96, 32, 5, 1, 24, 'hard-swish'],
  [96, 32, 5, 1, 24, 'hard-swish'],
]
/** Blocks whose outputs the decoder sees again, coarse to fine; the stem is the last. */
const skipBlocks = [2, 0]

function selfieSegmentation(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const stem = g.conv(g.input('input', shape), { out: 16, kernel: 3, stride: 2, pad: 'same', activation: 'hard-swish' })
  let x = stem
  const maps = blocks.map(([hidden, out, kernel, stride, squeezed, activation], index) => {
    const squeeze = squeezed === 0 ? undefined : { squeezed }
    const options = { hidden, alwaysExpand: true, out, kernel, stride, activation, squeeze, pad: 'same' } as const
    x = g.within(`block${index}`, () => invertedResidual(g, x, options))
    return x
  })
  const gate = g.conv(g.globalAveragePool(x), { out: 128, kernel: 1, activation: 'sigmoid' })
  x = g.mul(g.conv(x, { out: 128, kernel: 1, activation: 'relu' }), gate)
  for (const [level, skip] of [...skipBlocks.map((index) => maps[index]), stem].entries()) {
    if (skip === undefined) throw new Error('no such block')
    x = g.within(`decoder${level}`, () => decoderStep(g, x, skip))
  }
  return g.finish({ mask: g.sigmoid(g.convTranspose(x, { out: 1, kernel: 2, stride: 2, pad: 0 })) })
}

/** Doubles x, lets the skip through where the sum of both says so, and filters with a residual. */
function decoderStep(g: GraphBuilder, x: Tensor, skip: Tensor): Tensor {
  const channels = g.channels(skip)
  const enlarged = g.resize(x, { to: x.shape.slice(2).map((size) => 2 * size), mode: 'linear' })
  const coarse = g.conv(enlarged, { out: channels, kernel: 1 })
  const merged = g.add(gatedSkip(g, skip, coarse), coarse)
  const mixed = g.conv(merged, { out: channels, kernel: 1, activation: 'relu' })
  return g.add(mixed, g.depthwise(mixed, { kernel: 3, activation: 'relu' }))
}

function gatedSkip(g: GraphBuilder, skip: Tensor, coarse: Tensor): Tensor {
  return squeezeExcitation(g, skip, { squeezed: g.channels(skip), seenOn: g.add(skip, coarse) })
}

export const selfieSegmentationPresets: PresetTable = {
  'mediapipe-selfie': {
    family: 'segmentation',
    task: 'segmentation',
    inputShape: [1, 3, 256, 256],
    citation: 'npm:@mediapipe/selfie_segmentation selfie_segmentation.tflite; MediaPipe model card',
    build: selfieSegmentation,
  },
}
