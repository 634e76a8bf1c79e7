/**
 * How far off a first-law figure may be, by source of uncertainty (docs/method/uncertainty.md, UNC-2).
 *
 * Sources are independent, so their log variances add; a fact counts in proportion to the time that it decides.
 */
import type { Simulation } from '../hardware/simulate.ts'
import type { PlacedSimulation } from '../placement/simulate-placed.ts'
import type { EnergyOfRun, PowerFacts } from '../power/energy.ts'
import { z80, z95 } from '../statistics.ts'
import type { HalfWidths } from './conformal.ts'
import type { LogSd, Spread } from './interval.ts'

/** Fixed costs vary by driver and host **(default)**. */
const overheadLogSd = 0.5
/** Kernels that an interpreter runs for an accelerator, and the copies between the two **(default)**. */
const fallbackLogSd = 0.8
/** Table energies against silicon **(default)**. */
const dynamicEnergyLogSd = 0.7

/**
 * Of ln(true latency / median), for the 80 % and the 95 % interval. Measured widths (`conformal.ts`) take the place of
 * the sum of sources. Operators of unknown work are counted by their traffic alone, a lower bound, so they widen the
 * interval upwards only.
 */
export function latencySpread(simulation: Simulation, widths: HalfWidths | null): Spread {
  const { coverage } = simulation.workload
  const unknown = coverage > 0 ? -2 * Math.log(coverage) : Math.LN10
  const around = (sd: number): LogSd => ({ below: sd, above: Math.hypot(sd, unknown) })
  if (widths === null) {
    const sd = around(sumOfSources(simulation))
    return { at80: sd, at95: sd }
  }
  return { at80: around(widths.log80 / z80), at95: around(widths.log95 / z95) }
}

/** What runs elsewhere is another source, in proportion to the time that it takes. */
export function withFallback(spread: Spread, { fallback }: PlacedSimulation): Spread {
  if (fallback === null) return spread
  const of = fallback.share * fallbackLogSd
  const wider = ({ below, above }: LogSd): LogSd => ({ below: Math.hypot(below, of), above: Math.hypot(above, of) })
  return { at80: wider(spread.at80), at95: wider(spread.at95) }
}

function sumOfSources({ boundS, latencyS, resolved }: Simulation): number {
  const { rates, parameters } = resolved
  const share = (timeS: number): number => (latencyS > 0 ? timeS / latencyS : 0)
  return Math.hypot(
    parameters.logSd,
    share(boundS.compute) * rates.peakMacsPerS.logSd,
    share(boundS.memory) * (rates.dramBytesPerS?.logSd ?? 0),
    share(boundS.link) * (rates.linkBytesPerS?.logSd ?? 0),
    share(boundS.overhead) * overheadLogSd,
  )
}

/** Of a unit whose power was measured on other networks: what held-out rows are off by **(default)**. */
const measuredPowerLogSd = 0.15

/** Of ln(true average power / median): static and dynamic parts in proportion, or what measured power leaves open. */
export function powerLogSd(energy: EnergyOfRun, power: PowerFacts, isMeasured: boolean): number {
  const staticShare = energy.staticJ / energy.totalJ
  const isBound = power.runningW !== null || energy.dynamicShare < 1
  const dynamicSd = isBound ? power.ceilingW.logSd : dynamicEnergyLogSd
  const ofFacts = Math.hypot(staticShare * power.idleW.logSd, (1 - staticShare) * dynamicSd)
  return isMeasured ? Math.min(ofFacts, measuredPowerLogSd) : ofFacts
}
