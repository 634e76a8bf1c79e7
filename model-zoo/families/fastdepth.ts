/**
 * FastDepth: a MobileNet encoder, a decoder of depthwise 5×5 steps with additive skips, all widths set by pruning.
 *
 * Figures: batch norm folded (about 0.5 % fewer parameters).
 * Sources: arXiv:1903.03273; github:dwofk/fast-depth models.py (MobileNetSkipAdd) and its pruned checkpoint
 * mobilenet-nnconv5dw-skipadd-pruned, whose channel counts these are.
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

interface FastdepthConfig {
  readonly stem: number
  /** Channels and stride of each separable block. */
  readonly encoder: readonly (readonly [out: number, stride: number])[]
  /** Blocks whose outputs are added to the decoder, coarse to fine. */
  readonly skips: readonly number[]
  /** Channels of each doubling step; a step whose map meets a skip has that skip's channels. */
  readonly decoder: readonly number[]
}

function fastdepth(name: string, shape: readonly number[], config: FastdepthConfig): Graph {
  const g = new GraphBuilder(name)
  let x = g.conv(g.input('input', shape), { out: config.stem, kernel: 3, stride: 2, activation: 'relu6' })
  const maps = config.encoder.map(([out, stride], block) => {
    x = g.within(`encoder${block + 1}`, () => {
      const filtered = g.depthwise(x, { kernel: 3, stride, activation: 'relu6' })
      return g.conv(filtered, { out, kernel: 1, activation: 'relu6' })
    })
    return x
  })
  config.decoder.forEach((out, step) => {
    x = g.within(`decoder${step + 1}`, () => decoderStep(g, x, out))
    // The first step has no map of its size in the encoder beside the one it came from.
    const skip = maps[config.skips[step - 1] ?? -1]
    if (skip !== undefined) x = g.add(x, skip)
  })
  return g.finish({ depth: g.conv(x, { out: 1, kernel: 1, activation: 'relu' }) })
}

function decoderStep(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const filtered = g.depthwise(x, { kernel: 5, activation: 'relu' })
  return g.upsample(g.conv(filtered, { out, kernel: 1, activation: 'relu' }), 2)
}

const pruned: FastdepthConfig = {
  stem: 16,
  encoder: [
    [56, 1],
    [88, 2],
    [120, 1],
    [144, 2],
    [256, 1],
    [408, 2],
    [376, 1],
    [272, 1],
    [288, 1],
    [296, 1],
    [328, 1],
    [480, 2],
    [512, 1],
  ],
  skips: [4, 2, 0],
  decoder: [200, 256, 120, 56, 16],
}

export const fastdepthPresets: PresetTable = {
  fastdepth: {
    family: 'depth',
    task: 'depth',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:1903.03273; github:dwofk/fast-depth',
    build: (name, shape) => fastdepth(name, shape, pruned),
  },
}
