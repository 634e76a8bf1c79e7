/** A prediction at a frame rate instead of back to back (docs/method/energy.md, EN-6). */
import { parentLogSd, statusLogSd } from '../hardware/missing.ts'
import { dutyAt, type OperatingPoint } from '../power/operating-point.ts'
import { lognormalMetric } from '../predict/interval.ts'
import type { Metric, Prediction } from '../predict/prediction.ts'
import { z80 } from '../statistics.ts'

/** `null` where power is not known. `clockShare`: that the prediction was made for. */
export function operatingPointOf(prediction: Prediction, clockShare = 1): OperatingPoint | null {
  const { latencyMs, throughputPerS, powerW, energyParts, batch } = prediction
  if (energyParts === null || powerW.availability === 'unavailable') return null
  if (latencyMs.availability === 'unavailable' || throughputPerS.availability === 'unavailable') return null
  const intervalMs = (batch / throughputPerS.p50) * 1e3
  // mJ per ms are watts.
  const idleW = energyParts.staticMj / intervalMs
  return { clockShare, latencyMs: latencyMs.p50, intervalMs, batch, idleW, activeW: powerW.p50 }
}

/**
 * Average power at this many items per second; back to back where the target cannot keep up. Idle and what an inference
 * adds to it err independently. `sleepW`: drawn between inferences instead of the idle power, as a certain figure.
 */
export function powerAtRate(prediction: Prediction, ratePerS: number, sleepW: number | null = null): Metric {
  const point = operatingPointOf(prediction)
  const { energyMj, powerW } = prediction
  if (point === null || energyMj.availability === 'unavailable' || powerW.availability === 'unavailable') return powerW
  const duty = dutyAt(point, ratePerS)
  if (duty >= 1) return powerW
  const restW = (1 - duty) * (sleepW ?? point.idleW)
  const addedW = duty * point.activeW
  const p50 = restW + addedW
  const restSd = sleepW === null ? (restW / p50) * idleLogSd(prediction) : 0
  const sdOf = (bound: number) => Math.hypot(restSd, ((addedW / p50) * Math.abs(Math.log(bound / energyMj.p50))) / z80)
  return lognormalMetric(p50, sdOf(energyMj.pi80[0]), sdOf(energyMj.pi80[1]))
}

/** Standard deviation of ln(true / stated) of the idle power, by where it was taken from. */
function idleLogSd({ basis }: Prediction): number {
  const idle = basis.find(({ field }) => field === 'device.idleW')
  if (idle === undefined || idle.from === 'default' || idle.status === 'default') return parentLogSd.default
  return idle.from === 'device' ? statusLogSd[idle.status] : parentLogSd[idle.from]
}

/** The prediction as a verdict at this rate reads it: what it draws then, and whether it keeps up (`minThroughputPerS`). */
export function atRate(prediction: Prediction, ratePerS: number | null): Prediction {
  return ratePerS === null ? prediction : { ...prediction, powerW: powerAtRate(prediction, ratePerS) }
}
