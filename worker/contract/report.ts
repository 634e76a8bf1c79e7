/** Reports: stored once, addressed by the SHA-256 of their canonical JSON. */
import { createRoute, z } from '@hono/zod-openapi'
import { operatorClasses } from '../../simulator/graph/summary.ts'
import { omissionReasons, type Report } from '../../simulator/report/format.ts'
import { addressProblems, count, json, jsonBody, list, modelIdSchema, writeProblems } from './common.ts'
import { exampleReport, exampleReportHash } from './examples.ts'
import { fitSchema } from './fit.ts'
import { boundSchema, predictionHeadSchema } from './prediction.ts'
import { budgetSchema } from './question.ts'
import { graphSummarySchema } from './summary.ts'

const kernelShareSchema = z.strictObject({
  name: z.string(),
  class: z.enum(operatorClasses),
  timeMs: z.number(),
  bound: boundSchema,
})

const edgeRunMeasurementSchema = z.strictObject({
  model: z.string(),
  precision: z.string(),
  valid: z.boolean(),
  method: z.string(),
  slopeMs: z.number().nullable(),
  interceptMs: z.number().nullable(),
  r2: z.number().nullable(),
  samples: list(z.strictObject({ k: count(), ms: z.number() })),
  versions: z.record(z.string(), z.string()).readonly(),
  colo: z.string().nullable(),
})

export const reportSchema = z
  .strictObject({
    format: z.literal('edgefit-report'),
    version: z.literal(1),
    title: z.string().max(200),
    createdWith: z.strictObject({ engineVersion: z.string(), catalogVersion: z.string() }),
    model: z.strictObject({ id: modelIdSchema, name: z.string(), summary: graphSummarySchema }),
    budget: budgetSchema,
    rows: z
      .array(
        z.strictObject({
          deviceName: z.string(),
          prediction: predictionHeadSchema.extend({ largestKernels: list(kernelShareSchema) }),
          fit: fitSchema,
        }),
      )
      .min(1)
      .readonly(),
    omitted: z
      .strictObject({ count: count().min(1), reason: z.enum(omissionReasons) })
      .meta({ description: 'Devices that were answered and are not in the report; absent = none.' })
      .exactOptional(),
    edgeRun: edgeRunMeasurementSchema.nullable(),
  })
  .meta({ id: 'Report' }) satisfies z.ZodType<Report>

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)

export const publishReport = createRoute({
  method: 'post',
  path: '/v1/reports',
  operationId: 'publishReport',
  tags: ['reports'],
  summary: 'Publish a report; anyone with the hash can read it, nobody can change it',
  request: { body: jsonBody(reportSchema, exampleReport) },
  responses: {
    200: json('Already published.', z.strictObject({ hash: hashSchema })),
    201: json('Published.', z.strictObject({ hash: hashSchema })),
    ...writeProblems,
  },
})

export const getReport = createRoute({
  method: 'get',
  path: '/v1/reports/{hash}',
  operationId: 'getReport',
  tags: ['reports'],
  summary: 'The canonical bytes of a report; with `.json` after the hash, as a file',
  request: {
    params: z.object({
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}(\.json)?$/)
        .meta({ example: exampleReportHash }),
    }),
  },
  responses: { 200: json('The report.', reportSchema), ...addressProblems },
})
