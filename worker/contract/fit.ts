/** Does it meet the limits? */
import { createRoute, z } from '@hono/zod-openapi'
import { type Fit, limitNames, verdicts } from '../../simulator/decide/budget.ts'
import { bodyProblems, json, jsonBody, list, share } from './common.ts'
import { metricSchema } from './prediction.ts'
import { budgetSchema, ratePerSSchema } from './question.ts'
import { anyPredictionSchema, simulationExample, simulationRequestSchema } from './simulation.ts'

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
    budget: budgetSchema,
    ratePerS: ratePerSSchema.optional().meta({
      description:
        'Items per second: a throughput to reach, and power with idle time in between. Default: back to back.',
    }),
  })
  .refine(({ budget, ratePerS }) => ratePerS !== undefined || Object.keys(budget).length > 0, {
    error: 'at least one limit',
    path: ['budget'],
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
      z.strictObject({ fit: fitSchema, prediction: anyPredictionSchema }),
    ),
    ...bodyProblems,
  },
})
