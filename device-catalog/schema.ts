/** The form of every catalog entry. Types come from here; entries are checked against it in `npm test`. */
import { z } from 'zod'
import { arithmetics, type PrecisionId, precisions } from '../simulator/graph/precision.ts'
import { segments, unitKinds } from '../simulator/hardware/device.ts'
import { runtimeIds } from './runtimes/index.ts'
import { factUnits, families, lifecycles, unitIds } from './vocabulary.ts'

export { runtimeEntrySchema } from './runtimes/schema.ts'

const slug = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/)
const text = z.string().min(1)

export const factSchema = z
  .strictObject({
    value: z.number().finite().nonnegative(),
    unit: z.enum(factUnits),
    /** What kind of statement it is; whether anybody has seen it is said by `confirmed`. */
    status: z.enum(['measured', 'vendor', 'derived', 'assumed']),
    /** Ids of `sources.ts`. */
    sourceIds: z.array(slug).min(1),
    /** Day the source was consulted for this figure; `null` as long as nobody has. */
    retrieved: z.iso.date().nullable(),
    /** Whether somebody has seen this very figure in the source, or it is remembered from it. */
    confirmed: z.boolean(),
    /** How a derived figure follows from others. */
    formula: text.optional(),
    note: text.optional(),
    /** Other published values for the same quantity, kept beside the one in use. */
    conflict: z
      .array(z.strictObject({ value: z.number(), note: text }))
      .min(1)
      .optional(),
  })
  .refine((fact) => fact.status !== 'derived' || fact.formula !== undefined, 'a derived fact carries its formula')
  .refine((fact) => fact.status !== 'assumed' || !fact.confirmed, 'nobody can have seen an assumption')
  .refine((fact) => fact.confirmed === (fact.retrieved !== null), 'confirmed facts carry the day of retrieval')

const optionalFact = factSchema.nullable()
const rates = z.partialRecord(z.enum(arithmetics), factSchema)
const precisionIds = Object.keys(precisions) as [PrecisionId, ...PrecisionId[]] // keys of the table are its ids

export const clusterSchema = z.strictObject({
  core: text,
  /** Runs instructions in the order of the program; `null` = not known. */
  inOrder: z.boolean().nullable(),
  cores: factSchema,
  clock: optionalFact,
  /** Dense MACs per cycle of one core. */
  macsPerCycle: rates,
})

export const unitSchema = z.strictObject({
  id: z.enum(unitIds),
  kind: z.enum(unitKinds),
  family: z.enum(families),
  architecture: text,
  clock: optionalFact,
  /** Dense MACs per cycle of the whole unit, where published. */
  macsPerCycle: rates,
  /** Dense peak of the whole unit; 1 MAC = 2 operations. */
  densePeak: rates,
  /** Whether the silicon can skip 2:4 zeros. Sparse peaks are not kept: they are twice the dense ones. */
  structuredSparsity: z.boolean().nullable(),
  clusters: z.array(clusterSchema),
  /** Equal cores that peak and memory count together, and how many of them one model runs on. */
  cores: z.strictObject({ total: factSchema, perModel: factSchema }).nullable(),
  /** Items of a batch that a run works on side by side, each on its share of the unit. */
  batchLanes: optionalFact,
  onchip: optionalFact,
  cache: optionalFact,
  alignment: z.strictObject({ outputChannels: factSchema, inputChannels: factSchema }).nullable(),
  runtimes: z.array(z.strictObject({ id: z.enum(runtimeIds), precisions: z.array(z.enum(precisionIds)).min(1) })),
  active: optionalFact,
  process: optionalFact,
  note: text.nullable(),
})

export const powerModeSchema = z.strictObject({
  id: text,
  budget: optionalFact,
  cpuCores: optionalFact,
  cpuClock: optionalFact,
  gpuClock: optionalFact,
  npuClock: optionalFact,
  memoryClock: optionalFact,
  memoryBandwidth: optionalFact,
  gpuShare: optionalFact,
  note: text.nullable(),
})

export const deviceEntrySchema = z.strictObject({
  id: slug,
  name: text,
  vendor: text,
  chip: text,
  silicon: text,
  segment: z.enum(segments),
  lifecycle: z.enum(lifecycles),
  units: z.array(unitSchema).min(1),
  dram: z.strictObject({ type: text, size: optionalFact, bandwidth: optionalFact }).nullable(),
  flash: optionalFact,
  link: z.strictObject({ kind: text, bandwidth: optionalFact }).nullable(),
  powerModes: z.array(powerModeSchema),
  tdp: optionalFact,
  idle: optionalFact,
  /** Supply that the power holds at, on chips with a linear regulator. */
  linearSupply: optionalFact,
  price: optionalFact,
  pricePerHour: optionalFact,
  releaseYear: optionalFact,
  note: text.nullable(),
})

export const sourceSchema = z.strictObject({
  id: slug,
  title: text,
  publisher: text,
  /** Where to find it: domain, repository path, paper, section. */
  locator: text,
  /** Date or edition of the source itself, as precise as known. */
  date: text.nullable(),
  licence: text.nullable(),
  /** Day it was consulted; `null` = quoted from memory, nobody has opened it for this catalog. */
  retrieved: z.iso.date().nullable(),
})

export type CatalogFact = Readonly<z.infer<typeof factSchema>>
export type ClusterEntry = Readonly<z.infer<typeof clusterSchema>>
export type UnitEntry = Readonly<z.infer<typeof unitSchema>>
export type PowerModeEntry = Readonly<z.infer<typeof powerModeSchema>>
export type DeviceEntry = Readonly<z.infer<typeof deviceEntrySchema>>
export type Source = Readonly<z.infer<typeof sourceSchema>>
