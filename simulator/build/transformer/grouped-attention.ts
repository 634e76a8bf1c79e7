/**
 * Self-attention of decoders with a cache: multi-head, grouped-query, multi-query, with or without a sliding window.
 *
 * A layer with a window of w tokens keeps the last w − 1 of them, which are all that the next token sees; a prompt longer
 * than the window needs the operator that knows windows.
 */
import type { Attribute } from '../../graph/graph.ts'
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { GroupedAttention, Norm } from './config.ts'
import type { PassState } from './pass.ts'
import { rotate } from './rotary.ts'

/** x [N, S, width] → [N, S, width]. `layer`: its number, which names its parameters and its cache. */
export function groupedAttention(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  config: GroupedAttention,
  norm: Norm,
  pass: PassState,
): Tensor {
  const { heads, keyHeads, headSize, valueSize, bias } = config
  const label = `layer${layer}`
  const turned = (projected: Tensor, count: number, normLabel: string): Tensor => {
    const normed = queryKeyNorm(g, projected, count, config, norm, `${label}/${normLabel}`)
    if (config.rotary === null || pass.angles === null) return normed
    return rotate(g, normed, pass.angles.of(config.rotary), count, config.rotary, headSize)
  }
  const query = turned(g.project(x, `${label}/query`, heads * headSize, bias), heads, 'query-norm')
  const key = turned(g.project(x, `${label}/key`, keyHeads * headSize, bias), keyHeads, 'key-norm')
  const value = g.project(x, `${label}/value`, keyHeads * valueSize, bias)
  const attended = attendCached(g, [query, key, value], layer, config, pass)
  const gated = config.outputGate
    ? g.mul(attended, g.sigmoid(g.project(x, `${label}/output-gate`, heads * valueSize, bias)))
    : attended
  return g.project(gated, `${label}/output`, dimOf(x.shape, 2), config.outputBias)
}

/** Tokens of the cache that a layer keeps. */
export function keptTokens(pastTokens: number, window: number | null): number {
  return window === null ? pastTokens : Math.min(pastTokens, window - 1)
}

function attendCached(
  g: TransformerBuilder,
  operands: readonly [Tensor, Tensor, Tensor],
  layer: number,
  config: GroupedAttention,
  pass: PassState,
): Tensor {
  const { heads, keyHeads, headSize, valueSize, softcap, scale, window } = config
  const { batch, newTokens, cacheType } = pass
  const kept = keptTokens(pass.pastTokens, window)
  const past = (what: string, size: number): Tensor | null =>
    kept === 0 ? null : g.input(`past_key_values.${layer}.${what}`, [batch, keyHeads, kept, size], cacheType)
  const cached = [past('key', headSize), past('value', valueSize)]
  const limits: Record<string, Attribute> = {
    ...(softcap === null ? {} : { softcap }),
    ...(scale === null ? {} : { scale }),
  }
  const isWindowed = window !== null && newTokens > 1 && kept + newTokens > window
  const [attended, key, value] = isWindowed
    ? g.nodes(
        'GroupQueryAttention',
        [...operands, ...cached, ...lengths(g, batch, kept + newTokens)],
        { num_heads: heads, kv_num_heads: keyHeads, local_window_size: window, ...limits },
        3,
      )
    : g.nodes(
        'Attention',
        [...operands, null, ...cached],
        { q_num_heads: heads, kv_num_heads: keyHeads, is_causal: newTokens > 1 ? 1 : 0, ...limits },
        3,
      )
  if (attended === undefined || key === undefined || value === undefined) throw new Error('attention has three outputs')
  pass.cache.set(`present.${layer}.key`, key)
  pass.cache.set(`present.${layer}.value`, value)
  return attended
}

/** Index of the last token of every item, and the number of tokens, as GroupQueryAttention wants them. */
function lengths(g: TransformerBuilder, batch: number, tokens: number): readonly [Tensor, Tensor] {
  const last = g.node('Cast', [g.ints(Array.from({ length: batch }, () => tokens - 1))], { to: int32Code })
  return [last, g.constant([tokens], [], 'int32')]
}

const int32Code = 6

function queryKeyNorm(
  g: TransformerBuilder,
  x: Tensor,
  heads: number,
  { queryKeyNorm: kind, headSize }: GroupedAttention,
  norm: Norm,
  label: string,
): Tensor {
  if (kind === null) return x
  if (kind === 'all') return g.norm(x, label, norm)
  const [batch, tokens, width] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2)]
  const perHead = g.norm(g.reshape(x, [batch, tokens, heads, headSize]), label, norm)
  return g.reshape(perHead, [batch, tokens, width])
}
