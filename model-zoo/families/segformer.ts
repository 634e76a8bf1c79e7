/**
 * SegFormer: a transformer over four resolutions whose attention reads a reduced map, and a decoder of linear layers.
 *
 * Figures: all weights as published, one norm of the decoder folded; MACs include both attention products. Logits at stride 4.
 * Sources: arXiv:2105.15203; github:NVlabs/SegFormer mmseg/models/backbones/mix_transformer.py, decode_heads/segformer_head.py.
 */

import { attend, mergeHeads, splitHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'

interface SegformerConfig {
  readonly widths: readonly number[]
  readonly depths: readonly number[]
  readonly heads: readonly number[]
  /** Side of the square of positions that one key stands for, per stage. */
  readonly reductions: readonly number[]
  readonly decoderWidth: number
  readonly classes: number
}

/** One of the two spatial layouts of the same map. */
interface Grid {
  readonly height: number
  readonly width: number
}

function segformer(name: string, shape: readonly number[], config: SegformerConfig): Graph {
  const g = new GraphBuilder(name)
  let x = g.input('input', shape)
  const maps = config.widths.map((_, stage) => {
    x = g.within(`stage${stage + 1}`, () => encoderStage(g, x, config, stage))
    return x
  })
  return g.finish({ logits: g.within('decoder', () => decode(g, maps, config)) })
}

/** Overlapping patches, transformer blocks, and back to a map [N, C, H, W]. */
function encoderStage(g: GraphBuilder, map: Tensor, config: SegformerConfig, stage: number): Tensor {
  const [kernel, stride] = stage === 0 ? [7, 4] : [3, 2]
  const [width = 0, depth = 0] = [config.widths[stage], config.depths[stage]]
  const patches = g.conv(map, { out: width, kernel, stride })
  const grid = { height: dimOf(patches.shape, 2), width: dimOf(patches.shape, 3) }
  let x = g.layerNorm(toTokens(g, patches))
  for (let block = 0; block < depth; block++) {
    const heads = config.heads[stage] ?? 1
    const reduction = config.reductions[stage] ?? 1
    g.within(`block${block}`, () => {
      x = g.add(x, reducedAttention(g, g.layerNorm(x), { heads, reduction, grid }))
      x = g.add(x, mixingMlp(g, g.layerNorm(x), grid))
    })
  }
  return toMap(g, g.layerNorm(x), grid)
}

/** Queries at every position, keys and values at every `reduction`-th row and column. */
function reducedAttention(
  g: GraphBuilder,
  x: Tensor,
  { heads, reduction, grid }: { readonly heads: number; readonly reduction: number; readonly grid: Grid },
): Tensor {
  const out = dimOf(x.shape, 2)
  const projected = (tokens: Tensor) => splitHeads(g, g.linear(tokens, { out }), heads)
  const q = projected(x)
  const source = reduction === 1 ? x : reduced(g, x, reduction, grid)
  return g.linear(mergeHeads(g, attend(g, q, projected(source), projected(source))), { out })
}

function reduced(g: GraphBuilder, x: Tensor, reduction: number, grid: Grid): Tensor {
  const map = g.conv(toMap(g, x, grid), { out: dimOf(x.shape, 2), kernel: reduction, stride: reduction, pad: 0 })
  return g.layerNorm(toTokens(g, map))
}

/** Mix-FFN: a depthwise convolution between the linear layers tells where tokens are. */
function mixingMlp(g: GraphBuilder, x: Tensor, grid: Grid): Tensor {
  const width = dimOf(x.shape, 2)
  const wide = toMap(g, g.linear(x, { out: 4 * width }), grid)
  const mixed = g.activate(toTokens(g, g.depthwise(wide, { kernel: 3 })), 'gelu')
  return g.linear(mixed, { out: width })
}

/** All maps at one width and the finest size, fused by a 1×1. */
function decode(g: GraphBuilder, maps: readonly Tensor[], { decoderWidth, classes }: SegformerConfig): Tensor {
  const [finest] = maps
  if (finest === undefined) throw new Error('no stages')
  const to = [dimOf(finest.shape, 2), dimOf(finest.shape, 3)]
  const unified = maps.map((map) => {
    const grid = { height: dimOf(map.shape, 2), width: dimOf(map.shape, 3) }
    const projected = toMap(g, g.linear(toTokens(g, map), { out: decoderWidth }), grid)
    return map === finest ? projected : g.resize(projected, { to, mode: 'linear' })
  })
  const fused = g.conv(g.concat(unified.toReversed(), 1), { out: decoderWidth, kernel: 1, activation: 'relu' })
  return g.conv(fused, { out: classes, kernel: 1 })
}

/** [N, C, H, W] → [N, HW, C]. */
function toTokens(g: GraphBuilder, map: Tensor): Tensor {
  const tokens = dimOf(map.shape, 2) * dimOf(map.shape, 3)
  return g.transpose(g.reshape(map, [dimOf(map.shape, 0), g.channels(map), tokens]), [0, 2, 1])
}

function toMap(g: GraphBuilder, x: Tensor, { height, width }: Grid): Tensor {
  return g.reshape(g.transpose(x, [0, 2, 1]), [dimOf(x.shape, 0), dimOf(x.shape, 2), height, width])
}

const b0: SegformerConfig = {
  widths: [32, 64, 160, 256],
  depths: [2, 2, 2, 2],
  heads: [1, 2, 5, 8],
  reductions: [8, 4, 2, 1],
  decoderWidth: 256,
  classes: 150,
}

export const segformerPresets: PresetTable = {
  'segformer-b0': {
    family: 'segmentation',
    task: 'segmentation',
    inputShape: [1, 3, 512, 512],
    citation: 'arXiv:2105.15203; github:NVlabs/SegFormer',
    build: (name, shape) => segformer(name, shape, b0),
  },
}
