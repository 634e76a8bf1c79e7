/**
 * Keys and values that attention keeps from run to run, and states in their place (docs/method/language-model.md, LM-2). They
 * stay where the unit keeps its weights: a run reads what is there and appends its own tokens, or writes over it.
 */
import { dtypeBytes } from '../graph/dtype.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary, OperatorSummary, TensorSummary } from '../graph/summary.ts'
import { elementCount, tensorBytes } from './operand-bytes.ts'

export interface KvCache {
  /** 1 = the tensor is kept between runs. */
  readonly isCache: Uint8Array
  /** The cached tensor that an output continues in place; −1 = none. */
  readonly continues: Int32Array
}

/**
 * What attention gives beside its result is kept when it leaves the graph or continues an input; what it takes beside a
 * computed query is kept when the caller feeds it. O(operators + edges).
 */
export function findKvCache({ tensors, operators }: GraphSummary): KvCache {
  const isCache = new Uint8Array(tensors.length)
  const continues = new Int32Array(tensors.length).fill(-1)
  for (const operator of operators) {
    const rank = cachedRank(operator)
    if (rank === null) continue
    const fed = fedBesideQuery(operator, tensors, rank)
    for (const input of fed) isCache[input] = 1
    const open = new Set(fed)
    for (const output of operator.outputs.slice(1)) {
      const made = tensors[output]
      const fits = (input: number): boolean => made !== undefined && isContinuedBy(tensors[input], made)
      // Keys and values are alike; one cache may serve as both.
      const before = [...open].find(fits) ?? fed.find(fits)
      if (before !== undefined) {
        open.delete(before)
        continues[output] = before
      }
      if (before !== undefined || made?.role === 'output') isCache[output] = 1
    }
  }
  return { isCache, continues }
}

/** Least rank of what an operator keeps; `null` = it keeps nothing. A causal convolution gives its last samples too. */
function cachedRank({ class: kind, outputs }: OperatorSummary): number | null {
  if (kind === 'attention') return 4
  return kind === 'depthwise-convolution' && outputs.length > 1 ? 3 : null
}

function fedBesideQuery(
  { inputs }: OperatorSummary,
  tensors: readonly TensorSummary[],
  rank: number,
): readonly number[] {
  const [query, ...others] = inputs
  if (query === undefined || tensors[query]?.role === 'input') return []
  return others.filter((input) => tensors[input]?.role === 'input' && (tensors[input]?.shape.length ?? 0) >= rank)
}

/** Equal but for one axis, along which tokens were appended, or equal where the space was there before. */
function isContinuedBy(before: TensorSummary | undefined, after: TensorSummary): boolean {
  if (before === undefined || before.shape.length !== after.shape.length || before.dtype !== after.dtype) return false
  const longer = after.shape.filter((size, axis) => size !== before.shape[axis])
  return longer.length === 0 || (longer.length === 1 && elementCount(after.shape) > elementCount(before.shape))
}

const known = new WeakMap<GraphSummary, boolean>()

/** Whether a run leaves keys and values for the next one: what passes of language models do and other networks do not. */
export function keepsCache(summary: GraphSummary): boolean {
  const kept = known.get(summary) ?? findKvCache(summary).isCache.includes(1)
  known.set(summary, kept)
  return kept
}

/** A cache keeps the type that it is declared in; undecided ones (float32) follow the activations. */
export function cachedBytes(tensor: TensorSummary, precision: PrecisionId): number {
  if (tensor.dtype === 'float32' || tensor.dtype === 'float64') return tensorBytes(tensor, precision)
  return dtypeBytes(tensor.dtype, elementCount(tensor.shape))
}

/** Bytes kept after a run: what was continued lives on in what continues it and leaves the graph. */
export function kvCacheBytes(
  { tensors }: GraphSummary,
  { isCache, continues }: KvCache,
  precision: PrecisionId,
): number {
  const continued = new Set(continues)
  let total = 0
  tensors.forEach((tensor, index) => {
    if (isCache[index] === 1 && !continued.has(index) && tensor.role !== 'activation')
      total += cachedBytes(tensor, precision)
  })
  return total
}
