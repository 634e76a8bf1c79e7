/** Look-ups, scatters, and tensors made from shapes. */
import type { Dim, Shape } from '../../../graph/graph.ts'
import { noWork, type Operator, type OperatorContext, scaled, vectorWork } from '../../../graph/operator.ts'
import { gather, gatherLike, oneHot } from '../../../graph/operators/gather.ts'
import { generate } from '../../../graph/operators/generate.ts'
import { broadcast, checkSizes, elementCount, normalizeAxis, openShape } from '../../../graph/shape.ts'
import { isFoldable, tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { type LoweredTable, like, lowered, same, withOptions } from './rule.ts'

const found = (shape: (context: OperatorContext) => Shape): Operator =>
  gatherLike((context) => tensor(context.declaredType(0), shape(context)))

/** With batch axes, indices and source share their first axes. */
const batchedGather = found((context) => {
  const [source, indices] = [context.shape(0), context.shape(1)]
  if (source === null || indices === null) return null
  const batch = normalizeAxis(context.number('batch_dims', 0), indices.length + 1)
  const axis = normalizeAxis(context.number('axis', 0), source.length)
  return [...source.slice(0, axis), ...indices.slice(batch), ...source.slice(axis + 1)]
})

const plainGather = like(gather, withOptions)

const gatherByAxis: Operator = {
  ...plainGather,
  infer: (context) => (context.number('batch_dims', 0) === 0 ? plainGather : batchedGather).infer(context),
}

/** (ids, table [N, …]). */
const embedding = found((context) => {
  const [ids, table] = [context.shape(0), context.shape(1)]
  return ids === null || table === null ? null : [...ids, ...table.slice(1)]
})

/** (keys looked up, keys, values [N, …]) → rows, and whether each was found. */
const hashtable: Operator = {
  class: 'gather',
  infer(context) {
    const looked = context.shape(0)?.[0] ?? null
    const values = context.shape(2)
    const rows = tensor(context.declaredType(0), values === null ? null : [looked, ...values.slice(1)])
    return [rows, tensor(context.declaredType(1), [looked])]
  },
  work: () => noWork,
}

/** Positions where the condition holds: [found, rank]. */
const positions: Operator = gatherLike((context) => {
  const shape = context.shape(0)
  const content = context.numbers(0)
  const count = content === null ? null : content.filter((value) => value !== 0).length
  return tensor(context.declaredType(0), [count, shape?.length ?? null])
})

/** The shape is operand `index`; every element is written. */
const shapedBy = (index: number): Operator => ({
  class: 'gather',
  infer: (context) => [tensor(context.declaredType(0), shapeGiven(context, index))],
  work: () => vectorWork(0),
})

function shapeGiven(context: OperatorContext, index: number): Shape {
  const shape = context.elements(index) ?? openShape(context.shape(index)?.[0])
  checkSizes(shape)
  return shape
}

const fill = generate((context) => {
  const shape = shapeGiven(context, 0)
  const [value] = context.elements(1) ?? []
  const count = elementCount(shape)
  const elements = count !== null && value !== undefined && isFoldable(shape) ? new Array<Dim>(count).fill(value) : null
  return tensor(context.declaredType(0), shape, elements)
})

const shapeOf = generate((context) => {
  const shape = context.shape(0)
  return shape === null
    ? tensor(context.declaredType(0), [null])
    : tensor(context.declaredType(0), [shape.length], shape)
})

const rank = generate((context) => {
  const shape = context.shape(0)
  return tensor(context.declaredType(0), [], shape === null ? null : [shape.length])
})

/** The shape that two shapes broadcast to, as a value. */
const broadcastArguments = generate((context) => {
  const [a, b] = [context.elements(0), context.elements(1)]
  const shape = a === null || b === null ? null : broadcast(a, b)
  const length = Math.max(...[0, 1].map((index) => Number(context.shape(index)?.[0] ?? Number.NaN)))
  return tensor(context.declaredType(0), [Number.isNaN(length) ? null : length], shape)
})

const random = (shape: (context: OperatorContext) => Shape): Operator => ({
  class: 'layout',
  isVolatile: true,
  infer: (context) => [tensor(context.declaredType(0), shape(context))],
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.transcendental)),
})

const encoded = like(oneHot, (context) => ({
  inputs: [context.tensor(0), context.tensor(1), context.tensor(2)],
  attributes: { axis: context.number('axis', 0) },
}))

const randomOfShape = random((context) => shapeGiven(context, 0))
const multinomial = random((context) => [context.shape(0)?.[0] ?? null, context.elements(1)?.[0] ?? null])

export const gathers: LoweredTable = {
  GATHER: lowered('Gather', gatherByAxis),
  GATHER_ND: same('GatherND'),
  ONE_HOT: lowered('OneHot', encoded),
  EMBEDDING_LOOKUP: lowered('Gather', embedding),
  EMBEDDING_LOOKUP_SPARSE: same('EmbeddingBag'),
  HASHTABLE_LOOKUP: lowered('HashtableFind', hashtable),
  WHERE: lowered('NonZero', positions),
  SCATTER_ND: lowered('ScatterND', shapedBy(2)),
  SPARSE_TO_DENSE: lowered('ScatterND', shapedBy(1)),
  FILL: lowered('Expand', fill),
  SHAPE: lowered('Shape', shapeOf),
  RANK: lowered('Shape', rank),
  RANGE: same('Range'),
  BROADCAST_ARGS: lowered('Max', broadcastArguments),
  RANDOM_STANDARD_NORMAL: lowered('RandomNormal', randomOfShape),
  RANDOM_UNIFORM: lowered('RandomUniform', randomOfShape),
  MULTINOMIAL: lowered('Multinomial', multinomial),
}
