/**
 * How far off a first-law figure may be, by source of uncertainty (docs/method/uncertainty.md, UNC-2).
 *
 * Sources are independent, so their log variances add; a fact counts in proportion to the time that it decides.
 */
import type { Simulation } from '../hardware/simulate.ts'
import type { EnergyOfRun, PowerFacts } from '../power/energy.ts'

/** Fixed costs vary by driver and host **(default)**. */
const overheadLogSd = 0.5
/** Table energies against silicon **(default)**. */
const dynamicEnergyLogSd = 0.7

export interface LogSd {
  readonly below: number
  readonly above: number
}

/**
 * Of ln(true latency / median). Operators of unknown work are counted by their traffic alone, a lower bound, so they
 * widen the interval upwards only.
 */
export function latencyLogSd(simulation: Simulation): LogSd {
  const { boundS, latencyS, resolved, workload } = simulation
  const { rates, parameters } = resolved
  const share = (timeS: number): number => (latencyS > 0 ? timeS / latencyS : 0)
  const below = Math.hypot(
    parameters.logSd,
    share(boundS.compute) * rates.peakMacsPerS.logSd,
    share(boundS.memory) * (rates.dramBytesPerS?.logSd ?? 0),
    share(boundS.link) * (rates.linkBytesPerS?.logSd ?? 0),
    share(boundS.overhead) * overheadLogSd,
  )
  const unknownShare = workload.coverage > 0 ? -2 * Math.log(workload.coverage) : Math.LN10
  return { below, above: Math.hypot(below, unknownShare) }
}

/** Of ln(true average power / median): static and dynamic parts in proportion. */
export function powerLogSd(energy: EnergyOfRun, power: PowerFacts): number {
  const staticShare = energy.staticJ / energy.totalJ
  const dynamicSd = energy.ceilingShare < 1 ? power.ceilingW.logSd : dynamicEnergyLogSd
  return Math.hypot(staticShare * power.idleW.logSd, (1 - staticShare) * dynamicSd)
}
