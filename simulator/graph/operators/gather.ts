/** Look-ups and scatters by index. */
import { stridesOf } from '../fold.ts'
import type { Dim, Shape } from '../graph.ts'
import { noWork, type Operator, type OperatorContext, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { isStatic, normalizeAxis } from '../shape.ts'
import { isFoldable, type TensorType, tensor } from '../value-type.ts'

export function gatherLike(infer: (context: OperatorContext) => TensorType): Operator {
  return { class: 'gather', infer: (context) => [infer(context)], work: () => noWork }
}

export const gather = gatherLike((context) => {
  const source = context.tensor(0)
  const indices = context.tensor(1)
  if (source.shape === null || indices.shape === null) return tensor(source.dtype, null)
  const axis = context.axis(source.shape.length, 0)
  const shape = [...source.shape.slice(0, axis), ...indices.shape, ...source.shape.slice(axis + 1)]
  return tensor(source.dtype, shape, gathered(source, indices, axis, shape))
})

function gathered(source: TensorType, indices: TensorType, axis: number, shape: Shape): readonly Dim[] | null {
  const { elements } = source
  if (elements === null || indices.elements === null || !isStatic(source.shape) || !isFoldable(shape)) return null
  const size = source.shape[axis] ?? 1
  const inner = stridesOf(source.shape)[axis] ?? 1
  const outer = inner * size === 0 ? 0 : elements.length / (inner * size)
  const result: Dim[] = []
  for (let block = 0; block < outer; block++) {
    for (const index of indices.elements) {
      const position = typeof index === 'number' ? (index < 0 ? index + size : index) : null
      for (let i = 0; i < inner; i++) {
        result.push(position === null ? null : (elements[(block * size + position) * inner + i] ?? null))
      }
    }
  }
  return result
}

/** indices [..., r] address the first r axes after `batch_dims`. */
export const gatherNd = gatherLike((context) => {
  const source = context.shape(0)
  const indices = context.shape(1)
  const depth = indices?.at(-1)
  if (source === null || indices === null || typeof depth !== 'number') return tensor(context.dtype(0), null)
  const batch = context.number('batch_dims', 0)
  return tensor(context.dtype(0), [...indices.slice(0, -1), ...source.slice(batch + depth)])
})

const gatherElements = gatherLike((context) => tensor(context.dtype(0), context.shape(1)))

/** The output is the first input with some elements replaced. */
const scatter: Operator = {
  class: 'gather',
  infer: (context) => [tensor(context.dtype(0), context.shape(0))],
  work: (context) => vectorWork(context.attribute('reduction') === undefined ? 0 : context.count(2)),
}

export const oneHot = gatherLike((context) => {
  const indices = context.shape(0)
  const depth = context.elements(1)?.[0] ?? null
  if (indices === null) return tensor(context.dtype(2), null)
  const axis = normalizeAxis(context.number('axis', -1), indices.length + 1)
  return tensor(context.dtype(2), [...indices.slice(0, axis), depth, ...indices.slice(axis)])
})

/** Positions of non-zero elements: their number is known only with the content. */
const nonZero = gatherLike((context) => {
  const input = context.tensor(0)
  if (input.shape === null) return tensor('int64', null)
  const rank = Math.max(1, input.shape.length)
  const content = context.numbers(0)
  if (content === null || !isStatic(input.shape)) return tensor('int64', [rank, null])
  const found = content.flatMap((value, position) => (value === 0 ? [] : [position]))
  const strides = stridesOf(input.shape.length === 0 ? [1] : input.shape)
  const rows = strides.map((stride, axis) =>
    found.map((position) => Math.floor(position / stride) % ((input.shape?.[axis] as number | undefined) ?? 1)),
  )
  return tensor('int64', [rank, found.length], rows.flat())
})

/** Slices along an axis where the condition holds. */
const compress = gatherLike((context) => {
  const shape = context.shape(0)
  const condition = context.numbers(1)
  const kept = condition === null ? null : condition.filter((value) => value !== 0).length
  const axis = context.number('axis')
  if (axis === null) return tensor(context.dtype(0), [kept])
  if (shape === null) return tensor(context.dtype(0), null)
  const position = normalizeAxis(axis, shape.length)
  return tensor(
    context.dtype(0),
    shape.map((dim, i) => (i === position ? kept : dim)),
  )
})

/** Rows of a table (operand 4) summed by the sparse indices that name them. */
const embeddingBag: Operator = {
  class: 'gather',
  infer: (context) => [tensor(context.dtype(4), null)],
  work: (context) => vectorWork(context.outputCount),
}

/** Hashes of the elements that agree for neighbours. */
const lshProjection: Operator = {
  class: 'gather',
  infer: () => [tensor('int32', null)],
  work: () => ({ macs: 0, vectorOps: null, gemm: null, window: null }),
}

export const gatherOperators: OperatorFamily = {
  // Without an operator in ai.onnx.
  EmbeddingBag: entry(null, embeddingBag),
  LshProjection: entry(null, lshProjection),
  Gather: entry('gather', gather, { prune: 'gather' }),
  GatherND: entry('gather-nd', gatherNd),
  GatherElements: entry('gather', gatherElements),
  ScatterElements: entry('scatter', scatter),
  ScatterND: entry('scatter', scatter),
  TensorScatter: entry(null, scatter),
  OneHot: entry('one-hot', oneHot),
  NonZero: entry('non-zero', nonZero),
  Compress: entry('non-zero', compress),
}
