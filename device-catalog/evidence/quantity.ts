/** What a row of evidence says something about, and the same figure out of a prediction. */
import type { AvailableMetric, Prediction } from '../../simulator/predict/prediction.ts'
import { msFromS, sFromMs } from '../../simulator/quantities.ts'
import { countedFigures } from '../pairs/figures.ts'
import { saturatingBatch } from '../pairs/latency-kind.ts'
import type { Question } from '../pairs/question.ts'
import type { EvidenceRow } from './read.ts'

export const quantities = [
  'latency', // ms, per what the kind of latency counts
  'throughput', // items per second of a system with several in flight
  'decode', // generated tokens per second of one request
  'serving', // generated tokens per second of many requests at once
  'ttft', // ms to the first token
  'prompt', // prompt tokens per second
  'energy', // mJ, per what the kind of latency counts
] as const
export type Quantity = (typeof quantities)[number]

/** Quantities that are a time; the others are rates, except energy. */
export function isTime(quantity: Quantity): boolean {
  return quantity === 'latency' || quantity === 'ttft'
}

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

/** `null` = the prediction does not give it. */
export function predictedFigure(
  prediction: Prediction,
  { kind, input }: Pick<Question, 'kind' | 'input'>,
  quantity: Quantity,
): AvailableMetric | null {
  const figures = countedFigures(prediction, kind, input)
  const metric = {
    latency: figures.latencyMs,
    throughput: figures.throughputPerS,
    decode: figures.tokensPerS,
    serving: figures.tokensPerS,
    ttft: figures.ttftMs,
    prompt: figures.throughputPerS,
    energy: figures.energyMj,
  }[quantity]
  return metric?.availability === 'available' ? metric : null
}

/** Items of one batch as the figure counts them: a saturated system fills its own. */
export function itemsPerBatch({ request, isSaturated }: Question): number {
  return isSaturated ? saturatingBatch : (request.batch ?? 1)
}

/**
 * Time of one batch that a figure stands for, in seconds: of a rate, the time between two finished batches. Not for
 * energy.
 */
export function secondsPerBatch(quantity: Quantity, value: number, question: Question): number {
  return isTime(quantity)
    ? sFromMs(value * unitsPerBatch(quantity, question))
    : unitsPerBatch(quantity, question) / value
}

/** The inverse: the figure of a batch that takes `seconds`. */
export function figureOfSeconds(quantity: Quantity, seconds: number, question: Question): number {
  return isTime(quantity)
    ? msFromS(seconds) / unitsPerBatch(quantity, question)
    : unitsPerBatch(quantity, question) / seconds
}

/** What the figure counts by, per batch. */
function unitsPerBatch(quantity: Quantity, question: Question): number {
  const { kind, input } = question
  if (quantity === 'ttft' || (quantity === 'latency' && kind.latencyPer === 'batch')) return 1
  return itemsPerBatch(question) * (quantity === 'prompt' ? input.tokens : 1)
}
