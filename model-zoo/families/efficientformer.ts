/**
 * EfficientFormer: pooling mixers on maps, attention only in the last blocks.
 *
 * Figures: batch norm folded; the published counts include its 2 parameters per channel (about 0.2 % more); both
 * heads (class and distillation) are kept and averaged, as at inference.
 * Sources: arXiv:2206.01191; huggingface/pytorch-image-models timm/models/efficientformer.py.
 */

import { attentionScores, mergeHeads, splitHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { displacementBias, displacementIndex } from '../blocks/displacement-bias.ts'

interface EfficientformerConfig {
  readonly widths: readonly number[]
  readonly depths: readonly number[]
  /** Blocks with attention at the end of the last stage. */
  readonly attentionBlocks: number
}

const heads = 8
const keySize = 32

function efficientformer(name: string, shape: readonly number[], config: EfficientformerConfig): Graph {
  const g = new GraphBuilder(name)
  const { widths, depths } = config
  const [first = 0] = widths
  const half = g.conv(g.input('input', shape), { out: first / 2, kernel: 3, stride: 2, activation: 'relu' })
  let x = g.conv(half, { out: first, kernel: 3, stride: 2, activation: 'relu' })
  widths.forEach((out, stage) => {
    if (stage > 0) x = g.conv(x, { out, kernel: 3, stride: 2 })
    const isLast = stage === widths.length - 1
    const pooling = (depths[stage] ?? 0) - (isLast ? config.attentionBlocks : 0)
    for (let block = 0; block < pooling; block++) {
      x = g.within(`stage${stage + 1}.${block}`, () => poolingBlock(g, x))
    }
  })
  const index = displacementIndex(g, dimOf(x.shape, 2))
  let tokens = g.transpose(g.reshape(x, [dimOf(x.shape, 0), g.channels(x), -1]), [0, 2, 1])
  for (let block = 0; block < config.attentionBlocks; block++) {
    tokens = g.within(`attention.${block}`, () => attentionBlock(g, tokens, index))
  }
  const features = g.reduceMean(g.layerNorm(tokens, { epsilon: 1e-6 }), [1], false)
  const both = g.add(g.gemm(features, { out: 1000 }), g.gemm(features, { out: 1000 }))
  return g.finish({ logits: g.scale(both, 0.5) })
}

function poolingBlock(g: GraphBuilder, x: Tensor): Tensor {
  const out = g.channels(x)
  const layerScale = () => g.weight([out, 1, 1])
  const mixed = g.sub(g.averagePool(x, { kernel: 3, stride: 1 }), x)
  const y = g.add(x, g.mul(mixed, layerScale()))
  const hidden = g.conv(y, { out: 4 * out, kernel: 1, activation: 'gelu' })
  return g.add(y, g.mul(g.conv(hidden, { out, kernel: 1 }), layerScale()))
}

/** Values are four times as wide as keys. */
function attentionBlock(g: GraphBuilder, x: Tensor, index: Tensor): Tensor {
  const out = dimOf(x.shape, 2)
  const joined = splitHeads(g, g.linear(g.layerNorm(x, { epsilon: 1e-6 }), { out: heads * 6 * keySize }), heads)
  const [q, k, v] = g.split(joined, [keySize, keySize, 4 * keySize], 3)
  if (q === undefined || k === undefined || v === undefined) throw new Error('Split has three outputs')
  const scores = attentionScores(g, q, k, displacementBias(g, heads, index))
  const attended = g.linear(mergeHeads(g, g.matmul(g.softmax(scores), v)), { out })
  const y = g.add(x, g.mul(attended, g.weight([out])))
  const hidden = g.linear(g.layerNorm(y, { epsilon: 1e-6 }), { out: 4 * out, activation: 'gelu' })
  return g.add(y, g.mul(g.linear(hidden, { out }), g.weight([out])))
}

export const efficientformerPresets: PresetTable = {
  'efficientformer-l1': {
    family: 'hybrid_vit',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:2206.01191; timm efficientformer.py',
    build: (name, shape) =>
      efficientformer(name, shape, { widths: [48, 96, 224, 448], depths: [3, 2, 6, 4], attentionBlocks: 1 }),
  },
}
