/**
 * Fused attention. Scores Q·Kᵀ and their product with V: MACs = B·H·S·T·(d_k + d_v), no credit for masks; a local window
 * that the operator knows leaves min(T, window) keys to each query.
 *
 * B batch, H query heads, S queries, T keys (past included), d head sizes. Query heads that share a key head are rows of
 * one product (flash decoding, arXiv:2305.13245), so that keys and values are read once.
 */
import type { Dim, Shape } from '../graph.ts'
import { type Operator, type OperatorContext, unknownWork, type Work } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount, mapDim, plus, times } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

export interface Heads {
  readonly batch: Dim
  readonly queryHeads: Dim
  readonly keyHeads: Dim
  readonly queries: Dim
  readonly keys: Dim
  readonly keySize: Dim
  readonly valueSize: Dim
}

export function attentionWork(heads: Heads, projectionMacs: number | null = 0): Work {
  const { batch, queryHeads, keyHeads, queries, keys, keySize, valueSize } = heads
  const scores = elementCount([batch, queryHeads, queries, keys])
  const repeat = elementCount([batch, keyHeads])
  const perScore = plus(keySize, valueSize)
  if (scores === null || repeat === null || projectionMacs === null || typeof perScore !== 'number') return unknownWork
  if (typeof keys !== 'number') return unknownWork
  return {
    macs: scores * perScore + projectionMacs,
    vectorOps: scores * (opsPerElement.softmax + 1),
    gemm: { m: repeat * keys === 0 ? 0 : scores / (repeat * keys), n: keys, k: perScore, repeat },
    window: null,
  }
}

/** Head size of a packed [.., H·d] operand, or of an unpacked [B, H, S, d] one. */
export function headSize(shape: Shape, heads: Dim): Dim {
  const last = shape?.at(-1) ?? null
  if (shape?.length === 4) return last
  return mapDim(last, (size) => (typeof heads === 'number' && heads > 0 ? size / heads : Number.NaN))
}

/** ai.onnx Attention: operands [B, S, H·d] or [B, H, S, d], past keys and values at inputs 4 and 5. */
function standardHeads(context: OperatorContext): Heads {
  const [query, key, value] = [context.shape(0), context.shape(1), context.shape(2)]
  const isUnpacked = query?.length === 4
  const queryHeads = isUnpacked ? (query[1] ?? null) : context.number('q_num_heads')
  const keyHeads = isUnpacked ? (key?.[1] ?? null) : context.number('kv_num_heads')
  const past: Dim = context.has(4) ? (context.shape(4)?.[2] ?? null) : 0
  return {
    batch: query?.[0] ?? null,
    queryHeads,
    keyHeads,
    queries: query?.at(-2) ?? null,
    keys: plus(key?.at(-2) ?? null, past),
    keySize: headSize(query, queryHeads),
    valueSize: headSize(value, keyHeads),
  }
}

const attention: Operator = {
  class: 'attention',
  infer(context) {
    const heads = standardHeads(context)
    const { batch, queryHeads, keyHeads, queries, keys, keySize, valueSize } = heads
    const dtype = context.dtype(0)
    // A cache keeps the type that it is stored in.
    const [keyType, valueType] = [context.dtype(context.has(4) ? 4 : 1), context.dtype(context.has(5) ? 5 : 2)]
    const packed = context.shape(0)?.length === 3
    const output = packed ? [batch, queries, times(queryHeads, valueSize)] : [batch, queryHeads, queries, valueSize]
    return [
      tensor(dtype, context.shape(0) === null ? null : output),
      tensor(keyType, [batch, keyHeads, keys, keySize]),
      tensor(valueType, [batch, keyHeads, keys, valueSize]),
      tensor(dtype, [batch, queryHeads, queries, keys]),
    ]
  },
  work: (context) => attentionWork(standardHeads(context)),
}

/**
 * Keeps a state [B, H_kv, d_k, d_v] instead of keys: every token updates it and reads it. Several states
 * may share a key head and a query head, so results are as many as the more numerous of both.
 */
const linearAttention: Operator = {
  class: 'attention',
  infer(context) {
    const { batch, queries, keyHeads, resultHeads, keySize, valueSize } = linearHeads(context)
    return [
      tensor(context.dtype(0), [batch, queries, times(resultHeads, valueSize)]),
      tensor(context.dtype(context.has(3) ? 3 : 0), [batch, keyHeads, keySize, valueSize]),
    ]
  },
  /** An update and a read cost d_k·d_v each; the delta rule reads once more before it writes. */
  work(context) {
    const { batch, queries, keyHeads, resultHeads, keySize, valueSize } = linearHeads(context)
    const state = elementCount([batch, queries, keySize, valueSize])
    const updates = context.text('update_rule', 'gated_delta').includes('delta') ? 2 : 1
    if (state === null || typeof keyHeads !== 'number' || typeof resultHeads !== 'number') return unknownWork
    return {
      macs: state * (keyHeads * updates + resultHeads),
      vectorOps: state * keyHeads,
      gemm: null,
      window: null,
    }
  },
}

interface LinearHeads {
  readonly batch: Dim
  readonly queries: Dim
  /** Heads that have a state. */
  readonly keyHeads: Dim
  readonly resultHeads: Dim
  readonly keySize: Dim
  readonly valueSize: Dim
}

function linearHeads(context: OperatorContext): LinearHeads {
  const [query, value] = [context.shape(0), context.shape(2)]
  const queryHeads = context.number('q_num_heads')
  const keyHeads = context.number('kv_num_heads')
  const areKnown = typeof queryHeads === 'number' && typeof keyHeads === 'number'
  return {
    batch: query?.[0] ?? null,
    queries: query?.at(-2) ?? null,
    keyHeads,
    resultHeads: areKnown ? Math.max(queryHeads, keyHeads) : null,
    keySize: headSize(query, queryHeads),
    valueSize: headSize(value, keyHeads),
  }
}

/**
 * Fewer key heads; past key and value at inputs 3 and 4. Without keys the query is
 * [B, S, (H + 2 H_kv)·d].
 */
function groupQuery(context: OperatorContext): Heads {
  const [query, key, value] = [context.shape(0), context.shape(1), context.shape(2)]
  const keyHeads = context.number('kv_num_heads')
  const queryHeads = context.number('num_heads')
  const past: Dim = context.has(3) ? (context.shape(3)?.[2] ?? null) : 0
  const isPacked = !context.has(1)
  const size = headSize(query, isPacked ? plus(queryHeads, times(2, keyHeads)) : queryHeads)
  return {
    batch: query?.[0] ?? null,
    queries: query?.[1] ?? null,
    keys: plus((isPacked ? query?.[1] : key?.[1]) ?? null, past),
    queryHeads,
    keyHeads,
    keySize: size,
    valueSize: context.has(2) ? headSize(value, keyHeads) : size,
  }
}

/** Keys that a query sees where the operator limits them. */
function inWindow(heads: Heads, context: OperatorContext): Heads {
  const window = context.number('local_window_size', -1)
  return window <= 0 ? heads : { ...heads, keys: mapDim(heads.keys, (keys) => Math.min(keys, window)) }
}

/** `past`: input that holds the cached keys. */
export function cachedAttention(past: number, headsOf: (context: OperatorContext) => Heads): Operator {
  return {
    class: 'attention',
    infer(context) {
      const { batch, queries, keys, queryHeads, keyHeads, keySize, valueSize } = headsOf(context)
      const dtype = context.dtype(0)
      const stored = context.dtype(context.has(past) ? past : 0)
      return [
        tensor(dtype, [batch, queries, times(queryHeads, valueSize)]),
        tensor(stored, [batch, keyHeads, keys, keySize]),
        tensor(stored, [batch, keyHeads, keys, valueSize]),
      ]
    },
    work: (context) => attentionWork(inWindow(headsOf(context), context)),
  }
}

/** Rotates pairs of features by position: two multiplies and an add per element. */
const rotaryEmbedding: Operator = {
  class: 'elementwise',
  infer: (context) => [tensor(context.dtype(0), context.shape(0))],
  work(context) {
    const count = context.count(0)
    return { macs: 0, vectorOps: count === null ? null : 3 * count, gemm: null, window: null }
  },
}

export const attentionOperators: OperatorFamily = {
  Attention: entry('attention', attention),
  LinearAttention: entry(null, linearAttention),
  // Without an operator in ai.onnx.
  GroupQueryAttention: entry('attention', cachedAttention(3, groupQuery)),
  RotaryEmbedding: entry(null, rotaryEmbedding),
}
