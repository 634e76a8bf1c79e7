/** A prediction as the cells of a row. */
import { countedFigures } from '../../device-catalog/pairs/figures.ts'
import type { RowInput } from '../../device-catalog/pairs/input.ts'
import type { LatencyKind } from '../../device-catalog/pairs/latency-kind.ts'
import { roundForJson } from '../../simulator/json.ts'
import type { Metric, Prediction } from '../../simulator/predict/prediction.ts'
import { mbFromBytes } from '../../simulator/quantities.ts'
import type { Figures } from './columns.ts'

export function figuresOf(prediction: Prediction, kind: LatencyKind, input: RowInput): Figures {
  const { latencyMs, throughputPerS, energyMj, ttftMs, tokensPerS } = countedFigures(prediction, kind, input)
  return {
    latency_ms: cell(latencyMs, median),
    latency_lo80_ms: cell(latencyMs, low80),
    latency_hi80_ms: cell(latencyMs, high80),
    latency_lo95_ms: cell(latencyMs, ({ pi95 }) => pi95[0]),
    latency_hi95_ms: cell(latencyMs, ({ pi95 }) => pi95[1]),
    throughput_per_s: cell(throughputPerS, median),
    throughput_lo80_per_s: cell(throughputPerS, low80),
    throughput_hi80_per_s: cell(throughputPerS, high80),
    ttft_ms: cell(ttftMs, median),
    tokens_per_s: cell(tokensPerS, median),
    peak_memory_mb: cell(prediction.memory.totalBytes, median, mbFromBytes(1)),
    energy_mj: cell(energyMj, median),
    power_w: cell(prediction.powerW, median),
    bound: prediction.bound,
    evidence: prediction.evidence.level,
    ood: String(prediction.evidence.outsideEvidence),
  }
}

type Pick = (metric: Extract<Metric, { availability: 'available' }>) => number
const median: Pick = ({ p50 }) => p50
const low80: Pick = ({ pi80 }) => pi80[0]
const high80: Pick = ({ pi80 }) => pi80[1]

function cell(metric: Metric | null, pick: Pick, factor = 1): string {
  return metric?.availability === 'available' ? String(roundForJson(pick(metric) * factor)) : ''
}
