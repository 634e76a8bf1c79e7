/** How far off predictions are, in the measures that the field states (docs/accuracy.md says each in a sentence). */
import { probability } from '../../simulator/decide/fit.ts'
import type { AvailableMetric } from '../../simulator/predict/prediction.ts'
import { spearman, type Weighted, weightedMean, weightedQuantile } from '../../simulator/statistics.ts'
import type { Metrics } from '../../worker/contract/validation.ts'

export interface Scored {
  readonly predicted: number
  readonly measured: number
  /** Copies share one. */
  readonly weight: number
  /** Around `predicted`; `null` = none stated. */
  readonly interval: AvailableMetric | null
}

/** `null` for no rows. */
export function metricsOf(rows: readonly Scored[]): Metrics | null {
  if (rows.length === 0) return null
  const errors = rows.map((row) => ({ value: absoluteError(row), weight: row.weight }))
  return {
    n: rows.length,
    mdApe: weightedQuantile(errors, 0.5),
    p90Factor: weightedQuantile(weigh(rows, factorOff), 0.9),
    within10Share: shareOf(errors, (error) => error <= 0.1),
    within20Share: shareOf(errors, (error) => error <= 0.2),
    spearman:
      rows.length < 3
        ? null
        : spearman(
            rows.map(({ predicted }) => predicted),
            rows.map(({ measured }) => measured),
          ),
    intervals: intervalMetrics(rows),
  }
}

/** |predicted − measured| / measured. */
export function absoluteError({ predicted, measured }: Pick<Scored, 'predicted' | 'measured'>): number {
  return Math.abs(predicted - measured) / measured
}

/** ≥ 1, the same for twice as much and half as much. */
export function factorOff({ predicted, measured }: Pick<Scored, 'predicted' | 'measured'>): number {
  return Math.max(predicted / measured, measured / predicted)
}

/** `null` unless every row states an interval. */
function intervalMetrics(rows: readonly Scored[]): Metrics['intervals'] {
  const stated = rows.flatMap(({ interval, measured, weight }) =>
    interval === null ? [] : [{ ...interval, measured, weight }],
  )
  if (stated.length < rows.length) return null
  const covered = (level: 'pi80' | 'pi95') =>
    weightedMean(
      stated.map((row) => ({
        value: row[level][0] <= row.measured && row.measured <= row[level][1] ? 1 : 0,
        weight: row.weight,
      })),
    )
  const depths = depthsOf(rows)
  const halfWidth = (level: 'pi80' | 'pi95') =>
    weightedQuantile(
      stated.map((row) => ({ value: Math.sqrt(row[level][1] / row[level][0]), weight: row.weight })),
      0.5,
    )
  return {
    coverage50Share: shareOf(depths, (depth) => depth <= 0.5),
    coverage80Share: covered('pi80'),
    coverage95Share: covered('pi95'),
    halfWidth80Factor: halfWidth('pi80'),
    halfWidth95Factor: halfWidth('pi95'),
  }
}

export interface CalibrationPoint {
  readonly statedShare: number
  readonly observedShare: number
}

/** Share of measured figures inside the central interval of each stated level; on the diagonal is right. */
export function calibrationCurve(rows: readonly Scored[], levels: readonly number[]): CalibrationPoint[] {
  const depths = depthsOf(rows)
  if (depths.length === 0) return []
  return levels.map((statedShare) => ({
    statedShare,
    observedShare: shareOf(depths, (depth) => depth <= statedShare),
  }))
}

/** Coverage of the narrowest central interval that reaches each measured figure. */
function depthsOf(rows: readonly Scored[]): Weighted[] {
  return rows.flatMap(({ interval, measured, weight }) =>
    interval === null ? [] : [{ value: 2 * Math.abs(probability(interval, measured, true) - 0.5), weight }],
  )
}

function weigh(rows: readonly Scored[], value: (row: Scored) => number): Weighted[] {
  return rows.map((row) => ({ value: value(row), weight: row.weight }))
}

function shareOf(values: readonly Weighted[], holds: (value: number) => boolean): number {
  return weightedMean(values.map(({ value, weight }) => ({ value: holds(value) ? 1 : 0, weight })))
}
