/** What the simulator answers, field by field as in `simulator/predict/prediction.ts`. */
import { createRoute, z } from '@hono/zod-openapi'
import { operatorClasses } from '../../simulator/graph/summary.ts'
import { factStatuses } from '../../simulator/hardware/device.ts'
import { evidenceLevels } from '../../simulator/predict/evidence.ts'
import type { Explanation, Prediction } from '../../simulator/predict/prediction.ts'
import {
  count,
  idSchema,
  json,
  list,
  modelIdSchema,
  page,
  pageQuery,
  precisionSchema,
  readProblems,
  share,
} from './common.ts'
import { exampleDeviceId } from './examples.ts'
import { problemSchema } from './problem.ts'
import { namedModelSchema } from './question.ts'

const intervalSchema = z.tuple([z.number(), z.number()]).readonly()

export const metricSchema = z
  .discriminatedUnion('availability', [
    z.strictObject({
      availability: z.literal('available'),
      p50: z.number(),
      pi80: intervalSchema.meta({ description: 'Central 80 % prediction interval.' }),
      pi95: intervalSchema.meta({ description: 'Central 95 % prediction interval.' }),
    }),
    z.strictObject({
      availability: z.literal('unavailable'),
      missing: z.string().meta({ description: 'The fact that is not known.' }),
    }),
  ])
  .meta({ id: 'Metric' })

export const boundSchema = z.enum(['compute', 'memory', 'link', 'overhead'])

export const kernelSchema = z
  .strictObject({
    name: z.string(),
    operators: list(z.string()),
    class: z.enum(operatorClasses),
    macs: z.number().nullable(),
    vectorOps: z.number().nullable(),
    weightBytes: z.number(),
    inputBytes: z.number(),
    outputBytes: z.number(),
    arithmeticIntensity: z.number().nullable(),
    timeMs: z.number(),
    computeMs: z.number(),
    memoryMs: z.number(),
    linkMs: z.number(),
    overheadMs: z.number(),
    bound: boundSchema,
    losses: list(
      z.strictObject({ dimension: z.string(), size: z.number(), alignedTo: z.number(), idleShare: share() }),
    ),
    energyMj: z.number().nullable(),
    liveBytes: z.number(),
  })
  .meta({ id: 'Kernel' })

export const factUseSchema = z
  .strictObject({
    field: z.string(),
    value: z.number(),
    unit: z.string(),
    status: z.enum([...factStatuses, 'default']),
    sourceIds: list(z.string()),
    from: z.enum(['device', 'family', 'segment', 'default']),
  })
  .meta({ id: 'FactUse' })

const evidenceSchema = z
  .strictObject({
    level: z.enum(evidenceLevels).meta({
      description:
        'measured: this network on this target was published; validated: other networks were measured on it; transferred: its silicon family was, under this runtime; extrapolated: at most the kind of unit was.',
    }),
    rows: count().meta({ description: 'Measured rows of what the level speaks of.' }),
    networks: count(),
    devices: count(),
    anchored: z.boolean().meta({ description: 'Results of your own narrowed the answer.' }),
    basis: z.enum(['device', 'family', 'segment', 'default']),
    outsideEvidence: z.boolean(),
  })
  .meta({ id: 'Evidence' })

const published = () => z.number().exactOptional()

const publishedFigureSchema = z
  .strictObject({
    latencyMs: published(),
    throughputPerS: published(),
    tokensPerS: published(),
    ttftMs: published(),
    promptTokensPerS: published(),
    precision: precisionSchema,
    batch: count(),
    source: z.string(),
    title: z.string(),
    url: z.string(),
    conditions: z.string(),
  })
  .meta({ id: 'PublishedFigure', description: 'One figure as published, under the name of its quantity.' })

const explanationSchema: z.ZodType<Explanation> = z
  .strictObject({
    formula: z.string(),
    quantity: z.string(),
    value: z.number(),
    unit: z.string(),
    operation: z.enum(['sum', 'product', 'norm', 'leaf']).meta({
      description: 'How the value follows from the inputs; of a leaf they are only what its formula reads.',
    }),
    exponent: z.number().nullable().exactOptional().meta({ description: 'p of a norm; null = the largest input.' }),
    scope: z.string().exactOptional().meta({ description: 'Where a calibrated factor was learnt.' }),
    rows: count().exactOptional(),
    devices: count().exactOptional(),
    get inputs() {
      return list(explanationSchema)
    },
  })
  .meta({ id: 'Explanation' })

/** Everything of a prediction except what `kernels` and `explanation` spell out; a report carries this much. */
export const predictionHeadSchema = z.strictObject({
  modelId: modelIdSchema,
  deviceId: idSchema,
  unitId: z.string(),
  runtimeId: z.string(),
  precision: precisionSchema,
  batch: z.number().int().min(1),
  powerMode: z.string(),
  engineVersion: z.string(),
  catalogVersion: z.string(),
  latencyMs: metricSchema.meta({ description: 'Per batch.' }),
  throughputPerS: metricSchema.meta({ description: 'Items per second.' }),
  energyMj: metricSchema.meta({ description: 'Per batch.' }),
  powerW: metricSchema.meta({ description: 'While inferring back to back.' }),
  memory: z.strictObject({
    weightBytes: z.number(),
    kvCacheBytes: z.number(),
    peakActivationBytes: z.number(),
    peakOperator: z.string().nullable(),
    runtimeBytes: z.number().nullable(),
    totalBytes: metricSchema,
    capacityBytes: z.number().nullable(),
  }),
  coverage: share(),
  unknownOperators: list(z.string()),
  totals: z.strictObject({
    macs: z.number(),
    vectorOps: z.number(),
    parameters: z.number(),
    trafficBytes: z.number(),
  }),
  bound: boundSchema,
  boundShare: share(),
  energyParts: z
    .strictObject({
      computeMj: z.number(),
      onchipMj: z.number(),
      dramMj: z.number(),
      linkMj: z.number(),
      staticMj: z.number(),
    })
    .nullable(),
  evidence: evidenceSchema,
  measured: list(publishedFigureSchema).meta({
    description: 'What was published of this network on this target; the prediction is conditioned on it.',
  }),
  basis: list(factUseSchema).meta({ description: 'Numbers that the answer rests on.' }),
  warnings: list(problemSchema),
})

export const predictionSchema = predictionHeadSchema
  .extend({
    largestKernels: list(count()).meta({ description: 'Indices into `kernels`, longest first.' }),
    kernels: list(kernelSchema),
    explanation: explanationSchema,
  })
  .meta({ id: 'Prediction' }) satisfies z.ZodType<Prediction>

export const listPredictions = createRoute({
  method: 'get',
  path: '/v1/predictions',
  operationId: 'listPredictions',
  tags: ['predictions'],
  summary: 'Stored predictions of a model, on one device or all',
  request: {
    query: z.strictObject({
      model: namedModelSchema.meta({ example: 'preset:mobilenet-v1-0.25' }),
      device: idSchema.optional().meta({ example: exampleDeviceId }),
      limit: z.coerce.number().int().min(1).max(20).default(10),
      cursor: pageQuery.cursor,
    }),
  },
  responses: { 200: json('A page of predictions, oldest first.', page(predictionSchema)), ...readProblems },
})
