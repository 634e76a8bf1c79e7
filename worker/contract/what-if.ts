/** What changes to a model or its target would do. */
import { createRoute, z } from '@hono/zod-openapi'
import type { BatteryLife } from '../../simulator/decide/battery-life.ts'
import { verdicts } from '../../simulator/decide/budget.ts'
import type { Sustained } from '../../simulator/decide/sustained.ts'
import type { Delta, Figures, Outcome } from '../../simulator/decide/what-if/outcome.ts'
import { hindranceCodes, noteCodes } from '../../simulator/decide/what-if/scenario.ts'
import type { Trial } from '../../simulator/decide/what-if/trial.ts'
import type { JointAnswer } from '../../simulator/decide/what-if.ts'
import { changeSchema } from './change.ts'
import { bodyProblems, count, idSchema, json, jsonBody, list, precisionSchema, share } from './common.ts'
import { limits } from './limits.ts'
import { metricSchema } from './prediction.ts'
import { ratePerSSchema } from './question.ts'
import { simulationExample, simulationRequestSchema } from './simulation.ts'
import { batterySchema, coolingSchema } from './use.ts'

const hindranceSchema = z.strictObject({ code: z.enum(hindranceCodes), detail: z.string().nullable() })
const noteSchema = z.strictObject({ code: z.enum(noteCodes), count: count(), of: count().nullable() })

const deltaSchema = z
  .strictObject({
    share: z.number().meta({ description: 'after/before − 1 of the medians.' }),
    pi80: z.tuple([z.number(), z.number()]).readonly(),
  })
  .meta({ id: 'Delta' }) satisfies z.ZodType<Delta>

const figuresSchema = z
  .strictObject({
    latencyMs: metricSchema,
    throughputPerS: metricSchema,
    energyPerItemMj: metricSchema,
    powerW: metricSchema.meta({ description: 'At `ratePerS`, else back to back.' }),
    memoryBytes: metricSchema,
  })
  .meta({ id: 'Figures' }) satisfies z.ZodType<Figures>

const targetSchema = z.strictObject({
  deviceId: idSchema,
  unitId: z.string(),
  runtimeId: z.string(),
  precision: precisionSchema,
  batch: z.number().int().min(1),
  powerMode: z.string(),
})

const pair = z.tuple([z.number(), z.number()]).readonly()

const outcomeSchema = z
  .strictObject({
    before: targetSchema,
    target: targetSchema,
    figures: figuresSchema,
    deltas: z.strictObject({
      latencyMs: deltaSchema.nullable(),
      throughputPerS: deltaSchema.nullable(),
      energyPerItemMj: deltaSchema.nullable(),
      powerW: deltaSchema.nullable(),
      memoryBytes: deltaSchema.nullable(),
    }),
    effect: z.enum(['faster', 'slower', 'alike', 'unclear']),
    terms: z
      .strictObject({ compute: pair, memory: pair, link: pair, overhead: pair })
      .meta({ description: 'Sums of the terms of the law in ms, before and after; they overlap.' }),
    work: z.strictObject({ macs: pair, trafficBytes: pair, weightBytes: pair, kernels: pair, peakMacsPerS: pair }),
  })
  .meta({ id: 'Outcome' }) satisfies z.ZodType<Outcome>

const trialSchema = z
  .strictObject({
    change: changeSchema,
    notes: list(noteSchema),
    hindrance: hindranceSchema.nullable().meta({ description: 'Why the change has no effect here.' }),
    outcome: outcomeSchema.nullable(),
  })
  .meta({ id: 'Trial' }) satisfies z.ZodType<Trial>

const jointSchema = z
  .strictObject({
    outcome: outcomeSchema,
    notes: list(noteSchema),
    steps: list(
      z.strictObject({ change: changeSchema, latencyMs: z.number(), energyPerItemMj: z.number().nullable() }),
    ).meta({ description: 'Shapley values: they add up to the joint effect, whatever the order.' }),
    hindered: list(z.strictObject({ change: changeSchema, hindrance: hindranceSchema })),
  })
  .meta({ id: 'JointAnswer' }) satisfies z.ZodType<JointAnswer>

const sustainedSchema = z
  .strictObject({
    minutes: list(
      z.strictObject({
        minute: z.number().int().min(1),
        surfaceC: z.number(),
        dieC: z.number(),
        clockShare: share(),
        powerW: z.number(),
        latencyMs: z.number(),
      }),
    ),
    throttlesAfterS: z.number().nullable(),
    overheats: z.boolean(),
    firstMinuteMs: z.number(),
    sustainedMs: z.number(),
    sustainedClockShare: z.number(),
    sustainableW: z.number(),
    coldW: z.number(),
    limitAfterS: z.number().nullable(),
    constants: list(
      z.strictObject({
        name: z.enum([
          'ambientC',
          'bodyResistanceCPerW',
          'bodyTimeS',
          'dieResistanceCPerW',
          'surfaceLimitC',
          'dieLimitC',
        ]),
        value: z.number(),
        unit: z.enum(['°C', '°C/W', 's']),
        status: z.enum(['default', 'derived', 'given']),
      }),
    ),
    pace: z.strictObject({ clockShare: share(), powerW: z.number() }).nullable(),
  })
  .meta({ id: 'Sustained' }) satisfies z.ZodType<Sustained>

const batteryLifeSchema = z
  .strictObject({
    hours: metricSchema,
    loadW: metricSchema,
    busyShare: share(),
    keepsUp: z.boolean(),
    pulseV: z.number().nullable(),
    holdsPulse: z.enum(['yes', 'no', 'not known']),
    highestRatePerS: z.number().nullable(),
    harvestedRatePerS: z.number().nullable(),
    pMeets: share().nullable(),
    verdict: z.enum(verdicts),
  })
  .meta({ id: 'BatteryLife' }) satisfies z.ZodType<BatteryLife>

export const whatIfRequestSchema = simulationRequestSchema
  .extend({
    changes: z
      .array(changeSchema)
      .max(limits.maxChanges)
      .readonly()
      .optional()
      .meta({ description: 'Default: the candidate changes for this target.' }),
    together: z
      .boolean()
      .optional()
      .meta({
        description: `Also predicts all changes together, at most ${limits.maxChangesTogether} of different kinds. Default false.`,
      }),
    ratePerS: ratePerSSchema.optional().meta({ description: 'Default: back to back.' }),
    heat: coolingSchema.optional(),
    battery: batterySchema.optional().meta({ description: 'Needs `ratePerS`.' }),
  })
  .refine(({ battery, ratePerS }) => battery === undefined || ratePerS !== undefined, {
    error: 'a battery needs a rate',
    path: ['ratePerS'],
  })
  .meta({ id: 'WhatIfRequest' })

export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>

export const whatIf = createRoute({
  method: 'post',
  path: '/v1/whatif',
  operationId: 'whatIf',
  tags: ['predictions'],
  summary: 'Predict the effect of changes to a model or its target, heat over minutes, battery life',
  request: {
    body: jsonBody(whatIfRequestSchema, {
      ...simulationExample,
      changes: [
        { kind: 'precision', precision: 'fp16' },
        { kind: 'prune', ratio: 0.3 },
      ],
      together: true,
      ratePerS: 30,
      heat: { ambientC: 40 },
      battery: { capacityWh: 50 },
    }),
  },
  responses: {
    200: json(
      'Every change alone, all together if requested, and the unchanged target.',
      z.strictObject({
        base: z.strictObject({ target: targetSchema, figures: figuresSchema }),
        trials: list(trialSchema),
        joint: jointSchema.nullable(),
        sustained: sustainedSchema
          .nullable()
          .meta({ description: 'Null where the power or the enclosure is unknown.' }),
        battery: batteryLifeSchema.nullable(),
      }),
    ),
    ...bodyProblems,
  },
})
