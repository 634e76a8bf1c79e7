/** Power modes of a device beside each other: which meet the limits, which of those costs least energy. */

import type { CoolingWishes } from '../power/cooling.ts'
import { paretoFront } from '../power/operating-point.ts'
import { predict } from '../predict/predict.ts'
import type { Metric, Prediction } from '../predict/prediction.ts'
import type { PredictionRequest } from '../predict/request.ts'
import type { Budget, Fit } from './budget.ts'
import { checkFit } from './fit.ts'
import { atRate } from './frame-rate.ts'
import { type Sustained, sustain } from './sustained.ts'

export interface ModeQuestion {
  readonly request: Omit<PredictionRequest, 'powerMode'>
  readonly budget: Budget
  /** Items per second; `null` = back to back. */
  readonly ratePerS: number | null
  readonly minutes: number
  readonly cooling: CoolingWishes
}

export interface ModeAnswer {
  readonly powerMode: string
  readonly prediction: Prediction
  /** At the rate that was asked for. */
  readonly powerW: Metric
  /** `null` where power or the machine is not known. */
  readonly sustained: Sustained | null
  /** With the power at the rate and the latency that is left after `minutes`. */
  readonly fit: Fit
  /** No other mode is both as fast and as frugal. */
  readonly onFront: boolean
  /** Of the modes that fit, else of those that may, the one that draws least at the rate, or per inference without one. */
  readonly leastEnergy: boolean
}

/** One answer per power mode, in the order of the device; a device without modes has one. Throws what `predict` throws. */
export function comparePowerModes({ request, budget, ratePerS, minutes, cooling }: ModeQuestion): ModeAnswer[] {
  const { powerModes, priceUsd } = request.device
  const names = powerModes.length === 0 ? [undefined] : powerModes.map(({ id }) => id)
  const limits = ratePerS === null ? budget : { minThroughputPerS: ratePerS, ...budget }
  const modes = names.map((powerMode) => {
    const question: PredictionRequest = { ...request, powerMode, kernels: false }
    const prediction = predict(question)
    const sustained = sustain(question, { ...cooling, ratePerS, minutes, maxLatencyMs: budget.maxLatencyMs })
    const { powerW } = atRate(prediction, ratePerS)
    const fit = checkFit({ ...slowed(prediction, sustained), powerW }, limits, priceUsd?.value ?? null)
    return { powerMode: prediction.powerMode, prediction, powerW, sustained, fit }
  })
  const costs = modes.map(({ prediction, powerW }) => p50(ratePerS === null ? prediction.energyMj : powerW))
  const front = paretoFront(
    modes.map(({ prediction }, index) => ({ x: p50(prediction.latencyMs), y: costs[index] ?? 0 })),
  )
  const least = leastOf(modes, costs)
  return modes.map((mode, index) => ({ ...mode, onFront: front.includes(index), leastEnergy: index === least }))
}

/** Latency and throughput as they are after the last minute. */
function slowed(prediction: Prediction, sustained: Sustained | null): Prediction {
  if (sustained === null || sustained.firstMinuteMs === 0) return prediction
  const { latencyMs } = prediction
  if (latencyMs.availability === 'unavailable') return prediction
  const factor = sustained.sustainedMs / latencyMs.p50
  return {
    ...prediction,
    latencyMs: scaled(latencyMs, factor),
    throughputPerS: scaled(prediction.throughputPerS, 1 / factor),
  }
}

function scaled(metric: Metric, factor: number): Metric {
  if (metric.availability === 'unavailable') return metric
  const { p50: median, pi80, pi95 } = metric
  return {
    ...metric,
    p50: median * factor,
    pi80: [pi80[0] * factor, pi80[1] * factor],
    pi95: [pi95[0] * factor, pi95[1] * factor],
  }
}

function leastOf(modes: readonly { readonly fit: Fit }[], costs: readonly number[]): number | null {
  for (const verdict of ['fits', 'tight'] as const) {
    let least: number | null = null
    modes.forEach(({ fit }, index) => {
      if (fit.verdict !== verdict || !Number.isFinite(costs[index])) return
      if (least === null || (costs[index] ?? 0) < (costs[least] ?? 0)) least = index
    })
    if (least !== null) return least
  }
  return null
}

/** Unknown is worse than any figure. */
function p50(metric: Metric): number {
  return metric.availability === 'available' ? metric.p50 : Number.POSITIVE_INFINITY
}
