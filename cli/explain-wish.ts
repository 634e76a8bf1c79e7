/** How far a prediction is explained: a program gets what the API gives, and every kernel with `--explain`. */
import type { PredictionRequest } from '../simulator/predict/request.ts'

export function explainWish(options: {
  readonly explain: boolean
  readonly json: boolean
}): PredictionRequest['explain'] {
  if (options.json) return options.explain ? 'all' : 'largest'
  return options.explain ? 'largest' : undefined
}
