/** Operators that move elements: TFLite gives axes and sizes as operands, and lists of pairs where ONNX has two halves. */
import { foldView } from '../../../graph/fold.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import type { Operator, OperatorContext } from '../../../graph/operator.ts'
import { concatenate, layout, pad, reshaped, slice, split, transpose } from '../../../graph/operators/layout.ts'
import { mapDim, normalizeAxis, plus, times } from '../../../graph/shape.ts'
import { type TensorType, tensor } from '../../../graph/value-type.ts'
import { fusing, type LoweredTable, like, lowered, same, withOptions } from './rule.ts'
import { stridedSlice } from './strided-slice.ts'

/** Sizes, axes or positions as an operand. */
export const listOf = (elements: readonly Dim[]): TensorType => tensor('int64', [elements.length], elements)

const concatenation = fusing(
  like(
    layout((context) => {
      const parts = context.inputs.map((_, index) => context.tensor(index))
      return [concatenate(parts, context.number('axis', 0))]
    }),
    withOptions,
  ),
)

const transposition = like(transpose, (context) => {
  const perm = context.numbers(1)
  return perm === null ? null : { inputs: [context.tensor(0)], attributes: { perm } }
})

/** (axis, x) → equal parts. */
const equalSplit = like(split, (context) => {
  const [axis] = context.numbers(0) ?? []
  return axis === undefined ? null : { inputs: [context.tensor(1)], attributes: { axis } }
})

/** (x, sizes, axis); one size may be -1, for what is left. */
const sizedSplit = like(split, (context) => {
  const [axis] = context.numbers(2) ?? []
  const [sizes, shape] = [context.elements(1), context.shape(0)]
  if (axis === undefined || sizes === null || shape === null) return null
  const others = sizes.reduce<Dim>((sum, size) => (size === -1 ? sum : plus(sum, size)), 0)
  const along = shape[normalizeAxis(axis, shape.length)] ?? null
  const left = typeof along === 'number' && typeof others === 'number' ? along - others : null
  const complete = sizes.map((size) => (size === -1 ? left : size))
  return { inputs: [context.tensor(0), listOf(complete)], attributes: { axis } }
})

/** To the end of an axis, whatever its size. */
const toTheEnd = 2 ** 31 - 1

/** (x, begin, size); size -1 is all that follows. */
const sizedSlice = like(slice, (context) => {
  const [begin, size] = [context.elements(1), context.elements(2)]
  if (begin === null || size === null) return null
  const end = begin.map((from, axis) => (size[axis] === -1 ? toTheEnd : plus(from, size[axis] ?? null)))
  return { inputs: [context.tensor(0), listOf(begin), listOf(end)] }
})

/** (x, [before, after] by axis). */
const padding = like(pad, (context) => {
  const pairs = context.elements(1)
  if (pairs === null) return null
  const before = pairs.filter((_, index) => index % 2 === 0)
  const after = pairs.filter((_, index) => index % 2 === 1)
  return { inputs: [context.tensor(0), listOf([...before, ...after])] }
})

/** Adds an axis of size 1, with the content in place. */
function withOne({ dtype, shape, elements }: TensorType, axis: number): TensorType {
  return tensor(dtype, shape === null ? null : [...shape.slice(0, axis), 1, ...shape.slice(axis)], elements)
}

const pack = like(
  layout((context) => {
    const parts = context.inputs.map((_, index) => context.tensor(index))
    const rank = parts.find(({ shape }) => shape !== null)?.shape?.length
    if (rank === undefined) return [tensor(null, null)]
    const axis = normalizeAxis(context.number('axis', 0), rank + 1)
    return [
      concatenate(
        parts.map((part) => withOne(part, axis)),
        axis,
      ),
    ]
  }),
  withOptions,
)

const unpack = like(
  layout((context) => {
    const source = context.tensor(0)
    const { shape, dtype } = source
    if (shape === null) return []
    const axis = context.axis(shape.length, 0)
    const dims = shape.filter((_, position) => position !== axis)
    const without = (strides: readonly number[]) => strides.filter((_, position) => position !== axis)
    const inner = shape.slice(axis + 1).reduce<Dim>(times, 1)
    return context.node.outputs.map((_, part) =>
      tensor(dtype, dims, typeof inner === 'number' ? foldView(source, dims, without, part * inner) : null),
    )
  }),
  withOptions,
)

const moved = (shape: (context: OperatorContext) => Shape): Operator => like(reshaped(shape), withOptions)

const sameShape = moved((context) => context.shape(0))

/** [B, H, W, C] ↔ [B, H/b, W/b, C·b²]. */
const spaceToDepth = moved((context) => {
  const block = context.number('block_size', 1)
  const [batch = null, height = null, width = null, channels = null] = context.shape(0) ?? []
  const shrink = (dim: Dim) => mapDim(dim, (size) => size / block)
  return [batch, shrink(height), shrink(width), times(channels, block * block)]
})

const depthToSpace = moved((context) => {
  const block = context.number('block_size', 1)
  const [batch = null, height = null, width = null, channels = null] = context.shape(0) ?? []
  const depth = mapDim(channels, (size) => size / (block * block))
  return [batch, times(height, block), times(width, block), depth]
})

/** (x, zeros between neighbours + 1 by axis, value). */
const dilate = moved((context) => {
  const steps = context.elements(1)
  return (
    context.shape(0)?.map((dim, axis) => {
      const step = steps?.[axis]
      return typeof step === 'number' ? mapDim(dim, (size) => (size === 0 ? 0 : (size - 1) * step + 1)) : null
    }) ?? null
  )
})

const diagonal = moved((context) => {
  const shape = context.shape(0)
  return shape === null ? null : [...shape, shape.at(-1) ?? null]
})

export const layouts: LoweredTable = {
  CONCATENATION: lowered('Concat', concatenation),
  TRANSPOSE: lowered('Transpose', transposition),
  SPLIT: lowered('Split', equalSplit),
  SPLIT_V: lowered('Split', sizedSplit),
  SLICE: lowered('Slice', sizedSlice),
  STRIDED_SLICE: lowered('Slice', stridedSlice),
  PAD: lowered('Pad', padding),
  PADV2: lowered('Pad', padding),
  MIRROR_PAD: lowered('Pad', padding),
  TILE: same('Tile'),
  BROADCAST_TO: same('Expand'),
  PACK: lowered('Concat', pack),
  UNPACK: lowered('Split', unpack),
  SPACE_TO_DEPTH: lowered('SpaceToDepth', spaceToDepth),
  DEPTH_TO_SPACE: lowered('DepthToSpace', depthToSpace),
  SPACE_TO_BATCH_ND: same('SpaceToBatch'),
  BATCH_TO_SPACE_ND: same('BatchToSpace'),
  DILATE: lowered('Pad', dilate),
  REVERSE_V2: lowered('Slice', sameShape),
  REVERSE_SEQUENCE: lowered('ReverseSequence', sameShape),
  DYNAMIC_UPDATE_SLICE: lowered('TensorScatter', sameShape),
  MATRIX_SET_DIAG: lowered('ScatterND', sameShape),
  MATRIX_DIAG: lowered('ScatterND', diagonal),
}
