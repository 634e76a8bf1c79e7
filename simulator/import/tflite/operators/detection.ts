/** Resizing and selections: what detectors are made of beside their convolutions. */
import type { Dim } from '../../../graph/graph.ts'
import { type Operator, scaled, unknownWork, vectorWork } from '../../../graph/operator.ts'
import { sortOps, suppressionOps, topK } from '../../../graph/operators/detection.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { fusing, type LoweredRule, type LoweredTable, like, lowered } from './rule.ts'

/** (x [B, H, W, C], [height, width]). */
const resize = (opsPerOutput: number): LoweredRule =>
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
    const [scores, limit] = [context.count(1), context.numbers(2)?.[0]]
    return limit === undefined || scores === null ? unknownWork : vectorWork(suppressionOps(scores, limit))
  },
})

export const detections: LoweredTable = {
  RESIZE_BILINEAR: lowered('Resize', resize(opsPerElement.bilinear)),
  RESIZE_NEAREST_NEIGHBOR: lowered('Resize', resize(1)),
  TOPK_V2: lowered('TopK', like(topK)),
  UNIQUE: lowered('Unique', {
    class: 'detection',
    infer: (context) => [tensor(context.declaredType(0), [null]), tensor(context.declaredType(1), context.shape(0))],
    work: (context) => vectorWork(sortOps(context.count(0), context.count(0))),
  }),
  NON_MAX_SUPPRESSION_V4: lowered('NonMaxSuppression', nonMaxSuppression(false)),
  NON_MAX_SUPPRESSION_V5: lowered('NonMaxSuppression', nonMaxSuppression(true)),
}
