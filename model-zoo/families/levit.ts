/**
 * LeViT: a convolutional stem, then attention on shrinking token grids with norms folded into the linear layers.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.3 % more); both
 * heads (class and distillation) are kept and averaged, as at inference.
 * Sources: arXiv:2104.01136; huggingface/pytorch-image-models timm/models/levit.py.
 */

import { attentionScores, mergeHeads, splitHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { Preset, PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { displacementBias, displacementIndex } from '../blocks/displacement-bias.ts'

interface LevitConfig {
  readonly widths: readonly number[]
  readonly keySize: number
  readonly heads: readonly number[]
  readonly depths: readonly number[]
}

function levit(name: string, shape: readonly number[], { widths, keySize, heads, depths }: LevitConfig): Graph {
  const g = new GraphBuilder(name)
  const [first = 0] = widths
  let map = g.input('input', shape)
  for (const share of [8, 4, 2, 1]) {
    const stem = g.conv(map, { out: first / share, kernel: 3, stride: 2 })
    map = share === 1 ? stem : g.activate(stem, 'hard-swish')
  }
  let size = dimOf(map.shape, 2)
  let x = g.transpose(g.reshape(map, [dimOf(map.shape, 0), first, -1]), [0, 2, 1])
  widths.forEach((width, stage) => {
    if (stage > 0) {
      const index = displacementIndex(g, size, 2)
      const options = { index, size, keySize, heads: dimOf(x.shape, 2) / keySize, out: width }
      x = g.within(`down${stage}`, () => shrinkingAttention(g, x, options))
      size = Math.ceil(size / 2)
      x = g.add(x, mlp(g, x))
    }
    const options = { index: displacementIndex(g, size), size, keySize, heads: heads[stage] ?? 1, out: width }
    for (let block = 0; block < (depths[stage] ?? 0); block++) {
      g.within(`stage${stage + 1}.${block}`, () => {
        x = g.add(x, attention(g, x, options))
        x = g.add(x, mlp(g, x))
      })
    }
  })
  const features = g.reduceMean(x, [1], false)
  const both = g.add(g.gemm(features, { out: 1000 }), g.gemm(features, { out: 1000 }))
  return g.finish({ logits: g.scale(both, 0.5) })
}

interface AttentionOptions {
  /** Of the displacement bias. */
  readonly index: Tensor
  /** Rows (and columns) of the token grid. */
  readonly size: number
  readonly keySize: number
  readonly heads: number
  readonly out: number
}

/** Values are twice as wide as keys. */
function attention(g: GraphBuilder, x: Tensor, { index, keySize, heads, out }: AttentionOptions): Tensor {
  const joined = splitHeads(g, g.linear(x, { out: heads * 4 * keySize }), heads)
  const [q, k, v] = g.split(joined, [keySize, keySize, 2 * keySize], 3)
  if (q === undefined || k === undefined || v === undefined) throw new Error('Split has three outputs')
  const scores = attentionScores(g, q, k, displacementBias(g, heads, index))
  const attended = mergeHeads(g, g.matmul(g.softmax(scores), v))
  return g.linear(g.activate(attended, 'hard-swish'), { out })
}

/** Queries of every second row and column: a quarter of the tokens; values are four times as wide as keys. */
function shrinkingAttention(
  g: GraphBuilder,
  x: Tensor,
  { index, size, keySize, heads, out }: AttentionOptions,
): Tensor {
  const joined = splitHeads(g, g.linear(x, { out: heads * 5 * keySize }), heads)
  const [k, v] = g.split(joined, [keySize, 4 * keySize], 3)
  if (k === undefined || v === undefined) throw new Error('Split has two outputs')
  const [n, width, half] = [dimOf(x.shape, 0), dimOf(x.shape, 2), Math.ceil(size / 2)]
  const grid = g.reshape(x, [n, size, size, width])
  const sampled = g.reshape(g.slice(g.slice(grid, 1, 0, size, 2), 2, 0, size, 2), [n, half * half, width])
  const q = splitHeads(g, g.linear(sampled, { out: heads * keySize }), heads)
  const scores = attentionScores(g, q, k, displacementBias(g, heads, index))
  const attended = mergeHeads(g, g.matmul(g.softmax(scores), v))
  return g.linear(g.activate(attended, 'hard-swish'), { out })
}

function mlp(g: GraphBuilder, x: Tensor): Tensor {
  const width = dimOf(x.shape, 2)
  return g.linear(g.linear(x, { out: 2 * width, activation: 'hard-swish' }), { out: width })
}

const preset = (config: LevitConfig): Preset => ({
  family: 'hybrid_vit',
  task: 'classification',
  inputShape: [1, 3, 224, 224],
  citation: 'arXiv:2104.01136; timm levit.py',
  build: (name, shape) => levit(name, shape, config),
})

export const levitPresets: PresetTable = {
  'levit-128s': preset({ widths: [128, 256, 384], keySize: 16, heads: [4, 6, 8], depths: [2, 3, 4] }),
  'levit-256': preset({ widths: [256, 384, 512], keySize: 32, heads: [4, 6, 8], depths: [4, 4, 4] }),
}
