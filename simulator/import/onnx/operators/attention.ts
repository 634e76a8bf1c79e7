/** Attention of com.microsoft: with its projections inside, with packed operands, with a cache. */
import type { Dim } from '../../../graph/graph.ts'
import type { Operator, OperatorContext } from '../../../graph/operator.ts'
import { attentionWork, cachedAttention, type Heads, headSize } from '../../../graph/operators/attention.ts'
import { elementCount, mapDim, plus } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { type LoweredTable, lowered, same } from './lowered.ts'

/** Attention: x [B, S, C] with weights [C, q + k + v] inside, past [2, B, H, P, d] at input `pastAt`. */
function projectedHeads(
  context: OperatorContext,
  pastAt: number,
): Heads & { readonly hidden: Dim; readonly packed: Dim } {
  const [batch = null, queries = null] = context.shape(0) ?? []
  const packed = context.shape(1)?.at(-1) ?? null
  const heads = context.number('num_heads')
  const sizes = context.numberList('qkv_hidden_sizes')
  const third = mapDim(packed, (size) => size / 3)
  const hidden = sizes?.[2] ?? third
  const past: Dim = context.has(pastAt) ? (context.shape(pastAt)?.[3] ?? null) : 0
  const perHead = (size: Dim): Dim => mapDim(size, (width) => width / (heads ?? Number.NaN))
  return {
    batch,
    queries,
    keys: plus(queries, past),
    queryHeads: heads,
    keyHeads: heads,
    keySize: perHead(sizes?.[0] ?? third),
    valueSize: perHead(hidden),
    hidden,
    packed,
  }
}

/** Results are of the type of the input that `typeOf` names. */
function projectedAttention({ pastAt, typeOf }: { readonly pastAt: number; readonly typeOf: number }): Operator {
  return {
    class: 'attention',
    infer(context) {
      const { batch, queries, keys, queryHeads, keySize, hidden } = projectedHeads(context, pastAt)
      const dtype = context.dtype(typeOf)
      return [tensor(dtype, [batch, queries, hidden]), tensor(dtype, [2, batch, queryHeads, keys, keySize])]
    },
    work(context) {
      const heads = projectedHeads(context, pastAt)
      const channels = context.shape(0)?.at(-1) ?? null
      return attentionWork(heads, elementCount([heads.batch, heads.queries, channels, heads.packed]))
    },
  }
}

/**
 * MultiHeadAttention: query, key, value [B, S, H·d], or keys and values inside another operand: query [B, S, H, 3, d],
 * key [B, T, H, 2, d]; past keys at input `pastAt`.
 */
function multiHead(context: OperatorContext, pastAt: number): Heads {
  const [query, key, value] = [context.shape(0), context.shape(1), context.shape(2)]
  const heads = context.number('num_heads')
  const past: Dim = context.has(pastAt) ? (context.shape(pastAt)?.[2] ?? null) : 0
  const own = context.has(1) ? (key?.length === 4 ? (key[2] ?? null) : (key?.[1] ?? null)) : (query?.[1] ?? null)
  const keySize = query?.length === 5 ? (query[4] ?? null) : headSize(query, heads)
  return {
    batch: query?.[0] ?? null,
    queries: query?.[1] ?? null,
    keys: plus(own, past),
    queryHeads: heads,
    keyHeads: heads,
    keySize,
    valueSize: context.has(2) ? headSize(value, heads) : keySize,
  }
}

/** One query; past and present are one buffer, filled up to input 7. */
const decoderMaskedAttention: Operator = {
  ...cachedAttention(5, (context) => {
    const heads = multiHead(context, 5)
    const buffer = context.has(5) ? (context.shape(5)?.[2] ?? null) : null
    return buffer === null || context.number('past_present_share_buffer', 0) === 0 ? heads : { ...heads, keys: buffer }
  }),
  work(context) {
    const heads = multiHead(context, 5)
    const [filled] = context.numbers(7) ?? []
    return attentionWork(filled === undefined ? heads : { ...heads, keys: plus(heads.queries, filled) })
  },
}

export const attentions: LoweredTable = {
  Attention: lowered('Attention', projectedAttention({ pastAt: 4, typeOf: 0 })),
  QAttention: lowered('Attention', projectedAttention({ pastAt: 8, typeOf: 3 })),
  MultiHeadAttention: lowered(
    'Attention',
    cachedAttention(6, (context) => multiHead(context, 6)),
  ),
  DecoderMaskedMultiHeadAttention: lowered('Attention', decoderMaskedAttention),
  GroupQueryAttention: same('GroupQueryAttention'),
  LinearAttention: same('LinearAttention'),
  RotaryEmbedding: same('RotaryEmbedding'),
}
