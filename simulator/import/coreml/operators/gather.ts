/** Core ML look-ups by index, selections and sorts. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { normalizeAxis } from '../../../graph/shape.ts'
import { type TensorType, tensor, unknownTensor } from '../../../graph/value-type.ts'
import { scalarFrom } from './geometry.ts'
import { asStandard, choosing, type LoweredTable, standard, vector } from './lowered.ts'

const along = asStandard('Gather', (context) => ({
  inputs: [context.tensor(0), context.tensor(1)],
  attributes: { axis: context.number('axis', 0) },
}))

/** The first `batch_dims` axes of operand and indices are the same, as only GatherND has it. */
const batched: LoweredOperator = {
  ...along,
  op: 'GatherND',
  class: 'gather',
  infer(context) {
    const [shape, indices] = [context.shape(0), context.shape(1)]
    if (shape === null || indices === null) return [tensor(context.dtype(0), null)]
    const axis = normalizeAxis(context.number('axis', 0), shape.length)
    const dims = [...shape.slice(0, axis), ...indices.slice(context.number('batch_dims', 0)), ...shape.slice(axis + 1)]
    return [tensor(context.dtype(0), dims)]
  },
}

const alongAxis = standard('GatherElements')
/** Some elements replaced. */
const [scatter, scatterNd] = [standard('ScatterElements'), standard('ScatterND')]

/** Positions of non-zero elements as rows: [n, rank]. */
const nonZero = asStandard(
  'NonZero',
  (context) => ({ inputs: [context.tensor(0)] }),
  ([found]) => {
    const [rank = null, count = null] = found?.kind === 'tensor' ? (found.shape ?? []) : []
    return [tensor(null, [count, rank])]
  },
)

const oneHot = (fallback: number, sizeOf: (context: OperatorContext) => Dim): LoweredOperator =>
  asStandard('OneHot', (context) => ({
    inputs: [context.tensor(0), vector([sizeOf(context)])],
    attributes: { axis: context.number('axis', fallback) },
  }))

const topK = (fallback: number, countOf: (context: OperatorContext) => Dim): LoweredOperator =>
  asStandard('TopK', (context) => ({
    inputs: [context.tensor(0), vector([countOf(context)])],
    attributes: { axis: context.number('axis', fallback) },
  }))

/** A sort is a selection of all. */
const argSort = (fallback: number): LoweredOperator =>
  asStandard(
    'TopK',
    (context) => {
      const shape = context.shape(0)
      if (shape === null) return null
      const axis = context.axis(shape.length, fallback)
      return { inputs: [context.tensor(0), vector([shape[axis] ?? null])], attributes: { axis } }
    },
    (outputs) => outputs.slice(1),
  )

/** boxes [B, N, 4], scores [B, N, C] → boxes, scores and indices of at most `limit`, and how many there are. */
const suppression = (limit: string): LoweredOperator =>
  asStandard(
    'NonMaxSuppression',
    (context) => {
      const [batch = null, boxes = null, classes = null] = context.shape(1) ?? []
      const scores = tensor(context.dtype(1), context.shape(1) === null ? null : [batch, classes, boxes])
      return { inputs: [context.tensor(0), scores, vector([context.number(limit)])] }
    },
    (_, context) => {
      const [batch = null] = context.shape(0) ?? []
      const kept = context.number(limit)
      const classes = context.shape(1)?.at(-1) ?? null
      return [[batch, kept, 4], [batch, kept, classes], [batch, kept], [batch]].map((dims) => tensor(null, dims))
    },
  )

/** The model that ends a detector: how many boxes are compared and stay is up to the image. */
const suppressionModel: LoweredOperator = {
  op: 'NonMaxSuppression',
  class: 'detection',
  infer: (): readonly TensorType[] => [unknownTensor, unknownTensor],
  work: () => ({ macs: 0, vectorOps: null, gemm: null, window: null }),
}

export const layerGathers: LoweredTable = {
  gather: along,
  gatherND: standard('GatherND'),
  gatherAlongAxis: alongAxis,
  scatter,
  scatterND: scatterNd,
  scatterAlongAxis: scatter,
  whereNonZero: nonZero,
  oneHot: oneHot(0, (context) => scalarFrom(context, 'oneHotVectorSize', 1, null)),
  topK: topK(0, (context) => scalarFrom(context, 'K', 1, null)),
  argSort: argSort(0),
  nonMaximumSuppression: suppression('maxBoxes'),
  nonMaximumSuppressionModel: suppressionModel,
}

export const programGathers: LoweredTable = {
  gather: choosing((context) => (context.number('batch_dims', 0) === 0 ? along : batched)),
  gather_along_axis: alongAxis,
  gather_nd: standard('GatherND'),
  scatter,
  scatter_along_axis: scatter,
  scatter_nd: scatterNd,
  non_zero: nonZero,
  one_hot: oneHot(-1, (context) => scalarFrom(context, 'one_hot_vector_size', 1, null)),
  topk: topK(-1, (context) => scalarFrom(context, 'k', 1, 1)),
  argsort: argSort(-1),
  non_maximum_suppression: suppression('max_boxes'),
}
