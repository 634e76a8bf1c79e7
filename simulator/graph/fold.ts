/** Constant folding of shape arithmetic: small contents moved and combined element by element. */
import type { DType } from './dtype.ts'
import { dtypes } from './dtype.ts'
import type { Dim, Shape } from './graph.ts'
import { isStatic } from './shape.ts'
import { isFoldable, type TensorType } from './value-type.ts'

/** Row-major strides in elements. */
export function stridesOf(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length)
  let stride = 1
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= dims[axis] ?? 1
  }
  return strides
}

/** Source position of every element of a `dims`-shaped view with these strides, row-major. */
export function stridedPositions(dims: readonly number[], strides: readonly number[], offset = 0): number[] {
  // A large axis beside an empty one would be walked for nothing.
  if (dims.includes(0)) return []
  let positions = [offset]
  for (let axis = 0; axis < dims.length; axis++) {
    const size = dims[axis] ?? 1
    const stride = strides[axis] ?? 0
    const next: number[] = []
    for (const position of positions) for (let i = 0; i < size; i++) next.push(position + i * stride)
    positions = next
  }
  return positions
}

/** The content of a view on `source`: transposes, slices and broadcasts are all strides. */
export function foldView(
  source: TensorType,
  dims: Shape,
  strides: (sourceStrides: readonly number[]) => readonly number[],
  offset = 0,
): readonly Dim[] | null {
  const { elements, shape } = source
  if (elements === null || !isStatic(shape) || !isStatic(dims) || !isFoldable(dims)) return null
  return stridedPositions(dims, strides(stridesOf(shape)), offset).map((position) => elements[position] ?? null)
}

/** Content of `source` broadcast to `dims`. */
export function foldBroadcast(source: TensorType, dims: Shape): readonly Dim[] | null {
  const { shape } = source
  if (dims === null || shape === null) return null
  const missing = dims.length - shape.length
  return foldView(source, dims, (strides) =>
    dims.map((_, axis) => (axis < missing || shape[axis - missing] === 1 ? 0 : (strides[axis - missing] ?? 0))),
  )
}

/** Elementwise `rule` over broadcast operands; the result is rounded to `dtype`. */
export function foldElementwise(
  operands: readonly TensorType[],
  shape: Shape,
  dtype: DType | null,
  rule: (...values: readonly Dim[]) => Dim,
): readonly Dim[] | null {
  if (!isFoldable(shape)) return null
  const contents: (readonly Dim[])[] = []
  for (const operand of operands) {
    const content = foldBroadcast(operand, shape)
    if (content === null) return null
    contents.push(content)
  }
  const length = contents[0]?.length ?? 0
  const result: Dim[] = []
  for (let i = 0; i < length; i++) {
    const value = rule(...contents.map((content) => content[i] ?? null))
    result.push(typeof value === 'number' ? roundTo(dtype, value) : value)
  }
  return result
}

/** `value` as a tensor of type `dtype` would hold it. */
export function roundTo(dtype: DType | null, value: number): number {
  if (dtype === 'float32') return Math.fround(value)
  if (dtype === null || dtypes[dtype].kind !== 'integer') return value
  const whole = Math.trunc(value)
  return Object.is(whole, -0) ? 0 : whole
}

/** Turns a rule on numbers into one on dimensions: unknown operands give an unknown result. */
export function onNumbers(rule: (...values: readonly number[]) => number): (...values: readonly Dim[]) => Dim {
  return (...values) => {
    const numbers: number[] = []
    for (const value of values) {
      if (typeof value !== 'number') return null
      numbers.push(value)
    }
    const result = rule(...numbers)
    return Number.isNaN(result) ? null : result
  }
}
