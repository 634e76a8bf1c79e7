/** A prediction as the cells of a row: counted per batch, per item or per token, as the row's kind of latency asks. */
import type { RowInput } from '../../device-catalog/pairs/input.ts'
import type { LatencyKind } from '../../device-catalog/pairs/latency-kind.ts'
import { roundForJson } from '../../simulator/json.ts'
import type { Metric, Prediction } from '../../simulator/predict/prediction.ts'
import { mbFromBytes } from '../../simulator/quantities.ts'
import type { Figures } from './columns.ts'

export function figuresOf(prediction: Prediction, kind: LatencyKind, input: RowInput): Figures {
  const { latencyMs, throughputPerS, energyMj, powerW, memory } = prediction
  // One pass of a decoder yields one token for each item, so a token costs what an item costs.
  const perUnit = kind.latencyPer === 'batch' ? 1 : 1 / prediction.batch
  const itemsToTokens = kind.phase === 'prefill' ? input.tokens : 1
  const perPass = (metric: Metric, pick: Pick) => cell(metric, pick, perUnit)
  const perS = (metric: Metric, pick: Pick) => cell(metric, pick, itemsToTokens)
  return {
    latency_ms: perPass(latencyMs, median),
    latency_lo80_ms: perPass(latencyMs, low80),
    latency_hi80_ms: perPass(latencyMs, high80),
    latency_lo95_ms: perPass(latencyMs, ({ pi95 }) => pi95[0]),
    latency_hi95_ms: perPass(latencyMs, ({ pi95 }) => pi95[1]),
    throughput_per_s: perS(throughputPerS, median),
    throughput_lo80_per_s: perS(throughputPerS, low80),
    throughput_hi80_per_s: perS(throughputPerS, high80),
    ttft_ms: kind.phase === 'prefill' ? cell(latencyMs, median, 1) : '',
    tokens_per_s: kind.phase === 'decode' ? cell(throughputPerS, median, 1) : '',
    peak_memory_mb: cell(memory.totalBytes, median, mbFromBytes(1)),
    energy_mj: perPass(energyMj, median),
    power_w: cell(powerW, median, 1),
    bound: prediction.bound,
    ood: String(prediction.confidence.outsideEvidence),
  }
}

type Pick = (metric: Extract<Metric, { availability: 'available' }>) => number
const median: Pick = ({ p50 }) => p50
const low80: Pick = ({ pi80 }) => pi80[0]
const high80: Pick = ({ pi80 }) => pi80[1]

function cell(metric: Metric, pick: Pick, factor: number): string {
  return metric.availability === 'available' ? String(roundForJson(pick(metric) * factor)) : ''
}
