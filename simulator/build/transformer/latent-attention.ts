/**
 * Multi-head latent attention (arXiv:2405.04434): the cache holds one vector c of `keyRank` features and one rotated key
 * per token, from which keys and values of every head follow.
 *
 * A prompt expands them (h heads of n + r features). A step with a cache absorbs the expansion into query and output
 * instead, so that all heads attend to the latent vectors themselves: q'ᵀc = (W_k q)ᵀc. One cache serves as key and value.
 */
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { LatentAttention, Norm } from './config.ts'
import type { PassState } from './pass.ts'
import { rotate } from './rotary.ts'

interface Parts {
  /** [N, S, h, n] without rotation, [N, S, h, r] with. */
  readonly query: Tensor
  readonly rotatedQuery: Tensor
  /** [N, S, keyRank], [N, S, r]. */
  readonly latent: Tensor
  readonly rotatedKey: Tensor
}

/** x [N, S, width] → [N, S, width]. */
export function latentAttention(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  config: LatentAttention,
  norm: Norm,
  pass: PassState,
): Tensor {
  const label = `layer${layer}`
  const parts = projected(g, x, label, config, norm, pass)
  const attended =
    pass.pastTokens === 0
      ? attendExpanded(g, parts, layer, config, pass)
      : attendAbsorbed(g, parts, layer, config, pass)
  return g.project(attended, `${label}/output`, dimOf(x.shape, 2), false)
}

function projected(
  g: TransformerBuilder,
  x: Tensor,
  label: string,
  { heads, queryRank, keyRank, plainSize, rotary }: LatentAttention,
  norm: Norm,
  { batch, newTokens, angles }: PassState,
): Parts {
  const width = plainSize + rotary.size
  const compressed =
    queryRank === null ? x : g.norm(g.project(x, `${label}/query-down`, queryRank, false), `${label}/query-norm`, norm)
  const queries = g.project(compressed, `${label}/query`, heads * width, false)
  const [query, toRotate] = two(
    g.split(g.reshape(queries, [batch, newTokens, heads, width]), [plainSize, rotary.size], 3),
  )
  const keys = g.project(x, `${label}/key-down`, keyRank + rotary.size, false)
  const [latent, key] = two(g.split(keys, [keyRank, rotary.size], 2))
  if (angles === null) throw new Error('latent attention has rotary positions')
  const turn = (features: Tensor, count: number) => rotate(g, features, angles.of(rotary), count, rotary, rotary.size)
  const flat = turn(g.reshape(toRotate, [batch, newTokens, heads * rotary.size]), heads)
  return {
    query,
    rotatedQuery: g.reshape(flat, [batch, newTokens, heads, rotary.size]),
    latent: g.norm(latent, `${label}/key-norm`, norm),
    rotatedKey: turn(key, 1),
  }
}

/** Keys and values of every head, computed for the prompt; its latent vectors are kept. */
function attendExpanded(
  g: TransformerBuilder,
  { query, rotatedQuery, latent, rotatedKey }: Parts,
  layer: number,
  { heads, plainSize, rotary, valueSize }: LatentAttention,
  { batch, newTokens, cache }: PassState,
): Tensor {
  const label = `layer${layer}`
  cache.set(`present.${layer}.latent`, g.unsqueeze(g.concat([latent, rotatedKey], 2), [1]))
  const width = plainSize + rotary.size
  const keys = g.reshape(g.project(latent, `${label}/key-up`, heads * plainSize, false), [
    batch,
    newTokens,
    heads,
    plainSize,
  ])
  const shared = g.expand(g.unsqueeze(rotatedKey, [2]), [batch, newTokens, heads, rotary.size])
  const joined = (a: Tensor, b: Tensor) => g.reshape(g.concat([a, b], 3), [batch, newTokens, heads * width])
  const values = g.project(latent, `${label}/value-up`, heads * valueSize, false)
  return g.node('Attention', [joined(query, rotatedQuery), joined(keys, shared), values], {
    q_num_heads: heads,
    kv_num_heads: heads,
    is_causal: newTokens > 1 ? 1 : 0,
  })
}

/** All heads attend to the cached vectors; the expansion of keys moves to the query, that of values to the result. */
function attendAbsorbed(
  g: TransformerBuilder,
  { query, rotatedQuery, latent, rotatedKey }: Parts,
  layer: number,
  { heads, keyRank, plainSize, rotary, valueSize }: LatentAttention,
  { batch, newTokens, pastTokens, cacheType, cache }: PassState,
): Tensor {
  const label = `layer${layer}`
  const width = keyRank + rotary.size
  const past = g.input(`past_key_values.${layer}.latent`, [batch, 1, pastTokens, width], cacheType)
  // [rank, h · n] → [h, n, rank] and [rank, h · v] → [h, rank, v]: fixed once, before the first run.
  const perHead = (what: string, size: number, perm: readonly number[]) =>
    g.transpose(
      g.reshape(g.parameter(`${label}/${what}/weight`, [keyRank, heads * size]), [keyRank, heads, size]),
      perm,
    )
  const byHead = (features: Tensor) => g.transpose(features, [0, 2, 1, 3])
  const absorbed = g.matmul(byHead(query), perHead('key-up', plainSize, [1, 2, 0]))
  const queries = g.concat([absorbed, byHead(rotatedQuery)], 3)
  const current = g.unsqueeze(g.concat([latent, rotatedKey], 2), [1])
  const [attended, present] = g.nodes(
    'Attention',
    [queries, current, current, null, past, past],
    { is_causal: newTokens > 1 ? 1 : 0, scale: 1 / Math.sqrt(plainSize + rotary.size) },
    3,
  )
  if (attended === undefined || present === undefined) throw new Error('attention has three outputs')
  cache.set(`present.${layer}.latent`, present)
  const values = g.matmul(g.slice(attended, 3, 0, keyRank), perHead('value-up', valueSize, [1, 0, 2]))
  return g.reshape(byHead(values), [batch, newTokens, heads * valueSize])
}

function two(parts: readonly Tensor[]): readonly [Tensor, Tensor] {
  const [first, second] = parts
  if (first === undefined || second === undefined) throw new Error('Split has two outputs')
  return [first, second]
}
