/** Core ML operators that move elements: joins, splits, transposes, padding, blocks. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { mapDim, mismatch, normalizeAxis, plus, times } from '../../../graph/shape.ts'
import { type TensorType, tensor } from '../../../graph/value-type.ts'
import { dimsFrom, foldLeading, unfoldLeading } from './geometry.ts'
import { asStandard, type Call, choosing, type LoweredTable, standard, vector } from './lowered.ts'

const every = (context: OperatorContext): TensorType[] => context.inputs.map((_, index) => context.tensor(index))

const concatAlong = (axisOf: (context: OperatorContext) => number): LoweredOperator =>
  asStandard('Concat', (context) => ({ inputs: every(context), attributes: { axis: axisOf(context) } }))

/** Joins along a new axis. */
const stack = asStandard('Concat', (context) => {
  const rank = context.inputs.map((_, index) => context.shape(index)?.length).find((length) => length !== undefined)
  if (rank === undefined) return null
  const axis = normalizeAxis(context.number('axis', 0), rank + 1)
  return { inputs: every(context).map((type) => withAxis(type, axis)), attributes: { axis } }
})

/** One more axis of size 1: the same elements in the same order. */
function withAxis({ dtype, shape, elements }: TensorType, axis: number): TensorType {
  return tensor(dtype, shape === null ? null : [...shape.slice(0, axis), 1, ...shape.slice(axis)], elements)
}

const splitCall = (axis: number, sizes: readonly Dim[] | null, context: OperatorContext): Call => ({
  inputs: [context.tensor(0), sizes === null || sizes.length === 0 ? null : vector(sizes)],
  attributes: { axis },
})

const transposed = (orderOf: (context: OperatorContext) => readonly number[] | null): LoweredOperator =>
  asStandard('Transpose', (context) => {
    const perm = orderOf(context)
    return { inputs: [context.tensor(0)], attributes: perm === null ? {} : { perm: positions(perm, context.shape(0)) } }
  })

function positions(order: readonly number[], shape: Shape): readonly number[] {
  return shape === null ? order : order.map((axis) => normalizeAxis(axis, shape.length))
}

/** `axis` orders sequence, channel, height and width; a batch axis in between stays. */
const permute = transposed((context) => {
  const order = context.numberList('axis')
  if (order === null || context.shape(0)?.length !== 5) return order
  if (order.length !== 4) throw mismatch('an order of 4 axes', `${order.length}`)
  const [first = 0, ...rest] = order.map((axis) => (axis === 0 ? 0 : axis + 1))
  return [first, 1, ...rest]
})

/** Amounts at start and end of the axes listed. */
const padded = (amountsOf: (context: OperatorContext) => readonly Dim[] | null): LoweredOperator =>
  asStandard('Pad', (context) => {
    const amounts = amountsOf(context)
    const rank = context.shape(0)?.length
    if (rank === undefined) return null
    if (amounts === null) return { inputs: [context.tensor(0), tensor('int64', [2 * rank])] }
    const count = amounts.length / 2
    const axes = Array.from({ length: count }, (_, index) => rank - count + index)
    const starts = amounts.filter((_, index) => index % 2 === 0)
    const ends = amounts.filter((_, index) => index % 2 === 1)
    return { inputs: [context.tensor(0), vector([...starts, ...ends]), null, vector(axes)] }
  })

function moved(op: string, shapeOf: (context: OperatorContext) => Shape): LoweredOperator {
  const { class: operatorClass, work } = standard('Pad')
  return { op, class: operatorClass, work, infer: (context) => [tensor(context.dtype(0), shapeOf(context))] }
}

/** In the other mode of `constantPad` the amounts are the sizes that the axes shall have at least. */
function grownTo(context: OperatorContext): Shape {
  const sizes = context.numberList('padAmounts') ?? []
  return (
    context.shape(0)?.map((dim, axis) => {
      const wanted = Math.max(sizes[2 * axis] ?? 0, sizes[2 * axis + 1] ?? 0)
      return mapDim(dim, (size) => Math.max(size, wanted))
    }) ?? null
  )
}

const byAmounts = padded((context) => context.numberList('padAmounts'))
const grown = moved('Pad', grownTo)

/** Borders of height and width go, or all that is outside the size of a second operand. */
function cropped(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  if (context.has(1)) return [...shape.slice(0, -2), ...(context.shape(1)?.slice(-2) ?? [null, null])]
  return withoutBorders(shape, context.numberList('cropAmounts') ?? [])
}

/** `amounts`: top, bottom, left, right. */
function withoutBorders(shape: readonly Dim[], amounts: readonly number[]): Shape {
  const [top = 0, bottom = 0, left = 0, right = 0] = amounts
  return [...shape.slice(0, -2), plus(shape.at(-2) ?? null, -top - bottom), plus(shape.at(-1) ?? null, -left - right)]
}

/** Blocks of `size` between channels and space, over [.., C, H, W]. */
const blocks = (name: string, sizeOf: (context: OperatorContext) => number): LoweredOperator =>
  asStandard(
    name,
    (context) => ({ inputs: [foldLeading(context.tensor(0), 3)], attributes: { blocksize: sizeOf(context) } }),
    (outputs, context) => unfoldLeading(outputs, context.shape(0), 3),
  )

const layerBlock = (context: OperatorContext): number => context.number('blockSize', 0) || 1
const [toDepth, toSpace] = [blocks('SpaceToDepth', layerBlock), blocks('DepthToSpace', layerBlock)]

/** Blocks between batch and space: x [B, C, …], block [..], `amounts` cut or added per spatial axis. */
function batchBlocks(context: OperatorContext, setting: string, isToSpace: boolean): Shape {
  const [batch = null, channels = null, ...spatial] = context.shape(0) ?? []
  const block = context.numberList('block_shape')
  if (context.shape(0) === null || block === null) return null
  const amounts = context.numberList(setting) ?? []
  const factor = block.reduce((product, size) => product * size, 1)
  const sizes = spatial.map((dim, axis) => {
    const [size = 1, amount] = [block[axis], (amounts[2 * axis] ?? 0) + (amounts[2 * axis + 1] ?? 0)]
    return isToSpace ? plus(times(dim, size), -amount) : mapDim(plus(dim, amount), (known) => known / size)
  })
  return [isToSpace ? mapDim(batch, (size) => size / factor) : times(batch, factor), channels, ...sizes]
}

const expanded = (shapeOf: (context: OperatorContext) => readonly Dim[] | null): LoweredOperator =>
  asStandard('Expand', (context) => {
    const shape = shapeOf(context)
    return shape === null ? null : { inputs: [context.tensor(0), vector(shape)] }
  })

const repeated = (countsOf: (context: OperatorContext) => readonly Dim[] | null): LoweredOperator =>
  asStandard('Tile', (context) => ({ inputs: [context.tensor(0), listOrUnknown(countsOf(context))] }))

function listOrUnknown(values: readonly Dim[] | null): TensorType {
  return values === null ? tensor('int64', null) : vector(values)
}

const [reversed, triangular] = [standard('ReverseSequence'), standard('Trilu')]

export const layerLayouts: LoweredTable = {
  concat: concatAlong((context) => (context.number('sequenceConcat', 0) === 0 ? -3 : 0)),
  concatND: concatAlong((context) => context.number('axis', 0)),
  stack,
  split: asStandard('Split', (context) => splitCall(-3, null, context)),
  splitND: asStandard('Split', (context) =>
    splitCall(context.number('axis', 0), context.numberList('splitSizes'), context),
  ),
  permute,
  transpose: transposed((context) => context.numberList('axes')),
  padding: padded((context) => context.numberList('paddingAmounts')),
  constantPad: choosing((context) => (context.number('padToGivenOutputSizeMode', 0) === 0 ? byAmounts : grown)),
  crop: moved('Crop', cropped),
  sequenceRepeat: repeated((context) => {
    const rank = context.shape(0)?.length ?? 0
    return Array.from({ length: rank }, (_, axis) => (axis === 0 ? context.number('nRepetitions', 1) : 1))
  }),
  tile: repeated((context) => dimsFrom(context, 'reps', 1)),
  reorganizeData: choosing((context) => (context.text('mode', 'spaceToDepth') === 'spaceToDepth' ? toDepth : toSpace)),
  reverse: reversed,
  reverseSeq: reversed,
  matrixBandPart: triangular,
  lowerTriangular: triangular,
  upperTriangular: triangular,
  broadcastToLike: expanded((context) => context.shape(1)),
  broadcastToStatic: expanded((context) => context.numberList('targetShape')),
  broadcastToDynamic: expanded((context) => context.elements(1)),
}

export const programLayouts: LoweredTable = {
  concat: concatAlong((context) => context.number('axis', 0)),
  stack,
  split: asStandard('Split', (context) =>
    splitCall(context.number('axis', 0), dimsFrom(context, 'split_sizes', 1), context),
  ),
  transpose: transposed((context) => context.numberList('perm')),
  pad: padded((context) => dimsFrom(context, 'pad', 1)),
  crop: moved('Crop', (context) => {
    const shape = context.shape(0)
    const amounts = [...(context.numberList('crop_height') ?? [0, 0]), ...(context.numberList('crop_width') ?? [0, 0])]
    return shape === null ? null : withoutBorders(shape, amounts)
  }),
  tile: repeated((context) => dimsFrom(context, 'reps', 1)),
  depth_to_space: blocks('DepthToSpace', (context) => context.number('block_size', 1)),
  space_to_depth: blocks('SpaceToDepth', (context) => context.number('block_size', 1)),
  pixel_shuffle: blocks('DepthToSpace', (context) => context.number('upscale_factor', 1)),
  pixel_unshuffle: blocks('SpaceToDepth', (context) => context.number('downscale_factor', 1)),
  batch_to_space: moved('BatchToSpace', (context) => batchBlocks(context, 'crops', true)),
  space_to_batch: moved('SpaceToBatch', (context) => batchBlocks(context, 'paddings', false)),
  reverse: reversed,
  reverse_sequence: reversed,
  band_part: triangular,
}
