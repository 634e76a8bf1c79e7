/**
 * PIDNet: branches for detail (P), context (I) and boundaries (D), fused by what the boundary branch says.
 *
 * Figures: foldable batch norm folded (about 0.2 % fewer parameters); no auxiliary heads. Output at stride 8.
 * Sources: arXiv:2206.02066; github:XuJiacong/PIDNet models/pidnet.py, models/model_utils.py (variant S: m = 2, n = 3).
 */

import { GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { preactivated, regionScales, residualStage, resizedTo, segmentationHead } from '../blocks/dual-resolution.ts'

export interface PidnetConfig {
  readonly width: number
  readonly poolWidth: number
  readonly headWidth: number
  readonly classes: number
}

export function pidnet(name: string, shape: readonly number[], config: PidnetConfig): Graph {
  const g = new GraphBuilder(name)
  const { width } = config
  const fine = 2 * width
  const basic = (x: Tensor, out: number, blocks: number, stride = 1) =>
    residualStage(g, x, { block: 'basic', width: out, blocks, stride })
  const bottleneck = (x: Tensor, out: number, blocks: number, stride = 1) =>
    residualStage(g, x, { block: 'bottleneck', width: out, blocks, stride })
  const strided = (x: Tensor) => g.conv(x, { out: width, kernel: 3, stride: 2, activation: 'relu' })

  const image = g.input('input', shape)
  const shared = g.relu(basic(g.relu(basic(strided(strided(image)), width, 2)), fine, 2, 2))
  const context3 = g.relu(g.within('i3', () => basic(shared, 4 * width, 3, 2)))
  const detail3 = g.within('p3', () => guided(g, basic(shared, fine, 2), g.conv(context3, { out: fine, kernel: 1 })))
  const edges = g.within('d3', () => basic(shared, width, 1))
  const edges3 = g.add(edges, resizedTo(g, g.conv(context3, { out: width, kernel: 3 }), edges))

  const context4 = g.relu(g.within('i4', () => basic(context3, 8 * width, 3, 2)))
  const detail4 = g.within('p4', () =>
    guided(g, basic(g.relu(detail3), fine, 2), g.conv(context4, { out: fine, kernel: 1 })),
  )
  const deeper = g.within('d4', () => bottleneck(g.relu(edges3), width, 1))
  const edges4 = g.add(deeper, resizedTo(g, g.conv(context4, { out: fine, kernel: 3 }), deeper))

  const detail5 = g.within('p5', () => bottleneck(g.relu(detail4), fine, 1))
  const edges5 = g.within('d5', () => bottleneck(g.relu(edges4), fine, 1))
  const context5 = g.within('i5', () => bottleneck(context4, 8 * width, 2, 2))
  const pooled = g.within('pool', () => parallelPooling(g, context5, config.poolWidth, 4 * width))
  const fused = g.within('fusion', () => boundaryGuided(g, detail5, resizedTo(g, pooled, detail5), edges5))
  return g.finish({ logits: segmentationHead(g, fused, config.headWidth, config.classes) })
}

/** Pixel-attention guided fusion: σ(⟨f(x), f(y)⟩) says per pixel how much of the context y replaces the detail x. */
function guided(g: GraphBuilder, x: Tensor, y: Tensor): Tensor {
  const embedded = (map: Tensor) => g.conv(map, { out: g.channels(x) / 2, kernel: 1 })
  const products = g.mul(embedded(x), resizedTo(g, embedded(y), x))
  const similarity = g.sigmoid(g.node('ReduceSum', [products, g.ints([1])], { keepdims: 1 }))
  return mixed(g, similarity, resizedTo(g, y, x), x)
}

/** share · a + (1 − share) · b. */
function mixed(g: GraphBuilder, share: Tensor, a: Tensor, b: Tensor): Tensor {
  return g.add(g.mul(g.sub(g.scalar(1), share), b), g.mul(share, a))
}

/** Parallel aggregation pyramid pooling: the scales are smoothed together, one group each. */
function parallelPooling(g: GraphBuilder, x: Tensor, width: number, out: number): Tensor {
  const { local, scales } = regionScales(g, x, width)
  const summed = g.concat(
    scales.map((scale) => g.add(scale, local)),
    1,
  )
  const smoothed = preactivated(g, summed, { out: width * scales.length, kernel: 3, groups: scales.length })
  const compressed = preactivated(g, g.concat([local, smoothed], 1), { out, kernel: 1 })
  return g.add(compressed, preactivated(g, x, { out, kernel: 1 }))
}

/** Light boundary-attention fusion of detail p, context i and boundaries d. */
function boundaryGuided(g: GraphBuilder, p: Tensor, i: Tensor, d: Tensor): Tensor {
  const boundary = g.sigmoid(d)
  const out = g.channels(p)
  const detail = g.conv(g.add(g.mul(g.sub(g.scalar(1), boundary), i), p), { out, kernel: 1 })
  const context = g.conv(g.add(i, g.mul(boundary, p)), { out, kernel: 1 })
  return g.add(detail, context)
}

export const pidnetPresets: PresetTable = {
  'pidnet-s': {
    family: 'segmentation',
    task: 'segmentation',
    inputShape: [1, 3, 1024, 2048],
    citation: 'arXiv:2206.02066; github:XuJiacong/PIDNet',
    build: (name, shape) => pidnet(name, shape, { width: 32, poolWidth: 96, headWidth: 128, classes: 19 }),
  },
}
