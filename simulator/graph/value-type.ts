/** What is known about a value before the model runs: type, shape and, for shape arithmetic, the elements themselves. */
import type { DType } from './dtype.ts'
import type { Dim, Shape } from './graph.ts'
import { elementCount, isStatic } from './shape.ts'

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

interface OptionalType {
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

/** Longest sequence whose items are told apart: inserting copies the list. */
export const maxSequenceItems = 1024

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

/** A list of known items, kept one by one while it is short; `element` names what an empty list would hold. */
export function sequenceOf(items: readonly TensorType[], element?: TensorType): SequenceType {
  const common = element ?? items.slice(1).reduce(commonTensor, items[0] ?? unknownTensor)
  return { kind: 'sequence', element: common, items: items.length <= maxSequenceItems ? items : null }
}

export function asTensor(type: ValueType): TensorType {
  return type.kind === 'tensor' ? type : unknownTensor
}

/** The type alone, for values whose content changes from round to round. */
export function withoutContent(type: ValueType): ValueType {
  if (type.kind === 'tensor') return tensor(type.dtype, type.shape)
  return type.kind === 'sequence' ? { ...type, items: null } : type
}

export function commonType(a: ValueType, b: ValueType): ValueType {
  if (a.kind === 'tensor' && b.kind === 'tensor') return commonTensor(a, b)
  if (a.kind === 'sequence' && b.kind === 'sequence') {
    return { kind: 'sequence', element: commonTensor(a.element, b.element), items: null }
  }
  return a.kind === b.kind ? a : unknownTensor
}

/** Same kind, type and shape; content is not compared. */
export function sameType(a: ValueType, b: ValueType): boolean {
  if (a.kind === 'sequence' && b.kind === 'sequence') return sameType(a.element, b.element)
  if (a.kind !== 'tensor' || b.kind !== 'tensor') return a.kind === b.kind
  if (a.dtype !== b.dtype || a.shape?.length !== b.shape?.length) return false
  const other = b.shape
  return a.shape?.every((dim, axis) => dim === other?.[axis]) ?? true
}

export function withoutAxis({ dtype, shape }: TensorType, axis: number): TensorType {
  return tensor(dtype, shape?.filter((_, position) => position !== axis) ?? null)
}

export function withAxis({ dtype, shape }: TensorType, axis: number, size: Dim): TensorType {
  return tensor(dtype, shape === null ? null : [...shape.slice(0, axis), size, ...shape.slice(axis)])
}

/** Fills what inference left open with what the file declares. */
export function refine(inferred: ValueType, declaration: () => ValueType): ValueType {
  if (inferred.kind !== 'tensor') return inferred
  if (inferred.dtype !== null && isStatic(inferred.shape)) return inferred
  const declared = declaration()
  if (declared.kind !== 'tensor') return inferred
  const dtype = inferred.dtype ?? declared.dtype
  const { shape } = declared
  if (shape === null) return tensor(dtype, inferred.shape, inferred.elements)
  if (inferred.shape === null) return tensor(dtype, shape, inferred.elements)
  if (inferred.shape.length !== shape.length) return tensor(dtype, inferred.shape, inferred.elements)
  const dims = inferred.shape.map((dim, axis) => (typeof shape[axis] === 'number' ? (dim ?? shape[axis]) : dim))
  return tensor(dtype, dims, inferred.elements)
}
