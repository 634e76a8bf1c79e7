/** Real inference at the edge: ask for a run, read its measurement. */
import { createRoute, z } from '@hono/zod-openapi'
import { addressProblems, count, json, jsonBody, list, precisionSchema, writeProblems } from './common.ts'
import { exampleEdgeRunId } from './examples.ts'
import { limits } from './limits.ts'
import { problemSchema } from './problem.ts'
import { presetModelSchema } from './question.ts'

export const edgeRunStatuses = ['queued', 'running', 'done', 'failed'] as const

const edgeRunRequestSchema = z
  .strictObject({
    model: presetModelSchema.meta({ description: '`preset:ID` of a preset that is small enough (`edgeRunnable`).' }),
    precision: precisionSchema.default('fp32'),
    repeats: z.number().int().min(limits.minEdgeRepeats).max(limits.maxEdgeRepeats).default(7),
  })
  .meta({ id: 'EdgeRunRequest' })

/** Sums and first values of every output, to compare with another runtime on the same bytes. */
const outputDigestSchema = z
  .strictObject({
    name: z.string(),
    shape: list(count()),
    sum: z.number(),
    sumAbs: z.number(),
    head: list(z.number()),
  })
  .meta({ id: 'OutputDigest' })

export type OutputDigest = z.infer<typeof outputDigestSchema>

export const edgeRunSchema = z
  .strictObject({
    id: z.uuid(),
    status: z.enum(edgeRunStatuses),
    model: presetModelSchema,
    precision: precisionSchema,
    repeats: z.number().int(),
    valid: z.boolean().meta({ description: 'A slope was accepted. False until the run is done.' }),
    method: z.string().meta({ description: 'How the number was taken.' }),
    slopeMs: z.number().nullable().meta({ description: 'Per inference; null unless valid.' }),
    interceptMs: z.number().nullable().meta({ description: 'Cost of a call besides inference; null unless valid.' }),
    r2: z.number().nullable(),
    samples: list(z.strictObject({ k: count(), ms: z.number() })).meta({
      description: '`k` inferences in one call took `ms`, in the order they were taken.',
    }),
    outputs: list(outputDigestSchema),
    versions: z.record(z.string(), z.string()),
    colo: z.string().nullable().meta({ description: 'Data centre that took the request; null when local.' }),
    problem: problemSchema.nullable(),
  })
  .meta({ id: 'EdgeRun' })

export type EdgeRun = z.infer<typeof edgeRunSchema>

export const startEdgeRun = createRoute({
  method: 'post',
  path: '/v1/edge-runs',
  operationId: 'startEdgeRun',
  tags: ['edge runs'],
  summary: 'Run a preset for real, as WebAssembly in a Worker',
  request: {
    body: jsonBody(edgeRunRequestSchema, { model: 'preset:resnet8-ic', precision: 'fp32', repeats: 5 }),
  },
  responses: {
    202: json('Accepted; read it under its id.', edgeRunSchema.pick({ id: true, status: true })),
    ...writeProblems,
  },
})

export const getEdgeRun = createRoute({
  method: 'get',
  path: '/v1/edge-runs/{id}',
  operationId: 'getEdgeRun',
  tags: ['edge runs'],
  summary: 'State and measurement of a run',
  request: { params: z.object({ id: z.uuid().meta({ example: exampleEdgeRunId }) }) },
  responses: { 200: json('The run.', edgeRunSchema), ...addressProblems },
})
