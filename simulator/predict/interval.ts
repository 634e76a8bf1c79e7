/** Intervals of quantities that err by factors (docs/method/uncertainty.md, UNC-1). */
import { sFromMs } from '../quantities.ts'
import { z80, z95 } from '../statistics.ts'
import type { AvailableMetric, Metric } from './prediction.ts'

/**
 * Two-piece lognormal around a median: `logSdBelow` and `logSdAbove` are standard deviations of ln(true / p50) on
 * either side. 0 and 0 is a certain figure. pi80 ⊂ pi95 always.
 */
export function lognormalMetric(p50: number, logSdBelow: number, logSdAbove = logSdBelow): AvailableMetric {
  const at = (z: number): number => p50 * Math.exp(z * (z < 0 ? logSdBelow : logSdAbove))
  return { availability: 'available', p50, pi80: [at(-z80), at(z80)], pi95: [at(-z95), at(z95)] }
}

/** Standard deviations of ln(true / median) on either side. */
export interface LogSd {
  readonly below: number
  readonly above: number
}

/** Errors are no normal distribution: each interval has a spread of its own. */
export interface Spread {
  readonly at80: LogSd
  readonly at95: LogSd
}

/** Of the inverse of a quantity. */
export function inverse({ at80, at95 }: Spread): Spread {
  return { at80: { below: at80.above, above: at80.below }, at95: { below: at95.above, above: at95.below } }
}

export function spreadMetric(p50: number, { at80, at95 }: Spread): AvailableMetric {
  const { pi80 } = lognormalMetric(p50, at80.below, at80.above)
  const { pi95 } = lognormalMetric(p50, at95.below, at95.above)
  return { availability: 'available', p50, pi80, pi95: [Math.min(pi80[0], pi95[0]), Math.max(pi80[1], pi95[1])] }
}

/** Items per second of batches that are run one after the other: exactly the inverse, bounds as well. */
export function ratePerS(latencyMs: Metric, items: number): Metric {
  if (latencyMs.availability === 'unavailable') return latencyMs
  const { p50, pi80, pi95 } = latencyMs
  const rate = (ms: number): number => items / sFromMs(ms)
  return { ...latencyMs, p50: rate(p50), pi80: [rate(pi80[1]), rate(pi80[0])], pi95: [rate(pi95[1]), rate(pi95[0])] }
}

/** The same figure with every bound held at or below `ceiling` (a limit that the hardware enforces). */
export function withCeiling(metric: AvailableMetric, ceiling: number): AvailableMetric {
  const hold = (value: number): number => Math.min(value, Math.max(ceiling, metric.p50))
  const holdBoth = ([low, high]: readonly [number, number]): [number, number] => [hold(low), hold(high)]
  return { ...metric, pi80: holdBoth(metric.pi80), pi95: holdBoth(metric.pi95) }
}
