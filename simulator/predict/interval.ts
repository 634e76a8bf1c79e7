/** Intervals of quantities that err by factors (docs/method/uncertainty.md, UNC-1). */
import { z80, z95 } from '../statistics.ts'
import type { AvailableMetric } from './prediction.ts'

/**
 * Two-piece lognormal around a median: `logSdBelow` and `logSdAbove` are standard deviations of ln(true / p50) on
 * either side. 0 and 0 is a certain figure. pi80 ⊂ pi95 always.
 */
export function lognormalMetric(p50: number, logSdBelow: number, logSdAbove = logSdBelow): AvailableMetric {
  const at = (z: number): number => p50 * Math.exp(z * (z < 0 ? logSdBelow : logSdAbove))
  return { availability: 'available', p50, pi80: [at(-z80), at(z80)], pi95: [at(-z95), at(z95)] }
}

/** The same figure with every bound held at or below `ceiling` (a limit that the hardware enforces). */
export function withCeiling(metric: AvailableMetric, ceiling: number): AvailableMetric {
  const hold = (value: number): number => Math.min(value, Math.max(ceiling, metric.p50))
  const holdBoth = ([low, high]: readonly [number, number]): [number, number] => [hold(low), hold(high)]
  return { ...metric, pi80: holdBoth(metric.pi80), pi95: holdBoth(metric.pi95) }
}
