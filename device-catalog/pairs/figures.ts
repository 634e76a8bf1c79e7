/** A prediction counted as a row counts: per batch, per item or per token. */
import { ratePerS } from '../../simulator/predict/interval.ts'
import type { Metric, Prediction } from '../../simulator/predict/prediction.ts'
import type { RowInput } from './input.ts'
import type { LatencyKind } from './latency-kind.ts'

export interface CountedFigures {
  readonly latencyMs: Metric
  /** Items per second; tokens where the row is about tokens. */
  readonly throughputPerS: Metric
  readonly energyMj: Metric
  /** `null` = the row is not about the first token. */
  readonly ttftMs: Metric | null
  /** `null` = the row is not about generated tokens. */
  readonly tokensPerS: Metric | null
}

export function countedFigures(prediction: Prediction, kind: LatencyKind, input: RowInput): CountedFigures {
  const { latencyMs, energyMj, batch } = prediction
  const throughputPerS = kind.inFlight === 'one' ? ratePerS(latencyMs, batch) : prediction.throughputPerS
  // One pass of a decoder yields one token for each item, so a token costs what an item costs.
  const perUnit = kind.latencyPer === 'batch' ? 1 : 1 / batch
  const itemsToTokens = kind.phase === 'prefill' ? input.tokens : 1
  return {
    latencyMs: scaled(latencyMs, perUnit),
    throughputPerS: scaled(throughputPerS, itemsToTokens),
    energyMj: scaled(energyMj, perUnit),
    ttftMs: kind.phase === 'prefill' ? latencyMs : null,
    tokensPerS: kind.phase === 'decode' ? throughputPerS : null,
  }
}

/** Every bound of a figure times a factor. */
export function scaled(metric: Metric, factor: number): Metric {
  if (metric.availability === 'unavailable' || factor === 1) return metric
  const { p50, pi80, pi95 } = metric
  return {
    ...metric,
    p50: p50 * factor,
    pi80: [pi80[0] * factor, pi80[1] * factor],
    pi95: [pi95[0] * factor, pi95[1] * factor],
  }
}
