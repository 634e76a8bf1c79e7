/** The shared axis of a list of rows: latency or rate, log, with the budget line on it. */
import type { Budget, LimitCheck } from '../../../simulator/decide/budget.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'
import type { LimitLine } from '../charts/interval-geometry.ts'
import { logDomain, logTicks, type Scale } from '../charts/scale.ts'
import { type Pace, paceOf } from '../state/budget-field.ts'

export interface AnswerAxis {
  readonly pace: Pace
  readonly scale: Scale
  readonly ticks: readonly number[]
  readonly limit: LimitLine | null
}

/** Holds all medians and 80 % bands, and the limit with room on both sides; 95 % lines may leave the axis. */
export function answerAxis(rows: readonly ReportRow[], budget: Budget): AnswerAxis {
  const pace = paceOf(budget)
  const limit = paceLimit(budget, pace)
  const bands = rows.flatMap((row) => {
    const metric = paceMetric(row, pace)
    return metric.availability === 'available' ? [metric.p50, ...metric.pi80] : []
  })
  const domain = logDomain(limit === null ? bands : [...bands, limit.value / 2, limit.value * 2])
  return { pace, scale: { kind: 'log', domain }, ticks: logTicks(domain), limit }
}

export function paceMetric({ prediction }: ReportRow, pace: Pace): Metric {
  return pace === 'latency' ? prediction.latencyMs : prediction.throughputPerS
}

/** The check of the figure on the axis; `null` = no limit on it. */
export function paceCheck({ fit }: ReportRow, pace: Pace): LimitCheck | null {
  const name = pace === 'latency' ? 'maxLatencyMs' : 'minThroughputPerS'
  return fit.checks.find(({ limit }) => limit === name) ?? null
}

function paceLimit(budget: Budget, pace: Pace): LimitLine | null {
  const value = pace === 'latency' ? budget.maxLatencyMs : budget.minThroughputPerS
  return value === undefined ? null : { value, kind: pace === 'latency' ? 'max' : 'min' }
}
