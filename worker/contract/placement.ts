/** Where a network runs, field by field as in `simulator/placement/placement.ts`. */
import { z } from '@hono/zod-openapi'
import type { Placement } from '../../simulator/predict/placement.ts'
import { count, list, precisionSchema, share } from './common.ts'
import { stageIdSchema } from './stages.ts'

const placeSchema = z.strictObject({
  unitId: z.string(),
  runtimeId: z.string(),
  precision: precisionSchema,
  isAssumed: z
    .boolean()
    .meta({ description: 'The catalog states no such unit; its numbers are those of the segment.' }),
})

const paceSchema = z.strictObject({
  latencyMs: z.number(),
  oneAtATimePerS: z.number(),
  inFlightPerS: z.number(),
})

export const placementSchema = z
  .strictObject({
    support: z.strictObject({
      table: z
        .strictObject({
          id: z.string(),
          title: z.string(),
          version: z.string().nullable(),
          status: z.enum(['documented', 'recalled']),
          source: z.string(),
          unlisted: z.enum(['supported', 'unsupported']),
        })
        .nullable(),
      lacks: list(z.strictObject({ operator: z.string(), op: z.string(), reason: z.string(), isAssumed: z.boolean() })),
      assumedSupported: list(z.string()),
    }),
    runs: z.boolean(),
    unit: placeSchema,
    fallback: placeSchema.nullable().meta({ description: '`null`: everything runs on the unit.' }),
    partitions: list(
      z.strictObject({
        unitId: z.string(),
        kernels: count(),
        operators: count(),
        macs: z.number(),
        timeMs: z.number(),
        invokeMs: z.number(),
      }),
    ),
    unitMacShare: share(),
    crossings: list(
      z.strictObject({
        from: count(),
        to: count(),
        tensors: count(),
        bytes: z.number(),
        linkMs: z.number(),
        copyMs: z.number(),
        reason: z.string(),
      }),
    ),
    lanes: list(
      z.strictObject({
        id: z.string(),
        busyMs: z.number(),
        spans: list(
          z.strictObject({
            name: z.string(),
            kind: z.enum(['kernel', 'invocation', 'crossing', 'boundary']),
            startMs: z.number(),
            endMs: z.number(),
          }),
        ),
      }),
    ),
    oneAfterAnotherMs: z.number(),
    makespanMs: z.number(),
    criticalPathMs: z.number(),
    inFlightIntervalMs: z.number(),
    coldStart: z.strictObject({
      terms: list(
        z.strictObject({
          id: z.enum(['load', 'prepare', 'transfer', 'first-inference']),
          timeMs: z.number().nullable().meta({ description: '`null`: not known.' }),
          basis: z.enum(['derived', 'assumed', 'not-known']),
          reason: z.string(),
        }),
      ),
      knownMs: z.number(),
      isLowerBound: z.boolean(),
    }),
    endToEnd: z.strictObject({
      stages: list(
        z.strictObject({
          id: stageIdSchema,
          when: z.enum(['before', 'after']),
          elements: z.number().nullable(),
          cyclesPerElement: z.number().nullable(),
          basis: z.string(),
          timeMs: z.number(),
        }),
      ),
      modelOnly: paceSchema,
      endToEnd: paceSchema,
    }),
  })
  .meta({ id: 'Placement' }) satisfies z.ZodType<Placement>
