/** Devices of the catalog: every number a fact with its status and sources. */
import { createRoute, z } from '@hono/zod-openapi'
import type { PublishedDevice } from '../../device-catalog/published-form.ts'
import { deviceEntrySchema, sourceSchema } from '../../device-catalog/schema.ts'
import { arithmetics } from '../../simulator/graph/precision.ts'
import { factStatuses, segments, unitKinds } from '../../simulator/hardware/device.ts'
import {
  addressProblems,
  count,
  idSchema,
  json,
  list,
  page,
  pageQuery,
  precisionSchema,
  readProblems,
} from './common.ts'
import { exampleDeviceId } from './examples.ts'

export const factSchema = z
  .strictObject({
    value: z.number(),
    status: z.enum(factStatuses),
    sourceIds: list(z.string()),
  })
  .meta({ id: 'Fact' })

const knownOrNull = factSchema.nullable()

const byArithmetic = z.partialRecord(z.enum(arithmetics), factSchema)

const unitSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(unitKinds),
    architecture: z.string(),
    family: z.string(),
    clockHz: knownOrNull,
    peakMacsPerS: byArithmetic,
    clusters: list(
      z.strictObject({
        core: z.string(),
        inOrder: z.boolean().nullable().meta({ description: 'Runs instructions in the order of the program.' }),
        cores: count(),
        clockHz: knownOrNull,
        macsPerCycle: byArithmetic,
      }),
    ),
    onchipBytes: knownOrNull,
    cores: z.strictObject({ total: factSchema, perModel: factSchema }).nullable(),
    batchLanes: knownOrNull,
    alignment: z.strictObject({ outputChannels: count(), inputChannels: count() }).nullable(),
    cyclesPerMac: z
      .strictObject({ convolution: z.number(), depthwise: z.number(), fullyConnected: z.number(), float: z.number() })
      .nullable()
      .meta({ description: 'Of 8-bit kernels on a core that fetches instructions; float: factor for fp32.' }),
    roundsToTf32: z.boolean().meta({ description: 'Libraries round the operands of fp32 products to TF32.' }),
    runtimes: list(z.strictObject({ id: z.string(), precisions: list(precisionSchema) })),
    activeW: knownOrNull,
    processNm: knownOrNull,
  })
  .meta({ id: 'ComputeUnit' })

const powerModeSchema = z
  .strictObject({
    id: z.string(),
    budgetW: knownOrNull,
    cpuCores: count().nullable(),
    cpuClockHz: knownOrNull,
    gpuClockHz: knownOrNull,
    npuClockHz: knownOrNull,
    memoryBytesPerS: knownOrNull,
    gpuShare: knownOrNull,
    supplyV: knownOrNull,
  })
  .meta({ id: 'PowerMode' })

export const deviceSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    vendor: z.string(),
    chip: z.string(),
    silicon: z.string().meta({ description: 'Die of the chip; parts sold under several names share it.' }),
    segment: z.enum(segments),
    units: list(unitSchema).meta({ description: 'Preferred unit first.' }),
    dramBytes: knownOrNull,
    dramBytesPerS: knownOrNull,
    flashBytes: knownOrNull,
    link: z.strictObject({ kind: z.string(), bytesPerS: knownOrNull }).nullable(),
    powerModes: list(powerModeSchema).meta({ description: 'The mode the device ships in comes first.' }),
    tdpW: knownOrNull,
    idleW: knownOrNull,
    linearSupplyV: knownOrNull,
    priceUsd: knownOrNull,
    pricePerHourUsd: knownOrNull,
    releaseYear: z.number().int().nullable(),
  })
  .meta({ id: 'Device' }) satisfies z.ZodType<PublishedDevice>

export const listDevices = createRoute({
  method: 'get',
  path: '/v1/devices',
  operationId: 'listDevices',
  tags: ['devices'],
  summary: 'Find devices',
  request: {
    query: z.strictObject({
      q: z
        .string()
        .max(100)
        .optional()
        .meta({ description: 'Words that occur in the id, name, vendor or chip.', example: 'orin nano' }),
      segment: z.enum(segments).optional(),
      ...pageQuery,
    }),
  },
  responses: {
    200: json('A page of devices, in catalog order.', page(deviceSchema).extend({ total: count() })),
    ...readProblems,
  },
})

export const getDevice = createRoute({
  method: 'get',
  path: '/v1/devices/{id}',
  operationId: 'getDevice',
  tags: ['devices'],
  summary: 'One device',
  request: { params: z.object({ id: idSchema.meta({ example: exampleDeviceId }) }) },
  responses: { 200: json('The device.', deviceSchema), ...addressProblems },
})

export const deviceSourcesSchema = z
  .strictObject({
    entry: deviceEntrySchema.meta({
      description: 'In published units; each fact with sources, formula, confirmation and conflicting values.',
    }),
    sources: list(sourceSchema).meta({ description: 'Every source that a fact of the entry names.' }),
  })
  .meta({ id: 'DeviceSources' })

export type DeviceSources = z.infer<typeof deviceSourcesSchema>

export const getDeviceSources = createRoute({
  method: 'get',
  path: '/v1/devices/{id}/sources',
  operationId: 'getDeviceSources',
  tags: ['devices'],
  summary: 'Sources of every number of a device',
  request: { params: z.object({ id: idSchema.meta({ example: exampleDeviceId }) }) },
  responses: { 200: json('The device as published, and its sources.', deviceSourcesSchema), ...addressProblems },
})
