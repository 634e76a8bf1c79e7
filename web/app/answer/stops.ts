/** Which limit stops the devices that do not fit, and what would have to give for the first of them to fit. */
import type { LimitCheck, LimitName, Verdict } from '../../../simulator/decide/budget.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'

export interface Stop {
  readonly limit: LimitName
  /** Devices that this limit decides, by their verdict. */
  readonly byVerdict: Readonly<Record<Exclude<Verdict, 'fits'>, number>>
  readonly total: number
}

/** Most frequent first. */
export function countStops(rows: readonly ReportRow[]): readonly Stop[] {
  const stops = new Map<LimitName, Record<Exclude<Verdict, 'fits'>, number>>()
  for (const { fit } of rows) {
    if (fit.verdict === 'fits' || fit.blocking === null) continue
    const counts = stops.get(fit.blocking) ?? { tight: 0, unknown: 0, fails: 0 }
    counts[fit.verdict] += 1
    stops.set(fit.blocking, counts)
  }
  return [...stops]
    .map(([limit, byVerdict]) => ({
      limit,
      byVerdict,
      total: byVerdict.tight + byVerdict.unknown + byVerdict.fails,
    }))
    .sort((a, b) => b.total - a.total)
}

export interface Relaxation {
  readonly limit: LimitName
  /** Rounded to two digits on the safe side. */
  readonly value: number
  readonly deviceName: string
}

/**
 * The limit at which this check would be met with P ≥ 0.9: the far end of the central 80 % interval.
 * `null` = the figure is unavailable.
 */
export function limitThatFits(check: LimitCheck): number | null {
  if (check.metric.availability === 'unavailable') return null
  const [low, high] = check.metric.pi80
  return isLowerBound(check.limit) ? roundedDown(low) : roundedUp(high)
}

/** The smallest relative change of a single limit that lets one more device fit; `null` = no single one does. */
export function smallestRelaxation(rows: readonly ReportRow[]): Relaxation | null {
  let best: { relaxation: Relaxation; factor: number } | null = null
  for (const { deviceName, fit } of rows) {
    const missed = fit.checks.filter((check) => check.verdict !== 'fits')
    const [only] = missed
    if (only === undefined || missed.length > 1) continue
    const value = limitThatFits(only)
    if (value === null || value <= 0) continue
    const factor = isLowerBound(only.limit) ? only.limitValue / value : value / only.limitValue
    if (best === null || factor < best.factor) best = { relaxation: { limit: only.limit, value, deviceName }, factor }
  }
  return best?.relaxation ?? null
}

export function isLowerBound(limit: LimitName): boolean {
  return limit === 'minThroughputPerS'
}

function roundedUp(value: number): number {
  return outward(value, Math.ceil)
}

function roundedDown(value: number): number {
  return outward(value, Math.floor)
}

function outward(value: number, round: (value: number) => number): number {
  if (value <= 0) return 0
  const step = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((round(value / step) * step).toPrecision(2))
}
