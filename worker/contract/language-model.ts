/** What the simulator answers about a language model, field by field as in `simulator/predict/language-model.ts`. */
import { z } from '@hono/zod-openapi'
import type { LanguageModelAnswer } from '../../simulator/predict/language-model.ts'
import { count, list } from './common.ts'
import { metricSchema, predictionSchema } from './prediction.ts'
import { cacheFormatSchema } from './question.ts'

const contextPointSchema = z.strictObject({
  contextTokens: count(),
  msPerToken: metricSchema,
  kvCacheBytes: z.number(),
  totalBytes: metricSchema,
  fits: z.boolean().nullable().meta({ description: 'Null where the memory of the device is not known.' }),
})

export const languagePredictionSchema = predictionSchema
  .extend({
    promptTokens: count(),
    contextTokens: count(),
    cacheFormat: cacheFormatSchema,
    ttftMs: metricSchema.meta({ description: 'Time to first token: all prompts are read.' }),
    tokensPerS: metricSchema.meta({ description: 'Of all items together.' }),
    msPerToken: metricSchema,
    promptTokensPerS: metricSchema,
    kvBytesPerToken: z.number(),
    contexts: list(contextPointSchema).meta({ description: 'The same at doubling lengths of the KV cache.' }),
    step: predictionSchema.meta({ description: 'One token of every item.' }),
  })
  .meta({
    id: 'LanguagePrediction',
    description: 'The pass over the prompt, with the memory of the whole, and what the tokens after it take.',
  }) satisfies z.ZodType<LanguageModelAnswer>
