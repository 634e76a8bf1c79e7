/** Where the parts of an interval mark lie: median, 80 % bar (hollow on the losing side of a limit), 95 % hairline. */
import type { AvailableMetric } from '../../../simulator/predict/prediction.ts'
import { clip, position, type Scale } from './scale.ts'

/** A limit that is an upper or a lower bound. */
export interface LimitLine {
  readonly value: number
  readonly kind: 'max' | 'min'
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** All in percent of the axis, clipped to it. */
export interface IntervalGeometry {
  /** `null` when the median itself is off the axis. */
  readonly median: number | null
  readonly hairline: Span
  /** An end outside the axis has no tick. */
  readonly lowTick: boolean
  readonly highTick: boolean
  readonly solid: Span | null
  /** The part of the 80 % bar that misses the limit. */
  readonly hollow: Span | null
}

export function intervalGeometry(metric: AvailableMetric, scale: Scale, limit: LimitLine | null): IntervalGeometry {
  const at = (value: number) => position(scale, value)
  const inside = (value: number) => at(value) >= -0.01 && at(value) <= 100.01
  const bar = span(at(metric.pi80[0]), at(metric.pi80[1]))
  const cut = limit === null ? null : clip(at(limit.value))
  const below = cut === null ? bar : between(bar, 0, cut)
  const above = cut === null ? null : between(bar, cut, 100)
  return {
    median: inside(metric.p50) ? clip(at(metric.p50)) : null,
    hairline: span(at(metric.pi95[0]), at(metric.pi95[1])),
    lowTick: inside(metric.pi95[0]),
    highTick: inside(metric.pi95[1]),
    solid: limit?.kind === 'min' ? above : below,
    hollow: limit?.kind === 'min' ? below : above,
  }
}

/** The hatched side of a limit, percent of the axis. */
export function losingSide(scale: Scale, limit: LimitLine): Span {
  const at = clip(position(scale, limit.value))
  return limit.kind === 'max' ? { from: at, to: 100 } : { from: 0, to: at }
}

function span(from: number, to: number): Span {
  return { from: clip(from), to: clip(to) }
}

function between(bar: Span, low: number, high: number): Span | null {
  const from = Math.max(bar.from, low)
  const to = Math.min(bar.to, high)
  return to > from ? { from, to } : null
}
