/** Resizing and selections: what detectors are made of beside their convolutions. */
import type { Dim } from '../graph.ts'
import {
  type Operator,
  type OperatorContext,
  type OperatorTable,
  scaled,
  unknownWork,
  vectorWork,
} from '../operator.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { intersectionOps, sortOps, topK } from './detection.ts'
import { declared, fusing, like } from './tflite-rule.ts'

/** (x [B, H, W, C], [height, width]). */
const resize = (opsPerOutput: number): Operator =>
  fusing({
    class: 'resize',
    infer(context) {
      const [batch = null, , , channels = null] = context.shape(0) ?? []
      const [height = null, width = null] = context.elements(1) ?? []
      return [tensor(context.declaredType(0), [batch, height, width, channels])]
    },
    work: (context) => vectorWork(scaled(context.outputCount, opsPerOutput)),
  })

/** (boxes [N, 4], scores [N], limit, …) → `limit` indices (and scores), and how many are valid. */
const nonMaxSuppression = (withScores: boolean): Operator => ({
  class: 'detection',
  infer(context) {
    const limit: Dim = context.elements(2)?.[0] ?? null
    const selected = (withScores ? [0, 1] : [0]).map((index) => tensor(context.declaredType(index), [limit]))
    return [...selected, tensor(context.declaredType(selected.length), [])]
  },
  work(context) {
    const limit = context.numbers(2)?.[0]
    return limit === undefined ? unknownWork : suppression(context.count(1), limit)
  },
})

/** Sorts the scores and compares each box kept with all. */
function suppression(scores: number | null, limit: number) {
  const sorting = sortOps(scores, scores)
  if (scores === null || sorting === null) return unknownWork
  return vectorWork(sorting + scores * Math.min(limit, scores) * intersectionOps)
}

/** Two exponentials, and a multiply and an add for each of four coordinates. */
const decodeOps = 2 * opsPerElement.transcendental + 8

/**
 * The custom operator at the end of SSD models: (encodings [1, N, 4], scores [1, N, classes], anchors) → boxes [1, M, 4],
 * classes, scores, count. Shapes as the file declares them. Source: tensorflow/lite/kernels/detection_postprocess.cc.
 */
export const detectionPostProcess: Operator = {
  class: 'detection',
  infer: declared,
  work(context: OperatorContext) {
    const [boxes, limit, scores] = [context.shape(0)?.[1], context.output(0).shape?.[1], context.count(1)]
    if (typeof boxes !== 'number' || typeof limit !== 'number' || scores === null) return unknownWork
    const { vectorOps } = suppression(boxes, limit)
    return vectorWork(vectorOps === null ? null : vectorOps + boxes * decodeOps + scores)
  },
}

export const tfliteDetections: OperatorTable = {
  RESIZE_BILINEAR: resize(opsPerElement.bilinear),
  RESIZE_NEAREST_NEIGHBOR: resize(1),
  TOPK_V2: like(topK),
  UNIQUE: {
    class: 'detection',
    infer: (context) => [tensor(context.declaredType(0), [null]), tensor(context.declaredType(1), context.shape(0))],
    work: (context) => vectorWork(sortOps(context.count(0), context.count(0))),
  },
  NON_MAX_SUPPRESSION_V4: nonMaxSuppression(false),
  NON_MAX_SUPPRESSION_V5: nonMaxSuppression(true),
}
