/** Reductions over axes, and the searches that reduce to an index. */
import { foldElementwise } from '../fold.ts'
import type { Dim, Shape } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { normalizeAxis } from '../shape.ts'
import { type TensorType, tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

type Fold = (values: readonly number[]) => number

export function reduction(opsPerInput: number, fold?: Fold): Operator {
  return {
    class: 'reduction',
    infer(context) {
      const shape = reducedShape(context)
      return [tensor(context.dtype(0), shape, fold === undefined ? null : foldAll(context, shape, fold))]
    },
    work: (context) => vectorWork(scaled(context.count(0), opsPerInput)),
  }
}

/** Axes are an attribute before opset 13 (ReduceSum) or 18 (the others) and an input after; none means all. */
function reducedAxes(context: OperatorContext, rank: number): readonly number[] | null {
  const given = context.listFrom('axes', 1)
  if (given === null && context.has(1)) return null
  if (given === null || given.length === 0) {
    const isIdentity = context.number('noop_with_empty_axes', 0) !== 0
    return isIdentity ? [] : Array.from({ length: rank }, (_, axis) => axis)
  }
  return given.map((axis) => normalizeAxis(axis, rank))
}

function reducedShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  const keep = context.number('keepdims', 1) !== 0
  const axes = reducedAxes(context, shape.length)
  if (axes === null) return keep ? shape.map(() => null) : null
  const reduced = new Set(axes)
  return shape.flatMap((dim, axis): Dim[] => (reduced.has(axis) ? (keep ? [1] : []) : [dim]))
}

/** Shape arithmetic reduces whole vectors (element counts, largest side). */
function foldAll(context: OperatorContext, shape: Shape, fold: Fold): readonly Dim[] | null {
  const values = context.numbers(0)
  const rank = context.shape(0)?.length
  if (values === null || values.length === 0 || rank === undefined) return null
  if (reducedAxes(context, rank)?.length !== rank) return null
  const result: TensorType = tensor(context.dtype(0), [], [fold(values)])
  return foldElementwise([result], shape, result.dtype, (value = null) => value)
}

/** Position of the largest or smallest element along one axis. */
export const argument: Operator = {
  class: 'reduction',
  infer(context) {
    const shape = context.shape(0)
    if (shape === null) return [tensor('int64', null)]
    const reduced = context.axis(shape.length, 0)
    const keep = context.number('keepdims', 1) !== 0
    const dims = shape.flatMap((dim, axis): Dim[] => (axis === reduced ? (keep ? [1] : []) : [dim]))
    return [tensor('int64', dims)]
  },
  work: (context) => vectorWork(context.count(0)),
}

/** Running sums and products keep the shape. */
export const cumulative: Operator = {
  class: 'reduction',
  infer: (context) => [tensor(context.dtype(0), context.shape(0))],
  work: (context) => vectorWork(context.count(0)),
}

export const sum: Fold = (values) => values.reduce((total, value) => total + value, 0)
export const product: Fold = (values) => values.reduce((total, value) => total * value, 1)

export const reductionOperators: OperatorFamily = {
  ReduceSum: entry('sum', reduction(1, sum), { prune: 'reduction' }),
  ReduceMean: entry(
    'mean',
    reduction(1, (values) => sum(values) / values.length),
    { prune: 'reduction' },
  ),
  ReduceMax: entry(
    'reduce-maximum',
    reduction(1, (values) => values.reduce((a, b) => Math.max(a, b))),
    { prune: 'reduction' },
  ),
  ReduceMin: entry(
    'reduce-minimum',
    reduction(1, (values) => values.reduce((a, b) => Math.min(a, b))),
    { prune: 'reduction' },
  ),
  ReduceProd: entry('reduce-product', reduction(1, product), { prune: 'reduction' }),
  ReduceL1: entry(null, reduction(2), { prune: 'reduction' }),
  ReduceL2: entry(null, reduction(2), { prune: 'reduction' }),
  ReduceLogSum: entry(null, reduction(1), { prune: 'reduction' }),
  ReduceLogSumExp: entry(null, reduction(1 + opsPerElement.transcendental), { prune: 'reduction' }),
  ReduceSumSquare: entry(null, reduction(2), { prune: 'reduction' }),
  ArgMax: entry('arg-maximum', argument),
  ArgMin: entry('arg-minimum', argument),
  CumSum: entry('cumulative-sum', cumulative),
  CumProd: entry(null, cumulative),
}
