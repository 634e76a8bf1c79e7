/** A verdict at a frame rate: the rate is a throughput to reach, and power counts idle time between inferences. */
import { asPublished } from '../json.ts'
import type { Prediction } from '../predict/prediction.ts'
import type { Budget, Fit } from './budget.ts'
import { checkFit } from './fit.ts'
import { atRate } from './frame-rate.ts'

/** `ratePerS`: items per second, `null` = back to back. A throughput in the budget takes precedence over the rate. */
export function fitAtRate(
  prediction: Prediction,
  budget: Budget,
  ratePerS: number | null,
  priceUsd: number | null,
): Fit {
  if (ratePerS === null) return checkFit(prediction, budget, priceUsd)
  const { latencyMs, throughputPerS, energyMj, powerW, energyParts, basis } = prediction
  const figures = asPublished({ latencyMs, throughputPerS, energyMj, powerW, energyParts, basis })
  return checkFit(atRate({ ...prediction, ...figures }, ratePerS), { minThroughputPerS: ratePerS, ...budget }, priceUsd)
}
