/**
 * RTMDet: CSPNeXt with large depthwise kernels and channel attention, path aggregation, heads that levels share.
 *
 * Outputs are boxes in pixels (left, top, right, bottom) and class probabilities for all cells.
 * Figures: the paper counts the heads' 3×3 convolutions once, which keeps the norms of each level from being folded.
 * Sources: arXiv:2212.07784; open-mmlab/mmdetection configs/rtmdet, mmdet/models/backbones/cspnext.py,
 * layers/csp_layer.py, necks/cspnext_pafpn.py, dense_heads/rtmdet_head.py (`RTMDetSepBNHead`).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { boxesFromDistances, cellsOf, flattened } from '../blocks/cells.ts'
import { type CompoundScale, scaledChannels, scaledRepeats } from '../blocks/compound-scale.ts'
import { pathAggregation } from '../blocks/path-aggregation.ts'
import { pooledBySizes } from '../blocks/pyramid-pooling.ts'
import { sharedConv } from '../blocks/shared-layers.ts'

const activation = 'silu'

/** [channels, blocks] of each stage before scaling. */
const stages: readonly (readonly [number, number])[] = [
  [128, 3],
  [256, 6],
  [512, 6],
  [1024, 3],
]
const neckBlocks = 3
const headDepth = 2

interface CrossStage {
  readonly out: number
  readonly blocks: number
  /** Residuals around the blocks and attention over the joined channels: the backbone's form. */
  readonly backbone: boolean
}

function crossStage(g: GraphBuilder, x: Tensor, { out, blocks, backbone }: CrossStage): Tensor {
  const around = g.conv(x, { out: out / 2, kernel: 1, activation })
  let deep = g.conv(x, { out: out / 2, kernel: 1, activation })
  for (let index = 0; index < blocks; index++) {
    const filtered = largeKernelBlock(g, deep)
    deep = backbone ? g.add(filtered, deep) : filtered
  }
  const joined = g.concat([deep, around], 1)
  return g.conv(backbone ? attended(g, joined) : joined, { out, kernel: 1, activation })
}

/** A 3×3 convolution, then a separable one of 5×5. */
function largeKernelBlock(g: GraphBuilder, x: Tensor): Tensor {
  const out = g.channels(x)
  const inner = g.depthwise(g.conv(x, { out, kernel: 3, activation }), { kernel: 5, activation })
  return g.conv(inner, { out, kernel: 1, activation })
}

/** Channels gated by the mean over the map, without a reduction. */
function attended(g: GraphBuilder, x: Tensor): Tensor {
  return g.mul(x, g.conv(g.globalAveragePool(x), { out: g.channels(x), kernel: 1, activation: 'hard-sigmoid' }))
}

/** Outputs of the stages at strides 8, 16 and 32. */
function cspnextFeatures(g: GraphBuilder, image: Tensor, scale: CompoundScale): Tensor[] {
  const stem = scaledChannels(scale, 64)
  let x = g.conv(image, { out: stem / 2, kernel: 3, stride: 2, activation })
  x = g.conv(g.conv(x, { out: stem / 2, kernel: 3, activation }), { out: stem, kernel: 3, activation })
  const maps = stages.map(([channels, blocks], stage) => {
    const out = scaledChannels(scale, channels)
    x = g.within(`stage${stage + 1}`, () => {
      let map = g.conv(x, { out, kernel: 3, stride: 2, activation })
      if (stage === stages.length - 1) {
        const pooled = pooledBySizes(g, g.conv(map, { out: out / 2, kernel: 1, activation }), [5, 9, 13])
        map = g.conv(pooled, { out, kernel: 1, activation })
      }
      return crossStage(g, map, { out, blocks: scaledRepeats(scale, blocks), backbone: true })
    })
    return x
  })
  return maps.slice(1)
}

function neck(g: GraphBuilder, features: readonly Tensor[], scale: CompoundScale): Tensor[] {
  const widths = features.map((map) => g.channels(map))
  const join = (x: Tensor, level: number) =>
    crossStage(g, x, { out: widths[level] ?? 0, blocks: scaledRepeats(scale, neckBlocks), backbone: false })
  const levels = pathAggregation(g, features, {
    reduce: (x, level) => g.conv(x, { out: widths[level - 1] ?? 0, kernel: 1, activation }),
    topDown: join,
    bottomUp: join,
    shrink: (x) => g.conv(x, { out: g.channels(x), kernel: 3, stride: 2, activation }),
  })
  return levels.map((map) => g.conv(map, { out: widths[0] ?? 0, kernel: 3, activation }))
}

/** Filters for all levels, norms and predictions of each. */
function predicted(g: GraphBuilder, levels: readonly Tensor[], out: number): Tensor[] {
  const [finest] = levels
  if (finest === undefined) throw new Error('a neck has levels')
  const filters = Array.from({ length: headDepth }, () =>
    sharedConv(g, finest, { out: g.channels(finest), kernel: 3, bias: false }),
  )
  return levels.map((map) => {
    const x = filters.reduce((y, convolve) => g.batchNorm(convolve(y), activation), map)
    return g.conv(x, { out, kernel: 1 })
  })
}

export function rtmdet(name: string, shape: readonly number[], scale: CompoundScale, classes = 80): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const levels = neck(g, cspnextFeatures(g, image, scale), scale)
  const logits = g.within('classes', () => predicted(g, levels, classes))
  const sides = g.within('boxes', () => predicted(g, levels, 4))
  const distances = g.node('Exp', [flattened(g, sides)])
  const boxes = boxesFromDistances(g, distances, cellsOf(g, image, levels), 'corners')
  return g.finish({ boxes, scores: g.sigmoid(flattened(g, logits)) })
}

export const rtmdetPresets: PresetTable = {
  'rtmdet-m': {
    family: 'nano_det',
    task: 'detection',
    inputShape: [1, 3, 640, 640],
    citation: 'arXiv:2212.07784; open-mmlab/mmdetection configs/rtmdet/rtmdet_m_8xb32-300e_coco.py',
    build: (name, shape) => rtmdet(name, shape, { depth: 0.67, width: 0.75 }),
  },
}
