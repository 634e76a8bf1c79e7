/** Language models on the command line: how long the prompt is, what the cache holds, and in which format. */

import { presetDecoder } from '../model-zoo/index.ts'
import { presetIdOf } from '../model-zoo/preset-name.ts'
import type { Graph } from '../simulator/graph/graph.ts'
import { formatsOf } from '../simulator/import/transformer.ts'
import { type CacheFormat, cacheFormats, type LanguageModel } from '../simulator/predict/language-model.ts'
import { fail } from '../simulator/problem.ts'
import { tokensSchema } from '../worker/contract/question.ts'
import type { OptionValues } from './command.ts'
import { modelName, openModelFile } from './model.ts'
import { optionalNumber } from './number-options.ts'

export const languageOptions = {
  'prompt-tokens': { type: 'string' },
  context: { type: 'string' },
  'kv-cache': { type: 'string' },
} as const

const formatNames = Object.keys(cacheFormats)

export const languageUsage = `[--prompt-tokens N] [--context N] [--kv-cache ${formatNames.join('|')}]`

/** The model behind MODEL when it writes token by token; `null` for any other. `graph`: as it was read. */
export async function languageModelOf(model: string, graph: Graph | null): Promise<LanguageModel | null> {
  const presetId = presetIdOf(model)
  if (presetId !== null) {
    const config = presetDecoder(presetId)
    return config === null ? null : { name: presetId, config }
  }
  // Every decoder that a reader builds begins with its tokens.
  if (graph?.inputs[0] !== 'input_ids') return null
  const { languageModel } = await openModelFile(model)
  if (languageModel === undefined) return null
  return { name: modelName(model), config: languageModel.config, formats: formatsOf(languageModel) }
}

/** Throws `ProblemError` `invalid-usage` for options that only a language model has, and for what is no count or format. */
export function tokenCounts(options: OptionValues<typeof languageOptions>, language: LanguageModel | null) {
  const given = Object.keys(languageOptions).find((name) => Object.hasOwn(options, name))
  if (given !== undefined && language === null) {
    throw fail('invalid-usage', 'Leave the option out, or give a model that writes token by token.', {
      where: `--${given}`,
      expected: 'a decoder: a preset, a GGUF file, a config.json',
    })
  }
  return {
    promptTokens: optionalNumber(options['prompt-tokens'], '--prompt-tokens', tokensSchema),
    contextTokens: optionalNumber(options.context, '--context', tokensSchema),
    cacheFormat: formatOf(options['kv-cache']),
  }
}

function formatOf(text: string | undefined): CacheFormat | undefined {
  if (text === undefined) return undefined
  if (isFormat(text)) return text
  throw fail('invalid-usage', `Choose a format of the cache: ${formatNames.join(', ')}.`, {
    where: '--kv-cache',
    expected: formatNames.join(', '),
    received: text,
  })
}

function isFormat(text: string): text is CacheFormat {
  return Object.hasOwn(cacheFormats, text)
}
