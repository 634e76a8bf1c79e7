/**
 * What measured results taught about the latency law (docs/method/calibration.md): how much longer each part of a run
 * takes than the documented defaults say, as logarithms that add up from general to special scopes.
 *
 *     ln factor = Σ over the scopes that hold the target
 *
 * A scope without evidence adds nothing, so a new device is answered by its family, its runtime and its kind.
 */
import { shapeDimensions } from '../cost/kernel-shape.ts'
import { kernelTraits } from '../cost/kernel-traits.ts'
import { keepsCache } from '../cost/kv-cache.ts'
import { type Arithmetic, type PrecisionId, precisions } from '../graph/precision.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { bytesPerSFromGbs, topsFromMacsPerS } from '../quantities.ts'
import type { UnitKind } from './device.ts'
import type { Rates } from './rates.ts'
import type { Target } from './target.ts'

/**
 * Parts of a run whose time is scaled; `kernel.*` scale everything but the start of kernels with that trait, `shape.*` are
 * exponents of their sizes.
 */
const timeParameters = [
  ...kernelTraits.map((trait) => `kernel.${trait}` as const),
  ...shapeDimensions.map((dimension) => `shape.${dimension}` as const),
  'compute',
  'dram',
  'onchip',
  'link',
  'kernelStart',
  'runStart',
] as const

/**
 * Of the run as a whole. `rate`: time between finished runs where several are in flight. `batch`, `threads`: per e-fold.
 * `peak`, `bandwidth`, `year`: how far a data sheet and an age can be trusted to tell one device of a kind from another.
 */
const runParameters = ['scale', 'rate', 'batch', 'threads', 'peak', 'bandwidth', 'year'] as const

export const calibratedParameters = [...timeParameters, ...runParameters] as const
type CalibratedParameter = (typeof calibratedParameters)[number]

export const parameterIndex = new Map<string, number>(calibratedParameters.map((name, index) => [name, index]))

function indexOf(name: CalibratedParameter): number {
  return parameterIndex.get(name) ?? 0
}
export const traitCount = kernelTraits.length
export const firstShapeParameter = indexOf('shape.rows')
export const computeAt = indexOf('compute')
export const dramAt = indexOf('dram')
export const onchipAt = indexOf('onchip')
export const linkAt = indexOf('link')
export const kernelStartAt = indexOf('kernelStart')
export const runStartAt = indexOf('runStart')
export const firstRunParameter = timeParameters.length
export const rateAt = indexOf('rate')
export const scaleAt = indexOf('scale')

/** Logarithms of factors by parameter; what is not listed is 0. */
export type LogFactors = Readonly<Partial<Record<CalibratedParameter, number>>>

const integers: ReadonlySet<Arithmetic> = new Set(['int8', 'int4', 'analog'])

/** Number formats that share an implementation: floating point, 8-bit, 8-bit weights with wider activations. */
export function numberFamily(precision: PrecisionId): 'float' | 'integer' | 'mixed' {
  const { arithmetic, weightBits, activationBits } = precisions[precision]
  if (weightBits !== activationBits) return 'mixed'
  return integers.has(arithmetic) ? 'integer' : 'float'
}

/** Results of one release of a runtime on a kind of unit. */
export function releaseScope(kind: UnitKind, runtimeId: string, release: string): string {
  return `${kind}|${runtimeId}|${release}`
}

/**
 * What is calibrated together: networks, and passes of language models, which have libraries, kernels and formats of their
 * own and are bound by other parts of a machine. Neither teaches about the other.
 */
export type WorkKind = 'network' | 'decoder'

export function workKindOf(summary: GraphSummary): WorkKind {
  return keepsCache(summary) ? 'decoder' : 'network'
}

/** A key of networks is the plain one. */
export function scopeOf(work: WorkKind, key: string): string {
  return work === 'network' ? key : `${work}:${key}`
}

/** Key of a scope; `null` = the target is in none of this level. */
export type Scope = string | null

/**
 * Keys of the scopes that hold a target, one per level, from general to special. The die comes before the family, which
 * would else learn from a die of its own what is true of that die alone.
 */
export function calibrationScopes(
  { device, unit, runtime, release, precision }: Target,
  work: WorkKind,
): readonly Scope[] {
  const numbers = numberFamily(precision)
  const keys = [
    unit.kind,
    `${unit.kind}|${numbers}`,
    `${unit.kind}|${runtime.id}`,
    `${unit.kind}|${runtime.id}|${numbers}`,
    release === null ? null : releaseScope(unit.kind, runtime.id, release),
    device.silicon === device.id ? null : `die:${device.silicon}|${unit.id}|${unit.family}`,
    `family:${unit.family}`,
    `family:${unit.family}|${runtime.id}|${numbers}`,
    `device:${device.id}|${unit.id}|${unit.family}`,
    `device:${device.id}|${unit.id}|${unit.family}|${runtime.id}|${precision}`,
  ]
  return keys.map((key) => (key === null ? null : scopeOf(work, key)))
}
export const scopeLevels = 10

const middlingBytesPerS = bytesPerSFromGbs(50)
const middlingYear = 2021

/** What the run parameters multiply, in their order. Logarithms are centred on a middling device. */
export function covariatesOf({ device }: Target, rates: Rates, batch: number, isRate = false): readonly number[] {
  const bandwidth = rates.dramBytesPerS?.value ?? middlingBytesPerS
  return [
    1,
    isRate ? 1 : 0,
    Math.log(batch),
    Math.log(rates.cores),
    Math.log(topsFromMacsPerS(rates.peakMacsPerS.value)) / 2,
    Math.log(bandwidth / middlingBytesPerS) / 2,
    ((device.releaseYear ?? middlingYear) - middlingYear) / 4,
  ]
}

type FactorsByScope = Readonly<Record<string, LogFactors>>

/** Scopes that have factors, as rows of numbers, each unpacked once. */
const unpacked = new WeakMap<FactorsByScope, Map<string, Float64Array>>()

function factorsOf(byScope: FactorsByScope, scope: string): Float64Array | null {
  const factors = byScope[scope]
  if (factors === undefined) return null
  const rows = unpacked.get(byScope) ?? new Map<string, Float64Array>()
  unpacked.set(byScope, rows)
  const known = rows.get(scope)
  if (known !== undefined) return known
  const row = new Float64Array(calibratedParameters.length)
  for (const [name, value] of Object.entries(factors)) {
    const index = parameterIndex.get(name)
    if (index !== undefined) row[index] = value
  }
  rows.set(scope, row)
  return row
}

/** ln factors of one target: the sum over its scopes. */
export function sumFactors(scopes: readonly Scope[], byScope: FactorsByScope): Float64Array {
  const sum = new Float64Array(calibratedParameters.length)
  for (const scope of scopes) {
    const row = scope === null ? null : factorsOf(byScope, scope)
    if (row !== null) for (let j = 0; j < row.length; j++) sum[j] = (sum[j] ?? 0) + (row[j] ?? 0)
  }
  return sum
}

/** Fitted factors by scope. */
export interface TimeCalibration {
  readonly factors: Readonly<Record<string, LogFactors>>
}
