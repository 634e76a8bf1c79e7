/** Reductions over the axes of a second operand, searches along one, sums by segment and over windows. */
import type { Dim, Shape } from '../graph.ts'
import {
  type Operator,
  type OperatorContext,
  type OperatorTable,
  scaled,
  unknownWork,
  vectorWork,
} from '../operator.ts'
import { elementCount, isStatic, mapDim } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { argument, cumulative, product, reduction, sum } from './reduction.ts'
import { transformOps } from './signal.ts'
import { fusing, like } from './tflite-rule.ts'

const reduce = (operator: Operator): Operator =>
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

/** (x, initial value, window, strides, dilations of x, dilations of the window), without padding. */
const window: Operator = {
  class: 'pooling',
  infer(context) {
    const [size, strides, spread, dilation] = [2, 3, 4, 5].map((index) => context.numbers(index))
    const dims = context.shape(0)?.map((dim, axis): Dim => {
      const [reach, step, gap, hole] = [size?.[axis], strides?.[axis], spread?.[axis], dilation?.[axis]]
      if (reach === undefined || step === undefined || gap === undefined || hole === undefined) return null
      return mapDim(dim, (count) => {
        const dilated = count === 0 ? 0 : (count - 1) * gap + 1
        return Math.max(0, Math.floor((dilated - ((reach - 1) * hole + 1)) / step) + 1)
      })
    })
    return [tensor(context.declaredType(0), dims ?? null)]
  },
  work(context) {
    const taps = context.numbers(2)?.reduce((count, size) => count * size, 1)
    return taps === undefined ? unknownWork : vectorWork(scaled(context.outputCount, taps))
  },
}

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

export const tfliteReductions: OperatorTable = {
  SUM: reduce(reduction(1, sum)),
  MEAN: reduce(reduction(1, (values) => sum(values) / values.length)),
  REDUCE_PROD: reduce(reduction(1, product)),
  REDUCE_MAX: reduce(largest),
  REDUCE_MIN: reduce(smallest),
  REDUCE_ANY: reduce(largest),
  REDUCE_ALL: reduce(smallest),
  ARG_MAX: search,
  ARG_MIN: search,
  CUMSUM: like(cumulative),
  SEGMENT_SUM: sortedSegments,
  UNSORTED_SEGMENT_SUM: countedSegments,
  UNSORTED_SEGMENT_PROD: countedSegments,
  UNSORTED_SEGMENT_MAX: countedSegments,
  UNSORTED_SEGMENT_MIN: countedSegments,
  REDUCE_WINDOW: window,
  RFFT2D: realFourier2d,
}
