/** What `sim` and `fit` are told about a model on a target: one prediction, and for a language model its tokens too. */
import type { Graph } from '../simulator/graph/graph.ts'
import {
  type LanguageModelAnswer,
  type LanguageModelPrediction,
  languageModelAnswer,
  predictLanguageModel,
} from '../simulator/predict/language-model.ts'
import { predict } from '../simulator/predict/predict.ts'
import type { Prediction } from '../simulator/predict/prediction.ts'
import type { PredictionRequest } from '../simulator/predict/request.ts'
import type { OptionValues } from './command.ts'
import { languageModelOf, type languageOptions, tokenCounts } from './language-model.ts'

export interface AnsweredModel {
  /** As the API answers it. */
  readonly prediction: Prediction | LanguageModelAnswer
  /** `null` for a model that is no language model. */
  readonly language: LanguageModelPrediction | null
}

/** Rejects with `ProblemError` as `predict` does, and for token options that the model does not have. */
export async function answerModel(
  model: string,
  graph: Graph | null,
  question: PredictionRequest,
  options: OptionValues<typeof languageOptions>,
): Promise<AnsweredModel> {
  const languageModel = await languageModelOf(model, graph)
  const tokens = tokenCounts(options, languageModel)
  if (languageModel === null) return { prediction: predict(question), language: null }
  const language = await predictLanguageModel({ ...question, ...tokens, model: languageModel })
  return { prediction: languageModelAnswer(language), language }
}
