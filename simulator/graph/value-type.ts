/** What is known about a value before the model runs: type, shape and, for shape arithmetic, the elements themselves. */
import type { DType } from './dtype.ts'
import type { Dim, Shape } from './graph.ts'
import { elementCount } from './shape.ts'

export interface TensorType {
  readonly kind: 'tensor'
  readonly dtype: DType | null
  readonly shape: Shape
  /** Row-major content where it is known; single entries may be a symbol or unknown. */
  readonly elements: readonly Dim[] | null
}

export interface SequenceType {
  readonly kind: 'sequence'
  /** What every item is; dimensions in which items differ are unknown. */
  readonly element: TensorType
  /** The items one by one, `null` when their number is not known. */
  readonly items: readonly TensorType[] | null
}

export interface OptionalType {
  readonly kind: 'optional'
  /** `null` = known to be empty. */
  readonly content: TensorType | SequenceType | null
}

/** Maps, sequences of maps and whatever else has no shape. */
export interface OpaqueType {
  readonly kind: 'opaque'
}

export type ValueType = TensorType | SequenceType | OptionalType | OpaqueType

/** Longest content kept, and the sum over one graph: shape arithmetic is short, masks and tables are not needed. */
export const maxFoldedElements = 4096
export const maxFoldedElementsPerGraph = 4_000_000

export function tensor(dtype: DType | null, shape: Shape, elements: readonly Dim[] | null = null): TensorType {
  return { kind: 'tensor', dtype, shape, elements }
}

export const unknownTensor: TensorType = { kind: 'tensor', dtype: null, shape: null, elements: null }
export const opaque: OpaqueType = { kind: 'opaque' }

/** Whether content of this shape is small enough to be folded. */
export function isFoldable(shape: Shape): boolean {
  const count = elementCount(shape)
  return count !== null && count <= maxFoldedElements
}

/** The type that holds for both: equal dimensions stay, others become unknown. */
export function commonTensor(a: TensorType, b: TensorType): TensorType {
  const dtype = a.dtype === b.dtype ? a.dtype : null
  if (a.shape === null || b.shape === null || a.shape.length !== b.shape.length) return tensor(dtype, null)
  const other = b.shape
  return tensor(
    dtype,
    a.shape.map((dim, axis) => (dim === other[axis] ? dim : null)),
  )
}

/** All content known as numbers: the value is fixed before the run. */
export function isKnown(type: ValueType): boolean {
  if (type.kind !== 'tensor' || type.elements === null) return false
  for (const element of type.elements) if (typeof element !== 'number') return false
  return true
}
