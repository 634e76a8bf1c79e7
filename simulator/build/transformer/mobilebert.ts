/**
 * MobileBERT: 24 thin layers between bottlenecks, four feed-forward networks each, an affine map (`NoNorm`) in place of
 * every layer norm, token vectors of three neighbouring tokens. Source: arXiv:2004.02984.
 */
import type { Graph } from '../../graph/graph.ts'
import { attend, mergeHeads, splitHeads } from '../attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../builder.ts'

const vocabulary = 30_522
const positions = 512
const embeddingWidth = 128
const width = 512
const bottleneck = 128
const hidden = 512
const heads = 4
const depth = 24
const networks = 4

/** `shape`: [batch, tokens]. */
export function mobilebert(name: string, shape: readonly number[]): Graph {
  const g = new GraphBuilder(name)
  const ids = g.input('input_ids', shape, 'int64')
  const visible = g.cast(g.unsqueeze(g.input('attention_mask', shape, 'int64'), [1, 2]), 'float32')
  const bias = g.scale(g.sub(g.scalar(1), visible), -1e4)
  let x = embeddings(g, ids, g.input('token_type_ids', shape, 'int64'))
  for (let layer = 0; layer < depth; layer++) x = g.within(`layer${layer}`, () => mobileLayer(g, x, bias))
  const first = g.gather(x, g.constant([0], [], 'int64'), 1)
  return g.finish({ last_hidden_state: x, pooler_output: g.gemm(first, { out: width, activation: 'tanh' }) })
}

/** Each token's vector beside those of its neighbours, zeros beyond the ends. */
function embeddings(g: GraphBuilder, ids: Tensor, types: Tensor): Tensor {
  const tokens = dimOf(ids.shape, 1)
  const words = g.gather(g.weight([vocabulary, embeddingWidth]), ids)
  const next = g.padZeros(g.slice(words, 1, 1, tokens), [0, 0, 0], [0, 1, 0])
  const previous = g.padZeros(g.slice(words, 1, 0, tokens - 1), [0, 1, 0], [0, 0, 0])
  const joined = g.linear(g.concat([next, words, previous], 2), { out: width })
  const placed = g.add(joined, g.slice(g.weight([positions, width]), 0, 0, tokens))
  return affine(g, g.add(placed, g.gather(g.weight([2, width]), types)))
}

function mobileLayer(g: GraphBuilder, x: Tensor, bias: Tensor): Tensor {
  const narrow = affine(g, g.linear(x, { out: bottleneck }))
  const shared = affine(g, g.linear(x, { out: bottleneck }))
  const project = (from: Tensor) => splitHeads(g, g.linear(from, { out: bottleneck }), heads)
  const attended = mergeHeads(g, attend(g, project(shared), project(shared), project(x), bias))
  let y = affine(g, g.add(g.linear(attended, { out: bottleneck }), narrow))
  for (let network = 0; network < networks; network++) {
    const inner = g.linear(y, { out: hidden, activation: 'relu' })
    y = affine(g, g.add(g.linear(inner, { out: bottleneck }), y))
  }
  return affine(g, g.add(g.linear(y, { out: width }), x))
}

/** `NoNorm`: a scale and an offset per feature. */
function affine(g: GraphBuilder, x: Tensor): Tensor {
  const dims = [dimOf(x.shape, 2)]
  return g.add(g.mul(x, g.weight(dims)), g.weight(dims))
}
