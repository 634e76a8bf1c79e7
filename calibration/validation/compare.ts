/** Groups of rows under every method: the product, the baselines, the sister bound. */

import type { BriefMetrics, Comparison, Metrics, Standing } from '../../worker/contract/validation.ts'
import type { MeasuredRow } from '../evidence/cases.ts'
import { canJudge, intervalsHold } from './coverage-band.ts'
import type { Answers } from './cross-validate.ts'
import { metricsOf } from './metrics.ts'
import { scoredRows } from './score.ts'

/** Answers of every method to the same rows. */
export interface Contest {
  readonly edgefit: Answers
  readonly baselines: ReadonlyMap<string, Answers>
  /** Figures by row id. */
  readonly sisterBound: ReadonlyMap<string, number>
}

export function compare(rows: readonly MeasuredRow[], { edgefit, baselines, sisterBound }: Contest): Comparison {
  const scored = scoredRows(rows, edgefit)
  const sisters = rows.flatMap(({ asked, value, weight }) => {
    const predicted = sisterBound.get(asked.id)
    return predicted === undefined ? [] : [{ predicted, measured: value, weight, interval: null }]
  })
  return {
    rows: rows.length,
    models: new Set(rows.map(({ asked }) => asked.presetId)).size,
    devices: new Set(rows.map(({ asked }) => asked.deviceId)).size,
    unanswered: rows.length - scored.length,
    metrics: metricsOf(scored),
    baselines: Object.fromEntries(
      [...baselines].map(([id, answers]) => [id, briefly(metricsOf(scoredRows(rows, answers)))]),
    ),
    sisterBound: briefly(metricsOf(sisters)),
  }
}

function briefly(metrics: Metrics | null): BriefMetrics | null {
  return metrics === null ? null : { n: metrics.n, mdApe: metrics.mdApe, p90Factor: metrics.p90Factor }
}

/** Fewer rows support no claim. */
const leastClaimRows = 30

/** `groups`: networks, devices or families, as rows were held out. */
export function standingOf({ metrics, baselines }: Comparison, groups: number): Standing {
  if (metrics === null || metrics.n < leastClaimRows) return 'fewRows'
  const best = Math.min(...Object.values(baselines).map((baseline) => baseline?.mdApe ?? Number.POSITIVE_INFINITY))
  if (metrics.mdApe >= best) return 'noBetter'
  if (metrics.intervals === null) return 'offTarget'
  if (!canJudge(groups)) return 'tooFewToJudge'
  return intervalsHold(metrics.intervals, groups) ? 'evident' : 'offTarget'
}
