/** The figures of a run with their intervals. */
import type { PlacedSimulation } from '../placement/simulate-placed.ts'
import type { EnergyOfRun, PowerFacts } from '../power/energy.ts'
import { mjFromJ, msFromS } from '../quantities.ts'
import type { Anchoring } from './anchors.ts'
import type { Calibrated } from './calibration.ts'
import type { HalfWidths } from './conformal.ts'
import { inverse, lognormalMetric, type Spread, spreadMetric, withCeiling } from './interval.ts'
import type { EnergyParts, Metric, Prediction } from './prediction.ts'
import { latencySpread, powerLogSd, withFallback } from './uncertainty.ts'

export function unanswered(missing: string): Metrics {
  const unavailable: Metric = { availability: 'unavailable', missing }
  return { latencyMs: unavailable, throughputPerS: unavailable, energyMj: unavailable, powerW: unavailable }
}

type Metrics = Pick<Prediction, 'latencyMs' | 'throughputPerS' | 'energyMj' | 'powerW'>

export function metrics(
  simulation: PlacedSimulation,
  energy: EnergyOfRun | null,
  power: PowerFacts | null,
  calibrated: Calibrated | null,
  anchoring: Anchoring,
): Metrics {
  const { latencyS, intervalS, workload } = simulation
  const spreadOf = (widths: HalfWidths | null): Spread =>
    withFallback(latencySpread(simulation, narrowed(widths, anchoring)), simulation)
  const sd = spreadOf(calibrated?.widths ?? null)
  const latencyMs = spreadMetric(msFromS(latencyS), sd)
  const throughputPerS = spreadMetric(workload.batch / intervalS, inverse(spreadOf(calibrated?.rateWidths ?? null)))
  if (energy === null || power === null) {
    const unavailable: Metric = { availability: 'unavailable', missing: 'device.tdpW' }
    return { latencyMs, throughputPerS, energyMj: unavailable, powerW: unavailable }
  }
  const ofPower = powerLogSd(energy, power, calibrated?.isPowerMeasured ?? false)
  const highestW = power.ceilingW.value * Math.exp(power.ceilingW.logSd)
  return {
    latencyMs,
    throughputPerS,
    energyMj: lognormalMetric(
      mjFromJ(energy.totalJ),
      Math.hypot(ofPower, sd.at80.below),
      Math.hypot(ofPower, sd.at80.above),
    ),
    powerW: withCeiling(lognormalMetric(energy.averageW, ofPower), highestW),
  }
}

export function energyParts({ computeJ, onchipJ, dramJ, linkJ, staticJ }: EnergyOfRun): EnergyParts {
  return {
    computeMj: mjFromJ(computeJ),
    onchipMj: mjFromJ(onchipJ),
    dramMj: mjFromJ(dramJ),
    linkMj: mjFromJ(linkJ),
    staticMj: mjFromJ(staticJ),
  }
}

function narrowed(widths: HalfWidths | null, { spreadShare }: Anchoring): HalfWidths | null {
  if (widths === null) return null
  return { ...widths, log80: widths.log80 * spreadShare, log95: widths.log95 * spreadShare }
}
