/**
 * BERT: post-norm transformer encoder with a span-prediction head (start and end of an answer).
 *
 * Figures: all weights of the encoder; the pooler, which span prediction does not use, is left out (0.5 % of base).
 * Sources: arXiv:1810.04805; huggingface/transformers src/transformers/models/bert/modeling_bert.py.
 */
import type { Graph } from '../../graph/graph.ts'
import { attend, mergeHeads, splitHeads } from '../blocks/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../builder.ts'
import type { PresetTable } from '../preset.ts'

export interface BertConfig {
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly feedForward: number
  readonly vocabulary: number
  readonly positions: number
}

/** `shape`: [batch, tokens]. */
export function bert(name: string, shape: readonly number[], config: BertConfig): Graph {
  const g = new GraphBuilder(name)
  const ids = g.input('input_ids', shape, 'int64')
  const bias = paddingBias(g, g.input('attention_mask', shape, 'int64'))
  let x = embeddings(g, ids, g.input('token_type_ids', shape, 'int64'), config)
  for (let layer = 0; layer < config.depth; layer++) {
    g.within(`layer${layer}`, () => {
      x = normalized(g, g.add(selfAttention(g, x, bias, config.heads), x))
      const hidden = g.linear(x, { out: config.feedForward, activation: 'gelu' })
      x = normalized(g, g.add(g.linear(hidden, { out: config.width }), x))
    })
  }
  const [start, end] = g.split(g.linear(x, { out: 2 }), [1, 1], -1)
  if (start === undefined || end === undefined) throw new Error('Split has two outputs')
  return g.finish({ start_logits: g.squeeze(start, [-1]), end_logits: g.squeeze(end, [-1]) })
}

/** 0 where the mask is 1, −10⁴ where it is 0: [N, 1, 1, T]. */
function paddingBias(g: GraphBuilder, mask: Tensor): Tensor {
  const visible = g.cast(g.unsqueeze(mask, [1, 2]), 'float32')
  return g.scale(g.sub(g.scalar(1), visible), -1e4)
}

function embeddings(g: GraphBuilder, ids: Tensor, types: Tensor, config: BertConfig): Tensor {
  const words = g.gather(g.weight([config.vocabulary, config.width]), ids)
  const kinds = g.gather(g.weight([2, config.width]), types)
  const positions = g.slice(g.weight([config.positions, config.width]), 0, 0, dimOf(ids.shape, 1))
  return normalized(g, g.add(g.add(words, kinds), positions))
}

function selfAttention(g: GraphBuilder, x: Tensor, bias: Tensor, heads: number): Tensor {
  const out = dimOf(x.shape, 2)
  const project = () => splitHeads(g, g.linear(x, { out }), heads)
  return g.linear(mergeHeads(g, attend(g, project(), project(), project(), bias)), { out })
}

const normalized = (g: GraphBuilder, x: Tensor): Tensor => g.layerNorm(x, { epsilon: 1e-12 })

export const bertPresets: PresetTable = {
  'bert-base': {
    family: 'bert',
    task: 'NLP',
    inputShape: [1, 384],
    citation: 'arXiv:1810.04805; huggingface/transformers src/transformers/models/bert',
    build: (name, shape) =>
      bert(name, shape, {
        width: 768,
        depth: 12,
        heads: 12,
        feedForward: 3072,
        vocabulary: 30522,
        positions: 512,
      }),
  },
}
