/** What a row of evidence says something about, and the same figure out of a prediction. */
import type { AvailableMetric, Prediction } from '../../simulator/predict/prediction.ts'
import { msFromS, sFromMs } from '../../simulator/quantities.ts'
import { countedFigures } from './figures.ts'
import { saturatingBatch } from './latency-kind.ts'
import type { Question } from './question.ts'

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
