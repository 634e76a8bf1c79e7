/** Operators that move elements without computing on them. */
import { foldBroadcast, foldView } from '../fold.ts'
import type { Dim, Shape } from '../graph.ts'
import { noWork, type Operator, type OperatorContext } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import {
  broadcast,
  checkSizes,
  isStatic,
  mapDim,
  mismatch,
  normalizeAxis,
  openShape,
  plus,
  times,
  unifyDim,
} from '../shape.ts'
import { isFoldable, type TensorType, tensor } from '../value-type.ts'

/** Same elements, other places; bytes moved are counted from the shapes. */
export function layout(infer: (context: OperatorContext) => readonly TensorType[]): Operator {
  return { class: 'layout', infer, work: () => noWork }
}

export const reshaped = (shape: (context: OperatorContext) => Shape): Operator =>
  layout((context) => [tensor(context.dtype(0), shape(context))])

export const transpose = layout((context) => {
  const input = context.tensor(0)
  const { shape } = input
  if (shape === null) return [tensor(input.dtype, null)]
  const order = context.numberList('perm') ?? shape.map((_, axis) => shape.length - 1 - axis)
  if (order.length !== shape.length) throw mismatch(`a permutation of ${shape.length} axes`, `${order.length} axes`)
  const dims = order.map((axis) => shape[axis] ?? null)
  return [
    tensor(
      input.dtype,
      dims,
      foldView(input, dims, (strides) => order.map((axis) => strides[axis] ?? 0)),
    ),
  ]
})

/** Joins along one axis; the other axes must agree. */
export function concatenate(parts: readonly TensorType[], axisGiven: number): TensorType {
  const dtype = parts.find((part) => part.dtype !== null)?.dtype ?? null
  const known = parts.find((part) => part.shape !== null)?.shape ?? null
  if (known === null) return tensor(dtype, null)
  const axis = normalizeAxis(axisGiven, known.length)
  const dims: Dim[] = [...known]
  let along: Dim = 0
  for (const { shape } of parts) {
    along = shape === null ? null : plus(along, shape[axis] ?? null)
    if (shape === null) continue
    if (shape.length !== known.length) throw mismatch(`rank ${known.length} to concatenate`, `rank ${shape.length}`)
    for (const [position, dim] of shape.entries()) {
      if (position !== axis) dims[position] = unifyDim(dims[position] ?? null, dim, `axis ${position} to concatenate`)
    }
  }
  dims[axis] = along
  return tensor(dtype, dims, concatenatedElements(parts, dims, axis))
}

function concatenatedElements(parts: readonly TensorType[], dims: Shape, axis: number): readonly Dim[] | null {
  if (!isStatic(dims) || !isFoldable(dims)) return null
  if (dims.includes(0)) return []
  const blocks = dims.slice(0, axis).reduce((count, dim) => count * dim, 1)
  const result: Dim[] = []
  for (const part of parts) if (part.elements === null) return null
  for (let block = 0; block < blocks; block++) {
    for (const { elements } of parts) {
      if (elements === null) continue
      const length = elements.length / blocks
      for (let i = block * length; i < (block + 1) * length; i++) result.push(elements[i] ?? null)
    }
  }
  return result
}

const concat = layout((context) => {
  const parts = context.inputs.map((_, index) => context.tensor(index))
  return [concatenate(parts, context.number('axis', 1))]
})

/** Sizes of the parts along the axis: given, or equal with a smaller last one. */
function splitSizes(context: OperatorContext, along: Dim): readonly Dim[] {
  const count = context.node.outputs.length
  const given = context.has(1) ? context.elements(1) : context.numberList('split')
  if (given !== null) return given
  if (context.has(1) || typeof along !== 'number') return new Array<Dim>(count).fill(null)
  const size = Math.ceil(along / (context.number('num_outputs') ?? count))
  return Array.from({ length: count }, (_, part) => Math.max(0, Math.min(size, along - part * size)))
}

export const split = layout((context) => {
  const input = context.tensor(0)
  const { shape, dtype } = input
  if (shape === null) return context.node.outputs.map(() => tensor(dtype, null))
  const axis = context.axis(shape.length, 0)
  let start: Dim = 0
  return splitSizes(context, shape[axis] ?? null).map((size) => {
    const dims = shape.map((dim, position) => (position === axis ? size : dim))
    const from: Dim = start
    start = plus(start, size)
    const elements =
      typeof from === 'number' ? foldView(input, dims, (strides) => strides, from * stepOf(shape, axis)) : null
    return tensor(dtype, dims, elements)
  })
})

/** Elements between neighbours along `axis`. */
function stepOf(shape: readonly Dim[], axis: number): number {
  let step = 1
  for (let i = axis + 1; i < shape.length; i++) {
    const dim = shape[i]
    step *= typeof dim === 'number' ? dim : 1
  }
  return step
}

export const slice = layout((context) => {
  const input = context.tensor(0)
  const { shape, dtype } = input
  if (shape === null) return [tensor(dtype, null)]
  const starts = sliceList(context, 'starts', 1)
  const ends = sliceList(context, 'ends', 2)
  const axes = context.has(3)
    ? context.numbers(3)
    : (context.numberList('axes') ?? starts?.map((_, axis) => axis) ?? null)
  if (axes === null)
    return [
      tensor(
        dtype,
        shape.map(() => null),
      ),
    ]
  const steps = context.has(4) ? context.elements(4) : axes.map(() => 1)
  const dims: Dim[] = [...shape]
  const step: number[] = shape.map(() => 1)
  let offset: number | null = 0
  for (const [i, given] of axes.entries()) {
    const axis = normalizeAxis(given, shape.length)
    const range = sliceAxis(shape[axis] ?? null, starts?.[i] ?? null, ends?.[i] ?? null, steps?.[i] ?? null)
    dims[axis] = range.size
    step[axis] = range.step
    offset = offset === null || range.start === null ? null : offset + range.start * stepOf(shape, axis)
  }
  const view =
    offset === null ? null : foldView(input, dims, (strides) => strides.map((s, i) => s * (step[i] ?? 1)), offset)
  return [tensor(dtype, dims, view)]
})

function sliceList(context: OperatorContext, attribute: string, input: number): readonly Dim[] | null {
  return context.has(input) ? context.elements(input) : context.numberList(attribute)
}

/** numpy slicing of one axis: negative positions count from the end, everything is clamped. */
function sliceAxis(size: Dim, start: Dim, end: Dim, step: Dim): { size: Dim; start: number | null; step: number } {
  if (step === 0) throw mismatch('a step other than 0', '0')
  if (typeof step !== 'number' || typeof start !== 'number') return { size: null, start: null, step: 1 }
  // A whole axis keeps its symbol.
  if (start === 0 && step === 1 && (end === size || (typeof end === 'number' && end >= 2 ** 31 - 1))) {
    return { size, start: 0, step }
  }
  if (typeof size !== 'number' || typeof end !== 'number') return { size: null, start: null, step }
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1]
  const clamp = (position: number) => Math.min(high, Math.max(low, position))
  const from = step > 0 ? clamp(start < 0 ? start + size : start) : clamp(start < 0 ? start + size : start)
  const to = clamp(end < 0 ? end + size : end)
  return { size: Math.max(0, Math.ceil((to - from) / step)), start: Math.max(0, from), step }
}

export const expand = layout((context) => {
  const wanted = context.elements(1) ?? openShape(context.shape(1)?.[0])
  checkSizes(wanted)
  const shape = broadcast(context.shape(0), wanted)
  return [tensor(context.dtype(0), shape, foldBroadcast(context.tensor(0), shape))]
})

export const tile = layout((context) => {
  const shape = context.shape(0)
  // Opset 1 repeated one axis a number of times.
  const repeats = context.since(6) ? context.elements(1) : null
  const dims = shape?.map((dim, axis) => times(dim, repeats?.[axis] ?? null)) ?? null
  return [tensor(context.dtype(0), dims)]
})

export const pad = reshaped((context) => {
  const shape = context.shape(0)
  if (shape === null) return null
  const pads = context.has(1) ? context.elements(1) : (context.numberList('pads') ?? context.numberList('paddings'))
  const axes = context.has(3) ? context.numbers(3) : shape.map((_, axis) => axis)
  if (pads === null || axes === null) return shape.map(() => null)
  const dims: Dim[] = [...shape]
  for (const [i, given] of axes.entries()) {
    const axis = normalizeAxis(given, shape.length)
    dims[axis] = plus(plus(dims[axis] ?? null, pads[i] ?? null), pads[i + axes.length] ?? null)
  }
  return dims
})

/** [B, C, H, W] ↔ [B, C·b², H/b, W/b]. */
const depthToSpace = reshaped((context) => {
  const block = context.number('blocksize', 1)
  const [batch = null, channels = null, ...spatial] = context.shape(0) ?? []
  const depth = mapDim(channels, (size) => size / block ** 2)
  return context.shape(0) === null ? null : [batch, depth, ...spatial.map((dim) => times(dim, block))]
})

const spaceToDepth = reshaped((context) => {
  const block = context.number('blocksize', 1)
  const [batch = null, channels = null, ...spatial] = context.shape(0) ?? []
  const shrunk = spatial.map((dim) => mapDim(dim, (size) => size / block))
  return context.shape(0) === null ? null : [batch, times(channels, block ** 2), ...shrunk]
})

/** `border` = left, top, right, bottom; `scale` = height, width of what stays (pre-standard operator). */
const crop = reshaped((context) => {
  const shape = context.shape(0)
  if (shape === null) return null
  const [left = 0, top = 0, right = 0, bottom = 0] = context.numberList('border') ?? []
  const [height, width] = context.numberList('scale') ?? []
  return [
    ...shape.slice(0, 2),
    height ?? plus(shape[2] ?? null, -top - bottom),
    width ?? plus(shape[3] ?? null, -left - right),
  ]
})

const centerCropPad = reshaped((context) => {
  const shape = context.shape(0)
  const target = context.elements(1)
  if (shape === null) return null
  const axes = (context.numberList('axes') ?? shape.map((_, axis) => axis)).map((axis) =>
    normalizeAxis(axis, shape.length),
  )
  return shape.map((dim, axis) => (axes.includes(axis) ? (target?.[axes.indexOf(axis)] ?? null) : dim))
})

/** Columns [B, C·K, L] → image [B, C, …]. */
const columnsToImage = reshaped((context) => {
  const columns = context.shape(0)
  const image = context.elements(1)
  const block = context.numbers(2)
  if (columns === null || image === null || block === null) return null
  const taps = block.reduce((product, size) => product * size, 1)
  return [columns[0] ?? null, mapDim(columns[1] ?? null, (size) => size / taps), ...image]
})

/** x [B, spatial…, …], block by spatial axis, [before, after] by spatial axis: the batch takes what the spatial axes give. */
const spaceToBatch = reshaped((context) => {
  const [shape, block, pads] = [context.shape(0), context.elements(1), context.elements(2)]
  if (shape === null || block === null) return shape?.map(() => null) ?? null
  const steps = block.map((size, axis) => {
    const padded = plus(plus(shape[axis + 1] ?? null, pads?.[2 * axis] ?? null), pads?.[2 * axis + 1] ?? null)
    return typeof size === 'number' ? mapDim(padded, (known) => known / size) : null
  })
  return [block.reduce(times, shape[0] ?? null), ...steps, ...shape.slice(block.length + 1)]
})

const batchToSpace = reshaped((context) => {
  const [shape, block, crops] = [context.shape(0), context.elements(1), context.elements(2)]
  if (shape === null || block === null) return shape?.map(() => null) ?? null
  const negated = (dim: Dim | undefined) => mapDim(dim ?? null, (size) => -size)
  const steps = block.map((size, axis) =>
    plus(plus(times(shape[axis + 1] ?? null, size), negated(crops?.[2 * axis])), negated(crops?.[2 * axis + 1])),
  )
  const blocks = block.reduce(times, 1)
  const batch = typeof blocks === 'number' ? mapDim(shape[0] ?? null, (size) => size / blocks) : null
  return [batch, ...steps, ...shape.slice(block.length + 1)]
})

const sameShape = reshaped((context) => context.shape(0))

export const layoutOperators: OperatorFamily = {
  Transpose: entry('transpose', transpose, { prune: 'transpose' }),
  Concat: entry('concatenate', concat, { fusion: 'concatenation', prune: 'concat' }),
  Split: entry('split', split, { prune: 'split' }),
  Slice: entry('slice', slice, { prune: 'slice' }),
  Expand: entry('expand', expand, { prune: 'expand' }),
  Tile: entry('tile', tile),
  Pad: entry('pad', pad, { fusion: 'pad', prune: 'pad' }),
  DepthToSpace: entry('depth-to-space', depthToSpace, { prune: 'depth-to-space' }),
  SpaceToDepth: entry('space-to-depth', spaceToDepth, { prune: 'space-to-depth' }),
  Crop: entry(null, crop),
  CenterCropPad: entry(null, centerCropPad),
  Col2Im: entry(null, columnsToImage),
  ReverseSequence: entry('reverse', sameShape),
  // Without an operator in ai.onnx.
  SpaceToBatch: entry('space-to-batch', spaceToBatch),
  BatchToSpace: entry('space-to-batch', batchToSpace),
  Trilu: entry(null, sameShape),
}
