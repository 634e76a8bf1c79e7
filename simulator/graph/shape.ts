/** Dimension algebra: static sizes, symbols and unknowns under broadcasting, products and sliding windows. */
import { fail } from '../problem.ts'
import type { Dim, Shape } from './graph.ts'

export function isStatic(shape: Shape): shape is readonly number[] {
  if (shape === null) return false
  for (const dim of shape) if (typeof dim !== 'number') return false
  return true
}

/** Product of the dimensions; `null` when one is not a number or the product is no longer exact. */
export function elementCount(shape: Shape): number | null {
  if (shape === null) return null
  let product = 1
  let known = true
  for (const dim of shape) {
    if (dim === 0) return 0
    if (typeof dim === 'number') product *= dim
    else known = false
  }
  return known && product <= Number.MAX_SAFE_INTEGER ? product : null
}

/** No operator set has tensors of more dimensions than a runtime accepts. */
const maxRank = 64

/** `rank` dimensions without a size; `null` where the rank itself is not known or absurd. */
export function openShape(rank: Dim | undefined): readonly Dim[] | null {
  return typeof rank === 'number' && rank <= maxRank ? new Array<Dim>(rank).fill(null) : null
}

/** Sizes are counts: throws on negative, fractional or unsafe ones. */
export function checkSizes(shape: Shape): void {
  for (const dim of shape ?? []) {
    if (typeof dim === 'number' && !(Number.isSafeInteger(dim) && dim >= 0)) throw mismatch('whole sizes ≥ 0', `${dim}`)
  }
}

/** Product of dimensions [from, to); symbols survive a product with 1. */
export function productOf(dims: readonly Dim[], from = 0, to = dims.length): Dim {
  let product: Dim = 1
  for (let axis = from; axis < to; axis++) product = times(product, dims[axis] ?? null)
  return product
}

export function times(a: Dim, b: Dim): Dim {
  if (a === 0 || b === 0) return 0
  if (typeof a === 'number' && typeof b === 'number') return a * b
  return a === 1 ? b : b === 1 ? a : null
}

export function plus(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  return a === 0 ? b : b === 0 ? a : null
}

/** Applies `rule` to a known size; anything else stays unknown. */
export function mapDim(dim: Dim, rule: (size: number) => number): Dim {
  if (typeof dim !== 'number') return null
  const result = rule(dim)
  return Number.isNaN(result) ? null : result
}

/** Both must hold for the same axis: the more precise one wins; two different numbers contradict each other. */
export function unifyDim(a: Dim, b: Dim, what: string): Dim {
  if (typeof a === 'number' && typeof b === 'number' && a !== b) throw mismatch(`${what}: ${a}`, `${b}`)
  if (typeof a === 'number') return a
  if (typeof b === 'number') return b
  return a ?? b
}

/** Multidirectional (numpy) broadcasting of any number of shapes. */
export function broadcast(...shapes: readonly Shape[]): Shape {
  let result: Dim[] = []
  for (const shape of shapes) {
    if (shape === null) return null
    const rank = Math.max(result.length, shape.length)
    const next: Dim[] = new Array<Dim>(rank)
    for (let axis = 1; axis <= rank; axis++) {
      const a = axis <= result.length ? (result[result.length - axis] ?? null) : 1
      const b = axis <= shape.length ? (shape[shape.length - axis] ?? null) : 1
      next[rank - axis] = broadcastDim(a, b, shapes)
    }
    result = next
  }
  return result
}

function broadcastDim(a: Dim, b: Dim, shapes: readonly Shape[]): Dim {
  if (a === b) return a
  if (a === 1) return b
  if (b === 1) return a
  if (typeof a === 'number' && typeof b === 'number') {
    throw mismatch('shapes that broadcast', shapes.map(formatShape).join(' and '))
  }
  if (typeof a === 'number') return a
  if (typeof b === 'number') return b
  return null
}

/** Axis counted from the front; throws when it lies outside the rank. */
export function normalizeAxis(axis: number, rank: number): number {
  const normalized = axis < 0 ? axis + rank : axis
  if (!Number.isInteger(normalized) || normalized < 0 || normalized >= rank) {
    throw mismatch(`an axis of a rank-${rank} tensor`, `${axis}`)
  }
  return normalized
}

/** A list with one entry per spatial axis, filled with `fallback` where the attribute is absent. */
export function perAxis(values: readonly number[] | null, rank: number, fallback: number): number[] {
  return Array.from({ length: rank }, (_, axis) => values?.[axis] ?? fallback)
}

export function formatShape(shape: Shape): string {
  return shape === null ? '?' : `[${shape.map((dim) => dim ?? '?').join(',')}]`
}

/** The engine adds the node's name before anybody sees it. */
export function mismatch(expected: string, received: string) {
  return fail('shape-mismatch', 'Give input shapes for which the shapes inside the model agree.', {
    expected,
    received,
  })
}
