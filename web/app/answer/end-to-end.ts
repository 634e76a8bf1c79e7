/** A prediction with what the application does around the network counted in. */
import type { EndToEnd } from '../../../simulator/placement/end-to-end.ts'
import type { Metric, Prediction } from '../../../simulator/predict/prediction.ts'

/** Stages have no band of their own: it stays that of the network. */
export function withStages(prediction: Prediction, { modelOnly, endToEnd }: EndToEnd): Prediction {
  const stagesMs = endToEnd.latencyMs - modelOnly.latencyMs
  const share = endToEnd.inFlightPerS / modelOnly.inFlightPerS
  return {
    ...prediction,
    latencyMs: mapped(prediction.latencyMs, (ms) => ms + stagesMs),
    throughputPerS: mapped(prediction.throughputPerS, (perS) => perS * share),
  }
}

function mapped(metric: Metric, change: (value: number) => number): Metric {
  if (metric.availability === 'unavailable') return metric
  const { p50, pi80, pi95 } = metric
  return {
    ...metric,
    p50: change(p50),
    pi80: [change(pi80[0]), change(pi80[1])],
    pi95: [change(pi95[0]), change(pi95[1])],
  }
}
