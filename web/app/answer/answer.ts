/** What the start page and a report show: one row per device, as the worker of the tab computed it. */
import type { LimitCheck, Verdict } from '../../../simulator/decide/budget.ts'
import type { Problem } from '../../../simulator/problem.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'

/** A device for which no prediction could be made at all. */
export interface Refusal {
  readonly deviceId: string
  readonly deviceName: string
  readonly problem: Problem
}

export interface Answer {
  readonly modelId: string
  readonly rows: readonly ReportRow[]
  readonly refused: readonly Refusal[]
  /** Wall time of the prediction and the check of all devices in this tab. */
  readonly elapsedMs: number
}

/** As shown: what fits first, what is not known before what fails. */
export const verdictOrder = ['fits', 'tight', 'unknown', 'fails'] as const satisfies readonly Verdict[]

export type VerdictCounts = Readonly<Record<Verdict, number>>

export function countVerdicts(rows: readonly ReportRow[]): VerdictCounts {
  const counts = { fits: 0, tight: 0, unknown: 0, fails: 0 }
  for (const row of rows) counts[row.fit.verdict] += 1
  return counts
}

/** Best verdict first, then the surest as far as it is shown, then the fastest; unknown figures last. */
export function orderRows(rows: readonly ReportRow[]): readonly ReportRow[] {
  return [...rows].sort(
    (a, b) =>
      verdictOrder.indexOf(a.fit.verdict) - verdictOrder.indexOf(b.fit.verdict) ||
      shownCertainty(b) - shownCertainty(a) ||
      medianLatency(a) - medianLatency(b) ||
      (a.deviceName < b.deviceName ? -1 : 1),
  )
}

/** One target of one device; rows of an answer never share it. */
export function rowKey({ prediction: p }: ReportRow): string {
  return [p.deviceId, p.unitId, p.runtimeId, p.precision, p.powerMode, p.batch].join('/')
}

export function blockingCheck(row: ReportRow): LimitCheck | null {
  return row.fit.checks.find((check) => check.limit === row.fit.blocking) ?? null
}

/** In hundredths: two devices that both show P >0.99 are ordered by what can be told apart. */
function shownCertainty({ fit: { pMeets } }: ReportRow): number {
  return pMeets === null ? -1 : Math.round(pMeets * 100)
}

function medianLatency({ prediction: { latencyMs } }: ReportRow): number {
  return latencyMs.availability === 'available' ? latencyMs.p50 : Number.MAX_VALUE
}
