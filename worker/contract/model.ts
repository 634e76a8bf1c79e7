/** Models as the API knows them: graph summaries, never weights. */
import { createRoute, z } from '@hono/zod-openapi'
import {
  addressProblems,
  count,
  idSchema,
  json,
  jsonBody,
  modelIdSchema,
  page,
  pageQuery,
  readProblems,
  share,
  writeProblems,
} from './common.ts'
import { exampleModelId, exampleSummary } from './examples.ts'
import { graphSummarySchema } from './summary.ts'

export const modelSchema = z
  .strictObject({
    id: modelIdSchema,
    name: z.string(),
    operators: count(),
    parameters: count(),
    macs: count().nullable().meta({ description: 'Per inference; null when an operator is not known.' }),
    weightBytes: count(),
    coverage: share().meta({ description: 'Share of operators whose work is known.' }),
  })
  .meta({ id: 'Model' })

const modelWithSummarySchema = modelSchema.extend({ summary: graphSummarySchema }).meta({ id: 'ModelWithSummary' })

export const presetSchema = z
  .strictObject({
    id: idSchema,
    task: z.string(),
    inputShape: z.string(),
    model: modelSchema,
    edgeRunnable: z.boolean().meta({ description: 'Small enough for `POST /v1/edge-runs`.' }),
  })
  .meta({ id: 'Preset' })

export const registerModel = createRoute({
  method: 'post',
  path: '/v1/models',
  operationId: 'registerModel',
  tags: ['models'],
  summary: 'Register a graph summary (no weights)',
  request: { body: jsonBody(z.strictObject({ summary: graphSummarySchema }), { summary: exampleSummary }) },
  responses: {
    200: json('Already known.', modelSchema),
    201: json('Registered.', modelSchema),
    ...writeProblems,
  },
})

export const getModel = createRoute({
  method: 'get',
  path: '/v1/models/{id}',
  operationId: 'getModel',
  tags: ['models'],
  summary: 'A registered model with its summary',
  request: { params: z.object({ id: modelIdSchema.meta({ example: exampleModelId }) }) },
  responses: { 200: json('The model.', modelWithSummarySchema), ...addressProblems },
})

export const listPresets = createRoute({
  method: 'get',
  path: '/v1/presets',
  operationId: 'listPresets',
  tags: ['models'],
  summary: 'Well-known models that need no file',
  request: { query: z.strictObject(pageQuery) },
  responses: { 200: json('A page of presets.', page(presetSchema)), ...readProblems },
})
