/** Does it meet the limits? */
import { createRoute, z } from '@hono/zod-openapi'
import { type Budget, type Fit, limitNames, verdicts } from '../../simulator/decide/budget.ts'
import { bodyProblems, json, jsonBody, list, share } from './common.ts'
import { metricSchema, predictionSchema } from './prediction.ts'
import { simulationExample, simulationRequestSchema } from './simulation.ts'

/** A record rather than an object: an absent limit is absent, never `undefined`. */
export const budgetSchema = z
  .partialRecord(z.enum(limitNames), z.number().positive())
  .meta({ id: 'Budget', additionalProperties: false }) satisfies z.ZodType<Budget>

export const fitSchema = z
  .strictObject({
    verdict: z.enum(verdicts),
    pMeets: share().nullable().meta({ description: 'Probability of meeting every limit.' }),
    checks: list(
      z.strictObject({
        limit: z.enum(limitNames),
        limitValue: z.number(),
        metric: metricSchema,
        pMeets: share().nullable(),
        verdict: z.enum(verdicts),
      }),
    ),
    blocking: z.enum(limitNames).nullable().meta({ description: 'The limit that decides.' }),
  })
  .meta({ id: 'Fit' }) satisfies z.ZodType<Fit>

const fitRequestSchema = simulationRequestSchema
  .extend({
    budget: budgetSchema.refine((budget) => Object.keys(budget).length > 0, { error: 'at least one limit' }),
  })
  .meta({ id: 'FitRequest' })

export const checkFit = createRoute({
  method: 'post',
  path: '/v1/fit',
  operationId: 'checkFit',
  tags: ['predictions'],
  summary: 'Predict, and compare with a budget',
  request: {
    body: jsonBody(fitRequestSchema, { ...simulationExample, budget: { maxLatencyMs: 33, maxPowerW: 10 } }),
  },
  responses: {
    200: json(
      'The verdict and the prediction behind it.',
      z.strictObject({ fit: fitSchema, prediction: predictionSchema }),
    ),
    ...bodyProblems,
  },
})
