/** Selections whose result or effort depends on the data. */
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, unknownWork, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

/** A sort of the whole axis: n·log₂ n comparisons. */
export function sortOps(count: number | null, along: Dim): number | null {
  if (count === null || typeof along !== 'number') return null
  return count * Math.max(1, Math.ceil(Math.log2(Math.max(1, along)))) * opsPerElement.comparisonSort
}

export const topK: Operator = {
  class: 'detection',
  infer(context) {
    const shape = context.shape(0)
    if (shape === null) return [tensor(context.dtype(0), null), tensor('int64', null)]
    const axis = context.axis(shape.length, -1)
    const k: Dim = context.has(1) ? (context.elements(1)?.[0] ?? null) : context.number('k')
    const dims = shape.map((dim, i) => (i === axis ? k : dim))
    return [tensor(context.dtype(0), dims), tensor('int64', dims)]
  },
  work(context) {
    const shape = context.shape(0)
    if (shape === null) return unknownWork
    return vectorWork(sortOps(context.count(0), shape[context.axis(shape.length, -1)] ?? null))
  },
}

/**
 * boxes [B, N, 4], scores [B, C, N] → indices [selected, 3]; at most C·B·limit comparisons with N boxes. A limit that only
 * the run knows may let every box stay.
 */
const nonMaxSuppression: Operator = {
  class: 'detection',
  infer: () => [tensor('int64', [null, 3])],
  work(context) {
    const scores = context.count(1)
    const boxes = context.shape(0)?.[1]
    if (scores === null || typeof boxes !== 'number') return unknownWork
    const limit = context.has(2) ? (context.numbers(2)?.[0] ?? boxes) : 0
    const intersections = scores * Math.min(limit, boxes) * intersectionOps
    const sorting = sortOps(scores, boxes)
    return vectorWork(sorting === null ? null : sorting + intersections)
  },
}

/** Intersection over union of two boxes: four extrema, three areas, a division and a comparison. */
export const intersectionOps = 16

/** Sorts the scores and compares each box kept with all. */
export function suppressionOps(scores: number, limit: number): number {
  return (sortOps(scores, scores) ?? 0) + scores * Math.min(limit, scores) * intersectionOps
}

/** Two exponentials, and a multiply and an add for each of four coordinates. */
const decodeOps = 2 * opsPerElement.transcendental + 8

/**
 * The end of SSD models: encodings [B, N, 4], scores [B, N, classes], anchors [N, 4] → boxes [B, M, 4], classes [B, M],
 * scores [B, M], count [B]. M = `max_detections` · `max_classes_per_detection`. At worst no box is suppressed before M are
 * kept; without a limit that is every one. Source: tensorflow/lite/kernels/detection_postprocess.cc.
 */
const detectionPostProcess: Operator = {
  class: 'detection',
  infer(context) {
    const [batch = null] = context.shape(0) ?? []
    const kept = context.number('max_detections')
    const limit = kept === null ? null : kept * context.number('max_classes_per_detection', 1)
    const each = tensor('float32', [batch, limit])
    return [tensor('float32', [batch, limit, 4]), each, each, tensor('float32', [batch])]
  },
  work(context) {
    const [boxes, scores, classes] = [context.shape(0)?.[1], context.count(1), context.shape(1)?.[2]]
    if (typeof boxes !== 'number' || typeof classes !== 'number' || scores === null) return unknownWork
    const given = context.output(0).shape?.[1]
    const kept = context.number('max_detections') ?? (typeof given === 'number' ? given : boxes)
    const suppression =
      context.number('use_regular_nms', 0) === 0
        ? suppressionOps(boxes, kept)
        : classes * suppressionOps(boxes, context.number('detections_per_class', kept))
    return vectorWork(suppression + boxes * decodeOps + scores)
  },
}

const unique: Operator = {
  class: 'detection',
  infer(context) {
    const shape = context.shape(0)
    const axis = context.number('axis')
    const count: Dim = null
    const values =
      axis === null
        ? [count]
        : (shape?.map((dim, i) => (i === (axis < 0 ? axis + shape.length : axis) ? count : dim)) ?? null)
    const inverse = axis === null ? context.count(0) : (shape?.at(axis) ?? null)
    const indices = tensor('int64', [count])
    return [tensor(context.dtype(0), values), indices, tensor('int64', [inverse]), indices]
  },
  work: (context) => vectorWork(sortOps(context.count(0), context.count(0))),
}

const detect = (infer: Operator['infer'], ops: (context: OperatorContext) => number | null): Operator => ({
  class: 'detection',
  infer,
  work: (context) => vectorWork(ops(context)),
})

/** Generation by search: the model is a subgraph that runs once per token. */
const generation: Operator = {
  class: 'control-flow',
  infer(context) {
    const batch = context.shape(0)?.[0] ?? null
    const returned = context.elements(4)?.[0] ?? null
    return [tensor('int32', [batch, returned, context.elements(1)?.[0] ?? null])]
  },
  work: () => unknownWork,
}

export const detectionOperators: OperatorFamily = {
  TopK: entry('top-k', topK),
  NonMaxSuppression: entry('non-maximum-suppression', nonMaxSuppression),
  Unique: entry('unique', unique),
  /** Without an operator in ai.onnx. */
  DetectionPostProcess: entry('non-maximum-suppression', detectionPostProcess),
  // Without an operator in ai.onnx.
  BeamSearch: entry(null, generation),
  ImageDecoder: entry(
    null,
    detect(
      (context) => {
        const channels = context.text('pixel_format', 'RGB') === 'Grayscale' ? 1 : 3
        return [tensor('uint8', [null, null, channels])]
      },
      () => null,
    ),
  ),
  Det: entry(
    null,
    detect(
      (context) => [tensor(context.dtype(0), context.shape(0)?.slice(0, -2) ?? null)],
      (context) => {
        // Gaussian elimination of n×n matrices: 2n³/3 operations each.
        const [rows = null] = context.shape(0)?.slice(-1) ?? []
        const matrices = elementCount(context.output(0).shape)
        return typeof rows === 'number' ? scaled(matrices, Math.ceil((2 * rows ** 3) / 3)) : null
      },
    ),
  ),
}
