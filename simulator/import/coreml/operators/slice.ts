/** Core ML slices: masks say where a start or an end is that of the axis, and which axes go with the slice. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { mapDim, normalizeAxis, plus } from '../../../graph/shape.ts'
import { type TensorType, tensor, type ValueType } from '../../../graph/value-type.ts'
import { dimsFrom } from './geometry.ts'
import { asStandard, type LoweredTable, standard, vector } from './lowered.ts'

/** Beyond any axis. */
const far = Number.MAX_SAFE_INTEGER

interface Bounds {
  readonly begin: readonly Dim[] | null
  readonly end: readonly Dim[] | null
  readonly stride: readonly Dim[] | null
  readonly beginMask: readonly number[]
  readonly endMask: readonly number[]
  readonly squeezeMask: readonly number[]
}

function byBounds(boundsOf: (context: OperatorContext) => Bounds): LoweredOperator {
  return asStandard(
    'Slice',
    (context) => {
      const rank = context.shape(0)?.length
      if (rank === undefined) return null
      const bounds = boundsOf(context)
      const axes = Array.from({ length: rank }, (_, axis) => axis)
      const steps = axes.map((axis) => (isSqueezed(bounds, axis) ? 1 : stepOf(bounds, axis)))
      const starts = axes.map((axis) => startOf(bounds, axis, steps[axis] ?? null))
      const ends = axes.map((axis) => endOf(bounds, axis, steps[axis] ?? null, starts[axis] ?? null))
      return { inputs: [context.tensor(0), vector(starts), vector(ends), vector(axes), vector(steps)] }
    },
    (outputs, context) => {
      const bounds = boundsOf(context)
      return outputs.map((output) => withoutAxes(output, (axis) => isSqueezed(bounds, axis)))
    },
  )
}

const isSqueezed = ({ squeezeMask }: Bounds, axis: number): boolean => (squeezeMask[axis] ?? 0) !== 0
const stepOf = ({ stride }: Bounds, axis: number): Dim => (stride === null ? 1 : (stride[axis] ?? 1))

function startOf({ begin, beginMask }: Bounds, axis: number, step: Dim): Dim {
  if ((beginMask[axis] ?? 0) === 0) return begin?.[axis] ?? null
  return typeof step === 'number' && step < 0 ? far : 0
}

/** An axis that goes keeps the one position at which it starts. */
function endOf(bounds: Bounds, axis: number, step: Dim, start: Dim): Dim {
  if (isSqueezed(bounds, axis)) return start === -1 ? far : plus(start, 1)
  if ((bounds.endMask[axis] ?? 0) === 0) return bounds.end?.[axis] ?? null
  return typeof step === 'number' && step < 0 ? -far : far
}

function withoutAxes(type: ValueType, goes: (axis: number) => boolean): ValueType {
  if (type.kind !== 'tensor' || type.shape === null) return type
  return tensor(
    type.dtype,
    type.shape.filter((_, axis) => !goes(axis)),
    type.elements,
  )
}

const mask = (context: OperatorContext, name: string): readonly number[] => context.numberList(name) ?? []

const layerMasks = (context: OperatorContext) => ({
  beginMask: mask(context, 'beginMasks'),
  endMask: mask(context, 'endMasks'),
  squeezeMask: mask(context, 'squeezeMasks'),
})

/** [.., C, H, W] along one named axis. */
const planarSlice = asStandard('Slice', (context) => {
  const axis = { channel: -3, height: -2, width: -1 }[context.text('axis', 'channel')] ?? -3
  const [start, end] = [context.number('startIndex', 0), context.number('endIndex', 0)]
  const step = context.number('stride', 0) || 1
  return {
    inputs: [context.tensor(0), vector([start]), vector([end === 0 ? far : end]), vector([axis]), vector([step])],
  }
})

/** `size` elements along one axis from a position that a value decides. */
const layerBySize: LoweredOperator = resized('Slice', (context) => {
  const shape = context.shape(0)
  if (shape === null) return null
  const axis = context.axis(shape.length, 0)
  return shape.map((dim, position) => (position === axis ? context.number('size', 0) : dim))
})

/** A size of −1 goes on to the end. */
function bySize(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  const [begin, size] = [dimsFrom(context, 'begin', 1), dimsFrom(context, 'size', 2)]
  return shape.map((dim, axis) => {
    const wanted = size?.[axis] ?? null
    if (wanted !== -1) return wanted
    const start = begin?.[axis] ?? null
    return typeof start === 'number' ? mapDim(dim, (known) => known - start) : null
  })
}

const programBySize = asStandard('Slice', (context) => {
  const shape = bySize(context)
  const begin = dimsFrom(context, 'begin', 1)
  if (shape === null || begin === null) return null
  const ends = shape.map((dim, axis) => plus(dim, begin[axis] ?? null))
  return { inputs: [context.tensor(0), vector(begin), vector(ends), vector(shape.map((_, axis) => axis))] }
})

/** Same elements elsewhere, in another shape. */
function resized(op: 'Slice' | 'Gather', shapeOf: (context: OperatorContext) => Shape): LoweredOperator {
  const { work, class: operatorClass } = standard(op)
  return {
    op,
    class: operatorClass,
    work,
    infer: (context): readonly TensorType[] => [tensor(context.dtype(0), shapeOf(context))],
  }
}

/** Windows of `size` along an axis, every `step` elements: [.., d, ..] → [.., n, size, ..]. */
function windows(size: string, step: string): LoweredOperator {
  return resized('Gather', (context) => {
    const shape = context.shape(0)
    if (shape === null) return null
    const axis = normalizeAxis(context.number('axis', 0), shape.length)
    const [length, stride] = [context.number(size, 0), context.number(step, 0) || 1]
    const count = mapDim(shape[axis] ?? null, (dim) => Math.max(0, Math.floor((dim - length) / stride) + 1))
    return [...shape.slice(0, axis), count, length, ...shape.slice(axis + 1)]
  })
}

export const layerSlices: LoweredTable = {
  slice: planarSlice,
  sliceStatic: byBounds((context) => ({
    begin: context.numberList('beginIds'),
    end: context.numberList('endIds'),
    stride: context.numberList('strides'),
    ...layerMasks(context),
  })),
  sliceDynamic: byBounds((context) => ({
    begin: context.elements(1),
    end: dimsFrom(context, 'endIds', 2),
    stride: dimsFrom(context, 'strides', 3),
    ...layerMasks(context),
  })),
  sliceBySize: layerBySize,
  slidingWindows: windows('windowSize', 'step'),
}

export const programSlices: LoweredTable = {
  slice_by_index: byBounds((context) => ({
    begin: dimsFrom(context, 'begin', 1),
    end: dimsFrom(context, 'end', 2),
    stride: dimsFrom(context, 'stride', 3),
    beginMask: mask(context, 'begin_mask'),
    endMask: mask(context, 'end_mask'),
    squeezeMask: mask(context, 'squeeze_mask'),
  })),
  slice_by_size: {
    ...programBySize,
    infer: (context) => {
      const [view] = programBySize.infer(context)
      return [view ?? tensor(context.dtype(0), bySize(context))]
    },
    work: resized('Slice', bySize).work,
  },
  /** The first operand with a part replaced. */
  slice_update: standard('ScatterND'),
  sliding_windows: windows('size', 'stride'),
}
