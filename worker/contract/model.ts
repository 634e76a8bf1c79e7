/** Models as the API knows them: graph summaries, never weights. */
import { createRoute, z } from '@hono/zod-openapi'
import { type DType, dtypes } from '../../simulator/graph/dtype.ts'
import { type GraphSummary, operatorClasses } from '../../simulator/graph/summary.ts'
import { maxRank } from '../../simulator/import/limits.ts'
import type { ProblemCode } from '../../simulator/problem.ts'
import {
  addressProblems,
  count,
  idSchema,
  json,
  jsonBody,
  list,
  modelIdSchema,
  page,
  pageQuery,
  readProblems,
  share,
  writeProblems,
} from './common.ts'
import { exampleModelId, exampleSummary } from './examples.ts'
import { limits } from './limits.ts'

// Object.keys forgets the key type; the keys of `dtypes` are exactly DType.
const dtypeSchema = z.enum(Object.keys(dtypes) as [DType, ...DType[]])

/** A tensor of 2^40 elements is beyond any memory; products of sizes below it stay exact. */
const maxElements = 2 ** 40
const tooLarge = { error: 'at most 2^40 elements', params: { code: 'dimension-too-large' satisfies ProblemCode } }
const size = () => z.number().int().min(1)
const axisSizes = () => z.array(size()).max(8).readonly()

const tensorSchema = z.strictObject({
  role: z.enum(['input', 'output', 'activation']),
  dtype: dtypeSchema,
  shape: z
    .array(count())
    .max(maxRank)
    .readonly()
    .refine((shape) => shape.reduce((product, size) => product * size, 1) <= maxElements, tooLarge),
})

const constantSchema = z.strictObject({
  dtype: dtypeSchema,
  elements: count().refine((elements) => elements <= maxElements, tooLarge),
  sparsity: z
    .strictObject({
      zeroShare: z.number().min(0).max(1),
      pattern: z.strictObject({ kept: count(), of: size() }).nullable(),
    })
    .exactOptional(),
})

const gemmSchema = z.strictObject({ m: size(), n: size(), k: size(), repeat: size() })

const windowSchema = z.strictObject({
  kernel: axisSizes(),
  stride: axisSizes(),
  dilation: axisSizes(),
  groups: size(),
  inputChannels: size(),
  outputChannels: size(),
})

const operatorSchema = z.strictObject({
  name: z.string(),
  op: z.string(),
  origins: list(z.string()),
  class: z.enum(operatorClasses),
  inputs: list(count()),
  outputs: list(count()),
  constants: list(count()),
  macs: count().nullable(),
  vectorOps: count().nullable(),
  gemm: gemmSchema.nullable(),
  window: windowSchema.nullable(),
})

/** Shape of a summary, that every index in it points at something, and that operators stand in execution order. */
export const graphSummarySchema = z
  .strictObject({
    version: z.literal(2),
    name: z.string().max(200),
    batch: size(),
    tensors: list(tensorSchema),
    constants: list(constantSchema),
    operators: z.array(operatorSchema).min(1).max(limits.maxOperators).readonly(),
  })
  .superRefine((summary, context) => {
    const read = new Set<number>()
    const produced = new Set<number>()
    summary.operators.forEach((operator, position) => {
      for (const [field, size] of [
        ['inputs', summary.tensors.length],
        ['outputs', summary.tensors.length],
        ['constants', summary.constants.length],
      ] as const) {
        for (const index of operator[field]) {
          if (index < size) continue
          const path = ['operators', position, field]
          context.addIssue({ code: 'custom', path, message: `an index below ${size}`, input: index })
        }
      }
      for (const index of operator.inputs) read.add(index)
      for (const index of operator.outputs) {
        if (read.has(index) || produced.has(index)) {
          const message = 'a tensor that no operator has produced or read before'
          context.addIssue({ code: 'custom', path: ['operators', position, 'outputs'], message, input: index })
        }
        produced.add(index)
      }
    })
  })
  .meta({ id: 'GraphSummary' }) satisfies z.ZodType<GraphSummary>

const oneOf = ['preset', 'id', 'summary'] as const

/** Which model a request is about: a preset, a registered model, or a summary sent along. */
export const modelRefSchema = z
  .strictObject({
    preset: idSchema.optional(),
    id: modelIdSchema.optional(),
    summary: graphSummarySchema.optional(),
  })
  .refine((ref) => oneOf.filter((key) => ref[key] !== undefined).length === 1, {
    error: 'exactly one of preset, id, summary',
  })
  .meta({ id: 'ModelRef' })

export type ModelRef = z.infer<typeof modelRefSchema>

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
