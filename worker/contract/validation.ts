/** How wrong predictions are: the report of `npm run validate`, as it is kept, served and shown. */
import { createRoute, z } from '@hono/zod-openapi'
import { quantities } from '../../device-catalog/pairs/quantity.ts'
import { arithmetics } from '../../simulator/graph/precision.ts'
import { unitKinds } from '../../simulator/hardware/device.ts'
import { problemCodes } from '../../simulator/problem.ts'
import { count, json, list, precisionSchema, readProblems, share } from './common.ts'

/** How near the evidence is to what is asked. */
export const evidenceLevels = ['measured', 'validated', 'transferred', 'extrapolated'] as const
export type EvidenceLevel = (typeof evidenceLevels)[number]

const numberFamilies = ['float', 'integer', 'mixed'] as const

const error = () => z.number().min(0)
/** Off by this many times, either way. */
const factor = () => z.number().min(1)

const intervalMetricsSchema = z
  .strictObject({
    coverage50Share: share(),
    coverage80Share: share(),
    coverage95Share: share(),
    halfWidth80Factor: factor().meta({ description: 'Median of √(high / low): 1.35 means 35 % to either side.' }),
    halfWidth95Factor: factor(),
  })
  .meta({ id: 'IntervalMetrics' })

const metricsSchema = z
  .strictObject({
    n: count().meta({ description: 'Rows that were answered. Copies share one weight.' }),
    mdApe: error().meta({ description: 'Median of |predicted − measured| / measured.' }),
    p90Factor: factor().meta({ description: '90 % of rows are off by no more than this factor.' }),
    within10Share: share(),
    within20Share: share(),
    spearman: z.number().min(-1).max(1).nullable().meta({ description: 'Rank correlation; null below three rows.' }),
    intervals: intervalMetricsSchema.nullable(),
  })
  .meta({ id: 'AccuracyMetrics' })

const briefMetricsSchema = metricsSchema.pick({ n: true, mdApe: true, p90Factor: true }).meta({ id: 'BriefMetrics' })

const comparison = {
  rows: count(),
  models: count(),
  devices: count(),
  unanswered: count(),
  metrics: metricsSchema.nullable(),
  baselines: z
    .record(z.string(), briefMetricsSchema.nullable())
    .meta({ description: '`peakTops`, `oneUtilisation`, `logLinear`, each fitted on the same folds.' }),
  sisterBound: briefMetricsSchema.nullable().meta({
    description: 'ln t = model + device with the row left out: what knowing every sister would give.',
  }),
}
const comparisonSchema = z.strictObject(comparison).meta({ id: 'Comparison' })

const standingSchema = z.enum(['evident', 'offTarget', 'tooFewToJudge', 'noBetter', 'fewRows']).meta({
  description:
    '`evident`: better than every baseline, and what the 50, 80 and 95 % intervals cover lies in the 95 % binomial band ' +
    'around each (n counted in models, devices or families, as held out); `offTarget`: better, intervals off; ' +
    '`tooFewToJudge`: better, and n too small to tell 80 % intervals from ones that cover 50 % (power below 0.8); ' +
    '`noBetter`: a baseline is as good; `fewRows`: under 30, nothing is claimed.',
})

const cell = {
  kind: z.enum(unitKinds),
  family: z.string(),
  runtime: z.string(),
  precision: precisionSchema,
}
const familySchema = z.strictObject({ ...cell, ...comparison, standing: standingSchema }).meta({ id: 'FamilyAccuracy' })

const pointSchema = z
  .strictObject({
    rowId: z.string(),
    presetId: z.string(),
    deviceId: z.string(),
    ...cell,
    quantity: z.enum(quantities),
    measured: z.number().positive(),
    predicted: z.number().positive(),
    pi80: z.tuple([z.number(), z.number()]).readonly().nullable(),
    sourceId: z.string(),
  })
  .meta({ id: 'AccuracyPoint' })

const anchoredMetricsSchema = z
  .strictObject({ mdApe: error(), coverage80Share: share(), halfWidth80Factor: factor() })
  .meta({ id: 'AnchoredMetrics' })

const anchorWorthSchema = z
  .strictObject({
    rows: count().meta({ description: 'Held-out latencies that have another held-out run to be anchored on.' }),
    without: anchoredMetricsSchema,
    with: anchoredMetricsSchema,
    refusedShare: share().meta({ description: 'Of these anchors as measured, those taken for wrong.' }),
    refusedOffByTenShare: share().meta({ description: 'Of the same anchors ten times too slow.' }),
  })
  .meta({ id: 'AnchorWorth' })

const levelSchema = z
  .strictObject({
    level: z.enum(evidenceLevels),
    rows: count(),
    mdApe: error(),
    coverage80Share: share(),
    coverage95Share: share(),
    halfWidth80Factor: factor(),
  })
  .meta({
    id: 'LevelAccuracy',
    description:
      'Networks by how far the nearest evidence was: `measured`: one network on one target held out; `validated`: the ' +
      'network; `transferred`: the device; `extrapolated`: the whole silicon family of the unit.',
  })

const targetSchema = {
  deviceId: z.string(),
  unit: z.string(),
  runtime: z.string(),
  numbers: z.enum(numberFamilies),
}

const replaySchema = z
  .strictObject({
    figures: count(),
    inside95Share: share(),
    targets: count().meta({ description: 'Device × unit × runtime × family of numbers with eight figures and more.' }),
    below: list(z.strictObject({ ...targetSchema, figures: count(), inside95Share: share(), reason: z.string() })).meta(
      {
        description: 'Targets of which less than 93 % of the figures lie inside their own 95 % interval.',
      },
    ),
    outliers: list(
      z.strictObject({
        ...targetSchema,
        rowId: z.string(),
        quantity: z.enum(quantities),
        presetId: z.string(),
        measured: z.number().positive(),
        predicted: z.number().positive(),
        halfWidths: z.number().min(0).meta({ description: '|ln (measured / predicted)| over the half-width of ln.' }),
        reason: z.string().meta({ description: 'Why, or `open question`.' }),
        sourceId: z.string(),
      }),
    ).meta({ description: 'Figures further out than twice the half-width of their 95 % interval.' }),
  })
  .meta({
    id: 'Replay',
    description: 'The scored evidence through the calibration that ships, which has seen it.',
  })

const fitSchema = z
  .strictObject({
    rows: count(),
    parameters: count().meta({ description: 'Factors and effects of networks that some row depends on.' }),
    degreesOfFreedom: error(),
    levels: list(
      z.strictObject({
        kind: z.enum(['factors', 'effects']),
        level: count().meta({ description: 'General first: CAL-1 for factors, CAL-3 for effects of networks.' }),
        scopes: count(),
        parameters: count(),
        degreesOfFreedom: error(),
      }),
    ),
  })
  .meta({
    id: 'FitFreedom',
    description:
      'Effective degrees of freedom: the trace of the smoother, and the part of it that each level explains.',
  })

const splitSchema = z
  .strictObject({
    folds: count(),
    pooled: comparisonSchema.meta({ description: 'Latency and throughput of networks.' }),
    order: z
      .strictObject({ pairs: count(), rightShare: share(), baselines: z.record(z.string(), share().nullable()) })
      .nullable()
      .meta({ description: 'Which of two is faster: same device, runtime, threads, mode, true gap over 10 %.' }),
    precisionSign: z
      .strictObject({
        pairs: count(),
        rightShare: share(),
        slower: count(),
        slowerFoundShare: share().nullable(),
      })
      .nullable()
      .meta({ description: 'Float against int8 on accelerators: is the sign of the change foretold.' }),
    calibration: list(z.strictObject({ statedShare: share(), observedShare: share() })),
    verdicts: z
      .strictObject({
        fits: count(),
        metShare: share(),
        reliability: list(z.strictObject({ fromP: share(), toP: share(), budgets: count(), metShare: share() })),
      })
      .nullable()
      .meta({ description: 'Budgets for which P ≥ 0.9 was stated, and the share that was met.' }),
    families: list(familySchema).meta({ description: 'Ten rows and more, largest first.' }),
    language: list(comparisonSchema.extend({ quantity: z.enum(quantities) })),
    energy: list(comparisonSchema.extend({ origin: z.string() })),
    worst: list(pointSchema),
    anchors: anchorWorthSchema.nullable().meta({
      description:
        'What one measured result of the same runtime and precision is worth: of the new network on another device, of ' +
        'another network on the new device. `null`: not examined.',
    }),
  })
  .meta({ id: 'SplitAccuracy' })

const quarantineSchema = z
  .strictObject({
    rowId: z.string(),
    presetId: z.string(),
    deviceId: z.string(),
    runtime: z.string(),
    precision: precisionSchema,
    trust: z.number().int().min(1).max(5),
    measuredMs: z.number().positive(),
    floorMs: z.number().positive(),
    floorFrom: z.enum(['compute', 'memory']),
    arithmetic: z.enum(arithmetics),
    sourceId: z.string(),
  })
  .meta({ id: 'QuarantinedRecord' })

export const validationSchema = z
  .strictObject({
    version: z.literal(1),
    engineVersion: z.string(),
    catalogVersion: z.string(),
    inputsHash: z.string().meta({ description: 'SHA-256 over the evidence, its ledger and the versions.' }),
    evidence: z.strictObject({
      rows: count(),
      presets: count(),
      devices: count(),
      sources: count(),
      scored: count().meta({ description: 'Trust 3 and more, newest of their key, not faster than physics.' }),
      unanswered: list(z.strictObject({ code: z.enum(problemCodes), rows: count() })),
    }),
    quarantine: list(quarantineSchema).meta({ description: 'Records faster than physics, with the floor they break.' }),
    splits: z.strictObject({ model: splitSchema, device: splitSchema, family: splitSchema }).meta({
      description: 'Held out by model (new model, known device), by device and by silicon family; never by row.',
    }),
    byLevel: list(levelSchema),
    replay: replaySchema,
    fit: fitSchema,
    points: list(pointSchema).meta({
      description: 'A sample of the pooled rows, fixed by their ids, each predicted without its model.',
    }),
    sources: list(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        locator: z.url(),
        revision: z.string(),
        licence: z.string(),
        attribution: z.string(),
      }),
    ),
  })
  .meta({ id: 'Validation' })

export type ValidationReport = z.infer<typeof validationSchema>
export type LevelReport = z.infer<typeof levelSchema>
export type ReplayReport = z.infer<typeof replaySchema>
export type FitReport = z.infer<typeof fitSchema>
export type IntervalMetrics = z.infer<typeof intervalMetricsSchema>
export type SplitReport = z.infer<typeof splitSchema>
export type FamilyReport = z.infer<typeof familySchema>
export type Comparison = z.infer<typeof comparisonSchema>
export type Standing = z.infer<typeof standingSchema>
export type Metrics = z.infer<typeof metricsSchema>
export type BriefMetrics = z.infer<typeof briefMetricsSchema>
export type AnchorWorth = z.infer<typeof anchorWorthSchema>
export type Point = z.infer<typeof pointSchema>
export type QuarantineRecord = z.infer<typeof quarantineSchema>

export const getValidation = createRoute({
  method: 'get',
  path: '/v1/validation',
  operationId: 'getValidation',
  tags: ['meta'],
  summary: 'How wrong predictions are, by family, next to the baselines',
  responses: {
    200: json('The committed validation of this engine and catalog.', validationSchema),
    500: readProblems[500],
  },
})
