/** Points of the predicted-against-measured chart. A rate stands as the time of one item, so both axes are milliseconds. */
import { sFromMs } from '../../../simulator/quantities.ts'
import type { Point } from '../../../worker/contract/validation.ts'
import { type Domain, logDomain } from './scale.ts'

export interface PlacedPoint {
  readonly point: Point
  readonly predictedMs: number
  readonly measuredMs: number
}

export function placePoints(points: readonly Point[]): PlacedPoint[] {
  return points.map((point) => ({
    point,
    predictedMs: asMs(point, point.predicted),
    measuredMs: asMs(point, point.measured),
  }))
}

function asMs({ quantity }: Point, value: number): number {
  return quantity === 'throughput' ? 1 / sFromMs(value) : value
}

/** One domain for both axes, so that the diagonal is the diagonal. */
export function accuracyDomain(placed: readonly PlacedPoint[]): Domain {
  return logDomain(placed.flatMap(({ predictedMs, measuredMs }) => [predictedMs, measuredMs]))
}

/** Measured over predicted time: 2 = took twice as long as said. */
export function slowdown({ predictedMs, measuredMs }: PlacedPoint): number {
  return measuredMs / predictedMs
}

/** ≥ 1, either way. */
export function timesOff(placed: PlacedPoint): number {
  const factor = slowdown(placed)
  return Math.max(factor, 1 / factor)
}

/** The point that is farthest off; `null` for no points. */
export function farthestOff(placed: readonly PlacedPoint[]): PlacedPoint | null {
  return placed.reduce<PlacedPoint | null>(
    (worst, each) => (worst === null || timesOff(each) > timesOff(worst) ? each : worst),
    null,
  )
}
