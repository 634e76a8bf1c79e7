/** The figures of a row of evidence that a prediction is compared with. */
import type { Quantity } from '../../device-catalog/pairs/quantity.ts'
import { sFromMs } from '../../simulator/quantities.ts'
import type { EvidenceRow } from './read.ts'

export interface Measurement {
  readonly quantity: Quantity
  readonly value: number
}

/**
 * The figures of a row that a prediction is compared with: the one that its kind of latency is about, its energy, and
 * the first token beside a token rate. A latency that is the inverse of the row's throughput is not counted twice.
 */
export function measurementsOf(row: EvidenceRow): Measurement[] {
  const main = mainMeasurement(row)
  return [
    ...(main === null ? [] : [main]),
    ...(row.pair.kind.phase !== 'decode' || row.ttftMs === null
      ? []
      : [{ quantity: 'ttft', value: row.ttftMs } as const]),
    ...(row.energyMj === null ? [] : [{ quantity: 'energy', value: row.energyMj } as const]),
  ]
}

function mainMeasurement(row: EvidenceRow): Measurement | null {
  const { latencyMs, throughputPerS, ttftMs, tokensPerS, pair } = row
  const first = (...candidates: readonly (readonly [Quantity, number | null])[]): Measurement | null => {
    for (const [quantity, value] of candidates) if (value !== null) return { quantity, value }
    return null
  }
  if (pair.kind.phase === 'prefill') return first(['prompt', throughputPerS], ['ttft', ttftMs])
  if (pair.kind.phase === 'decode') {
    const perS = tokensPerS ?? (latencyMs === null ? null : 1 / sFromMs(latencyMs))
    return first([pair.size.kind === 'serving' ? 'serving' : 'decode', perS])
  }
  return pair.kind.inFlight === 'several'
    ? first(['throughput', throughputPerS], ['latency', latencyMs])
    : first(['latency', latencyMs], ['throughput', throughputPerS])
}
