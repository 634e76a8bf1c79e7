/**
 * The question that API, CLI and portal share: which model, on which target, within which limits. Plain zod without any
 * route, so that a command line and a browser can parse the same question.
 */
import { z } from 'zod'
import { type Budget, limitNames } from '../../simulator/decide/budget.ts'
import { linkForms } from '../../simulator/hardware/link-override.ts'
import { type CacheFormat, cacheFormats, defaultPromptTokens } from '../../simulator/predict/language-model.ts'
import { idSchema, modelIdSchema, precisionSchema } from './fields.ts'
import { limits } from './limits.ts'
import { graphSummarySchema } from './summary.ts'

export const presetModelSchema = z
  .string()
  .regex(/^preset:.{1,100}$/)
  .meta({ description: '`preset:ID`; `GET /v1/presets` lists the ids.' })

const modelForms = '"preset:ID", the id of a registered model, or a graph summary'

/** A model that is named: a preset, or one registered with `POST /v1/models`. */
export const namedModelSchema = z.union([presetModelSchema, modelIdSchema], {
  error: '"preset:ID" or the id of a registered model',
})

/** Which model a question is about: a name, or the summary itself. */
export const modelRefSchema = z
  .union([presetModelSchema, modelIdSchema, graphSummarySchema], { error: modelForms })
  .meta({ id: 'ModelRef', description: `${modelForms}.` })

export type ModelRef = z.infer<typeof modelRefSchema>

export const batchSchema = z.number().int().min(1).max(limits.maxBatch)
export const threadsSchema = z.number().int().min(1).max(limits.maxThreads)
export const tokensSchema = z.number().int().min(1).max(limits.maxTokens)
export const limitValueSchema = z.number().positive().max(limits.maxLimitValue)
export const ratePerSSchema = z.number().positive().max(limits.maxRatePerS)

// Object.keys forgets the key type; the keys of `cacheFormats` are exactly CacheFormat.
export const cacheFormatSchema = z.enum(Object.keys(cacheFormats) as [CacheFormat, ...CacheFormat[]])

/** Options of a target. What is left out takes the default of the device: its first unit, that unit's first runtime, … */
export const targetFields = {
  unit: idSchema.optional(),
  runtime: idSchema.optional(),
  precision: precisionSchema.optional(),
  batch: batchSchema.optional().meta({ description: 'Items per inference. Default 1.' }),
  powerMode: idSchema.optional(),
  threads: threadsSchema.optional().meta({ description: 'CPU threads. Default: what the runtime starts by itself.' }),
  link: idSchema.optional().meta({
    description: `Connects the accelerator through another link: ${linkForms}.`,
    example: 'USB 3',
  }),
}

/** Options of models that generate token by token. */
export const languageFields = {
  promptTokens: tokensSchema.optional().meta({ description: `Per item. Default ${defaultPromptTokens}.` }),
  contextTokens: tokensSchema
    .optional()
    .meta({ description: 'In the KV cache while the next token is generated. Default: the prompt.' }),
  cacheFormat: cacheFormatSchema
    .optional()
    .meta({ description: 'Element type of the KV cache. Default: the activation type of the precision.' }),
}

/** A record rather than an object: an absent limit is absent, never `undefined`. */
export const budgetSchema = z
  .partialRecord(z.enum(limitNames), limitValueSchema)
  .meta({ id: 'Budget', additionalProperties: false }) satisfies z.ZodType<Budget>
