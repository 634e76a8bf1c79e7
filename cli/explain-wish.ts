/** What `--explain` asks of a prediction: a reader gets the largest kernels, a program all of them. */
import type { PredictionRequest } from '../simulator/predict/request.ts'

export function explainWish(options: {
  readonly explain: boolean
  readonly json: boolean
}): PredictionRequest['explain'] {
  if (!options.explain) return undefined
  return options.json ? 'all' : 'largest'
}
