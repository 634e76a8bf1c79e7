/** Asking for one prediction, or for up to fifty at once. */
import { createRoute, z } from '@hono/zod-openapi'
import type { ProblemCode } from '../../simulator/problem.ts'
import { bodyProblems, idSchema, json, jsonBody, list } from './common.ts'
import { exampleDeviceId } from './examples.ts'
import { languagePredictionSchema } from './language-model.ts'
import { limits } from './limits.ts'
import { placementSchema } from './placement.ts'
import { predictionSchema } from './prediction.ts'
import { problemSchema } from './problem.ts'
import { languageFields, modelRefSchema, targetFields } from './question.ts'
import { stageWishesSchema } from './stages.ts'

/** A measured result that narrows the answer (docs/method/calibration.md, CAL-5). */
const anchorSchema = z
  .strictObject({
    model: modelRefSchema.optional().meta({ description: 'Default: the model that is asked about.' }),
    device: idSchema,
    ...targetFields,
    latencyMs: z.number().positive().meta({ description: 'Measured, of one batch.' }),
  })
  .meta({ id: 'Anchor' })

/** What is left out takes the device's default: first unit, its first runtime, that runtime's first precision. */
export const simulationRequestSchema = z
  .strictObject({
    model: modelRefSchema,
    device: idSchema,
    ...targetFields,
    ...languageFields,
    anchors: z
      .array(anchorSchema)
      .max(limits.maxAnchors)
      .readonly()
      .optional()
      .meta({ description: 'Your own measurements; answers narrowed by them are not stored.' }),
  })
  .meta({ id: 'SimulationRequest' })

export type SimulationRequest = z.infer<typeof simulationRequestSchema>

export const simulationExample = {
  model: 'preset:mobilenet-v1-0.25',
  device: exampleDeviceId,
} satisfies SimulationRequest

/** One prediction, with its placement on demand. */
const placedRequestSchema = simulationRequestSchema
  .extend({
    placement: stageWishesSchema.optional().meta({
      description: 'Adds the placement to the answer; {} for the pre- and post-processing that the input suggests.',
    }),
  })
  .meta({ id: 'PlacedSimulationRequest' })

export const placedPredictionSchema = predictionSchema
  .extend({ placement: placementSchema.optional().meta({ description: 'Present if requested.' }) })
  .meta({ id: 'PlacedPrediction' })

/** What `predict` answers, and for a preset of a language model what `predictLanguageModel` does. */
export const anyPredictionSchema = z.union([predictionSchema, languagePredictionSchema])

export const simulate = createRoute({
  method: 'post',
  path: '/v1/simulate',
  operationId: 'simulate',
  tags: ['predictions'],
  summary: 'Predict one model on one device',
  request: { body: jsonBody(placedRequestSchema, { ...simulationExample, placement: {} }) },
  responses: {
    200: json(
      'The prediction. Answers with default threads and link are stored, so the same request reads them back.',
      z.union([placedPredictionSchema, languagePredictionSchema]),
    ),
    ...bodyProblems,
  },
})

const batchItemSchema = z
  .strictObject({ prediction: anyPredictionSchema.nullable(), problem: problemSchema.nullable() })
  .meta({ description: 'One of the two; the other is null.' })

export const simulateBatch = createRoute({
  method: 'post',
  path: '/v1/simulate/batch',
  operationId: 'simulateBatch',
  tags: ['predictions'],
  summary: `Predict up to ${limits.maxBatchPoints} points; a bad point fails alone`,
  request: {
    body: jsonBody(
      z.strictObject({
        points: z
          .array(simulationRequestSchema)
          .min(1)
          .refine((points) => points.length <= limits.maxBatchPoints, {
            error: `at most ${limits.maxBatchPoints} points`,
            params: { code: 'batch-too-large' satisfies ProblemCode },
          })
          .readonly()
          .meta({ maxItems: limits.maxBatchPoints }),
      }),
      { points: [simulationExample, { ...simulationExample, batch: 2 }] },
    ),
  },
  responses: {
    200: json('Results in the order of the points.', z.strictObject({ results: list(batchItemSchema) })),
    ...bodyProblems,
  },
})
