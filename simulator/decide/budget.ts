/** Limits and verdicts: one vocabulary for API, command line, portal and reports. */
import type { Metric } from '../predict/prediction.ts'

export const verdicts = ['fits', 'tight', 'fails', 'unknown'] as const
export type Verdict = (typeof verdicts)[number]

/** In the order in which they are shown and checked. */
export const limitNames = [
  'maxLatencyMs',
  'minThroughputPerS',
  'maxPowerW',
  'maxMemoryBytes',
  'maxEnergyMj',
  'maxPriceUsd',
] as const
export type LimitName = (typeof limitNames)[number]

/** Every limit is optional; `maxPriceUsd` compares a fact, the others compare predictions. */
export type Budget = { readonly [Limit in LimitName]?: number }

export interface LimitCheck {
  readonly limit: LimitName
  readonly limitValue: number
  readonly metric: Metric
  /** Probability that the limit is met; `null` = the figure is unavailable. */
  readonly pMeets: number | null
  readonly verdict: Verdict
}

export interface Fit {
  readonly verdict: Verdict
  /** Of meeting every limit; `null` when any limit cannot be judged. */
  readonly pMeets: number | null
  readonly checks: readonly LimitCheck[]
  /** The limit that decides: the least likely one, or the first that cannot be judged. */
  readonly blocking: LimitName | null
}
