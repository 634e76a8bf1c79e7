/** Requests about models that generate token by token: presets with a decoder. */
import { presetDecoder } from '../../model-zoo/index.ts'
import type { LanguageModel } from '../../simulator/predict/language-model.ts'
import { fail } from '../../simulator/problem.ts'
import { languageFields } from '../contract/question.ts'
import type { SimulationRequest } from '../contract/simulation.ts'
import type { ResolvedModel } from './resolve-model.ts'

/** `null` for any other model; throws `invalid-field` when such a one is asked with options of a language model. */
export function languageModelOf({ presetId }: ResolvedModel, request: SimulationRequest): LanguageModel | null {
  const config = presetId === null ? null : presetDecoder(presetId)
  if (presetId !== null && config !== null) return { name: presetId, config }
  const given = Object.entries(request).find(([name, value]) => name in languageFields && value !== undefined)
  if (given === undefined) return null
  throw fail('invalid-field', 'Leave the field out, or name a preset that generates token by token.', {
    where: given[0],
    expected: 'a preset of a language model',
  })
}
