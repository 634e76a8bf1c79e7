/**
 * FFNet: a deep ResNet of basic blocks and a simple feature-pyramid head; output at stride 8.
 *
 * Figures: batch norm folded. The repository's stem is known by its counts alone: six convolutions, two strided, are what
 * the published parameters of both sizes and the layers of AI Hub's deployment (144 in ONNX, 94 in TFLite) leave room for.
 * Sources: arXiv:2206.08236; github:Qualcomm-AI-research/FFNet (segmentation_ffnet40S_dBBB_mobile, …78S…);
 * quic/ai-hub-models 52c080d ffnet_40s, ffnet_78s.
 */

import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

export interface FfnetConfig {
  /** Basic blocks of the four stages. */
  readonly depths: readonly number[]
  readonly classes: number
}

/** Channels and stride. */
const stem: readonly (readonly [out: number, stride: number])[] = [
  [32, 2],
  [32, 1],
  [32, 1],
  [64, 2],
  [64, 1],
  [64, 1],
]
const widths = [64, 128, 192, 320]
/** Channels that the head keeps of each stage, finest first (head type B). */
const kept = [96, 96, 64, 32]
const headWidth = 256

export function ffnet(name: string, shape: readonly number[], { depths, classes }: FfnetConfig): Graph {
  const g = new GraphBuilder(name)
  let x = stem.reduce(
    (y, [out, stride]) => g.conv(y, { out, kernel: 3, stride, activation: 'relu' }),
    g.input('input', shape),
  )
  const stages = depths.map((depth, stage) => {
    for (let block = 0; block < depth; block++) {
      const options = { out: widths[stage] ?? 0, stride: block === 0 ? 2 : 1 }
      x = g.within(`stage${stage + 1}.${block}`, () => basicBlock(g, x, options))
    }
    return x
  })
  const pyramid = g.within('pyramid', () => featurePyramid(g, stages))
  const hidden = g.conv(pyramid, { out: headWidth, kernel: 3, activation: 'relu' })
  return g.finish({ logits: g.conv(hidden, { out: classes, kernel: 1 }) })
}

function basicBlock(
  g: GraphBuilder,
  x: Tensor,
  { out, stride }: { readonly out: number; readonly stride: number },
): Tensor {
  const inner = g.conv(x, { out, kernel: 3, stride, activation: 'relu' })
  const residual = g.conv(inner, { out, kernel: 3 })
  return g.relu(g.add(residual, stride === 1 ? x : g.conv(x, { out, kernel: 1, stride })))
}

/** Coarse to fine: each stage is smoothed for the head and, reduced to the width of the finer one, added to that. */
function featurePyramid(g: GraphBuilder, stages: readonly Tensor[]): Tensor {
  const finest = stages[0]
  let x = stages.at(-1)
  if (finest === undefined || x === undefined) throw new Error('no stages')
  const smoothed: Tensor[] = []
  for (let stage = stages.length - 1; stage >= 0; stage--) {
    smoothed.unshift(g.conv(x, { out: kept[stage] ?? 0, kernel: 3, activation: 'relu' }))
    const finer = stages[stage - 1]
    if (finer === undefined) break
    x = g.add(resizedTo(g, g.conv(x, { out: g.channels(finer), kernel: 1, activation: 'relu' }), finer), finer)
  }
  return g.concat(
    smoothed.map((map, stage) => (stage === 0 ? map : resizedTo(g, map, finest))),
    1,
  )
}

function resizedTo(g: GraphBuilder, x: Tensor, like: Tensor): Tensor {
  return g.resize(x, { to: [dimOf(like.shape, 2), dimOf(like.shape, 3)], mode: 'linear' })
}

const preset = (depths: readonly number[]): Preset => ({
  family: 'segmentation',
  task: 'segmentation',
  inputShape: [1, 3, 1024, 2048],
  citation: 'arXiv:2206.08236; github:Qualcomm-AI-research/FFNet',
  build: (name, shape) => ffnet(name, shape, { depths, classes: 19 }),
})

export const ffnetPresets: PresetTable = {
  'ffnet-40s': preset([4, 5, 6, 4]),
  'ffnet-78s': preset([6, 12, 12, 8]),
}
