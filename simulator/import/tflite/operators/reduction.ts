/** Reductions over the axes of a second operand, searches along one, sums by segment and over windows. */
import type { Shape } from '../../../graph/graph.ts'
import { type Operator, type OperatorContext, unknownWork, vectorWork } from '../../../graph/operator.ts'
import { argument, product, reduction, sum } from '../../../graph/operators/reduction.ts'
import { transformOps } from '../../../graph/operators/signal.ts'
import { elementCount, isStatic, mapDim } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { fusing, type LoweredRule, type LoweredTable, like, lowered, same } from './rule.ts'

const reduce = (operator: Operator): LoweredRule =>
  fusing(
    like(operator, (context) => ({
      attributes: { keepdims: context.number('keep_dims', 0), noop_with_empty_axes: 1 },
    })),
  )

const largest = reduction(1, (values) => values.reduce((a, b) => Math.max(a, b)))
const smallest = reduction(1, (values) => values.reduce((a, b) => Math.min(a, b)))

const search = like(argument, (context) => {
  const [axis] = context.numbers(1) ?? []
  return axis === undefined ? null : { inputs: [context.tensor(0)], attributes: { axis, keepdims: 0 } }
})

/** x [N, …] by segment of its leading axes → [segments, …]. */
const segments = (shape: (context: OperatorContext) => Shape): Operator => ({
  class: 'reduction',
  infer: (context) => [tensor(context.declaredType(0), shape(context))],
  work: (context) => vectorWork(context.count(0)),
})

const countedSegments = segments((context) => {
  const [shape, ids] = [context.shape(0), context.shape(1)]
  return shape === null || ids === null ? null : [context.elements(2)?.[0] ?? null, ...shape.slice(ids.length)]
})

/** As many segments as the largest id says. */
const sortedSegments = segments((context) => {
  const ids = context.numbers(1)
  return [ids === null ? null : 1 + Math.max(-1, ...ids), ...(context.shape(0)?.slice(1) ?? [])]
})

/** (x […, H, W], points [2]) → spectrum […, h, w/2 + 1]. */
const realFourier2d: Operator = {
  class: 'reduction',
  infer(context) {
    const [shape, points] = [context.shape(0), context.elements(1)]
    const [height = null, width = null] = points ?? []
    const bins = mapDim(width, (size) => Math.floor(size / 2) + 1)
    return [tensor(context.declaredType(0), shape === null ? null : [...shape.slice(0, -2), height, bins])]
  },
  work(context) {
    const points = context.numbers(1)
    const leading = context.output(0).shape?.slice(0, -2) ?? null
    if (points === null || !isStatic(leading)) return unknownWork
    return vectorWork(transformOps(elementCount(points), elementCount(leading)))
  },
}

export const reductions: LoweredTable = {
  SUM: lowered('ReduceSum', reduce(reduction(1, sum))),
  MEAN: lowered('ReduceMean', reduce(reduction(1, (values) => sum(values) / values.length))),
  REDUCE_PROD: lowered('ReduceProd', reduce(reduction(1, product))),
  REDUCE_MAX: lowered('ReduceMax', reduce(largest)),
  REDUCE_MIN: lowered('ReduceMin', reduce(smallest)),
  REDUCE_ANY: lowered('ReduceMax', reduce(largest)),
  REDUCE_ALL: lowered('ReduceMin', reduce(smallest)),
  ARG_MAX: lowered('ArgMax', search),
  ARG_MIN: lowered('ArgMin', search),
  CUMSUM: same('CumSum'),
  SEGMENT_SUM: lowered('ScatterND', sortedSegments),
  UNSORTED_SEGMENT_SUM: lowered('ScatterND', countedSegments),
  UNSORTED_SEGMENT_PROD: lowered('ScatterND', countedSegments),
  UNSORTED_SEGMENT_MAX: lowered('ScatterND', countedSegments),
  UNSORTED_SEGMENT_MIN: lowered('ScatterND', countedSegments),
  REDUCE_WINDOW: same('ReduceWindow'),
  RFFT2D: lowered('DFT', realFourier2d),
}
