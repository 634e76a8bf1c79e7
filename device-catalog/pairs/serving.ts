/**
 * Many requests at once: the server keeps as many in flight as its memory holds, reads each prompt once and then takes one
 * step for all of them per token.
 *
 *     tokens / s = B / (t_step(B) + B · t_prompt / answer tokens)
 */
import { predict } from '../../simulator/predict/predict.ts'
import type { Prediction } from '../../simulator/predict/prediction.ts'
import type { PredictionRequest } from '../../simulator/predict/request.ts'
import { scaled } from './figures.ts'
import type { CountedModel } from './models.ts'

export interface Serving {
  /** One pass over the whole prompt. */
  readonly prompt: CountedModel
  readonly answerTokens: number
}

/** Schedulers of published servers stop about here **(default)**. */
const mostRequests = 1024

/** The step of a full server, its throughput that of generated tokens with the time of the prompts inside. */
export function served(step: PredictionRequest, { prompt, answerTokens }: Serving): Prediction {
  const { modelId, workloads } = prompt
  const full = largestFitting(step)
  const reading = predict({ ...step, modelId, workloads, summary: workloads.summary, batch: 1 }).latencyMs
  const stepping = full.latencyMs
  if (reading.availability === 'unavailable' || stepping.availability === 'unavailable') return full
  const promptMs = (full.batch * reading.p50) / answerTokens
  const share = stepping.p50 / (stepping.p50 + promptMs)
  return { ...full, throughputPerS: scaled(full.throughputPerS, share) }
}

function largestFitting(step: PredictionRequest): Prediction {
  let largest = predict({ ...step, batch: 1 })
  for (let batch = 2; batch <= mostRequests; batch *= 2) {
    const next = predict({ ...step, batch })
    if (next.warnings.some(({ code }) => code === 'does-not-fit-memory')) break
    largest = next
  }
  return largest
}
