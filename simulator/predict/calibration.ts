/**
 * A calibration: all that measured results taught, as data made by `npm run calibrate` and passed in like the catalog.
 * Networks are known by the hash of their graph; nothing here knows a name.
 */

import type { GraphSummary } from '../graph/summary.ts'
import {
  calibrationScopes,
  type LogFactors,
  numberFamily,
  scaleAt,
  scopeOf,
  sumFactors,
  type TimeCalibration,
  type WorkKind,
  workKindOf,
} from '../hardware/calibration.ts'
import type { Target } from '../hardware/target.ts'
import { fail } from '../problem.ts'
import { type HalfWidths, widthsFor } from './conformal.ts'
import { effectOf, isMeasuredIn, type NetworkEffects, placeNetwork } from './network-effects.ts'

/** How well what is asked is known; each has errors of its own, from rows held out in the same way. */
export const acquaintances = ['sister', 'network', 'device'] as const
/**
 * `sister`: the target has been measured and so has the network on its sisters; `network`: the target has, the network
 * has not; `device`: the target has not.
 */
export type Acquaintance = (typeof acquaintances)[number]

export interface ScopeEvidence {
  readonly rows: number
  readonly networks: number
  /** Smallest and largest, of one item. */
  readonly macs: readonly [number, number]
}

/** What it was made from. */
export interface CalibrationVersions {
  readonly factsVersion: string
  readonly engineVersion: string
}

export interface Calibration extends TimeCalibration, CalibrationVersions {
  readonly version: 1
  /** SHA-256 of the evidence, the catalog and the engine that it was made from. */
  readonly inputs: string
  readonly factors: Readonly<Record<string, LogFactors>>
  /** How networks differ from the law, ln. */
  readonly effects: NetworkEffects
  /** Rows behind each scope. */
  readonly evidence: Readonly<Record<string, ScopeEvidence>>
  readonly widths: Readonly<Record<Acquaintance, Readonly<Record<string, HalfWidths>>>>
  /** ln (measured / predicted) energy by scope. */
  readonly energy: Readonly<Record<string, number>>
}

/** Scopes of the effects of networks, in the order of `effectSd`. */
export function effectScopes({ device, unit, runtime, precision }: Target, work: WorkKind): readonly string[] {
  const numbers = numberFamily(precision)
  const keys = [
    unit.kind,
    `${unit.kind}|${numbers}`,
    `${unit.kind}|${runtime.id}|${numbers}`,
    `device:${device.id}|${unit.id}|${unit.family}`,
  ]
  return keys.map((key) => scopeOf(work, key))
}

/**
 * Scopes of the power, general first: how hard a runtime drives a unit, and the board around it. Of numbers and releases
 * it depends through the time alone.
 */
export function powerScopes({ device, unit, runtime, precision }: Target): readonly string[] {
  const on = `device:${device.id}|${unit.id}|${unit.family}`
  return [unit.kind, `${unit.kind}|${runtime.id}`, `family:${unit.family}`, on, `${on}|${runtime.id}|${precision}`]
}

/** Families of the intervals, general first. */
export function widthScopes({ unit, runtime, precision }: Target, work: WorkKind): readonly string[] {
  const numbers = numberFamily(precision)
  const keys = [
    'all',
    unit.kind,
    `${unit.kind}|${numbers}`,
    `${unit.kind}|${runtime.id}|${numbers}`,
    `family:${unit.family}|${runtime.id}|${numbers}`,
  ]
  return keys.map((key) => scopeOf(work, key))
}

/** A network on a target, as far as the evidence knows the two. */
export interface Calibrated {
  readonly logFactors: Float64Array
  readonly acquaintance: Acquaintance
  readonly widths: HalfWidths | null
  /** Rows in the narrowest scope that has any; 0 = none of this kind of unit was ever measured. */
  readonly rows: number
  /** Smallest and largest network measured on the kind of unit, MACs of one item; `null` = none. */
  readonly macs: readonly [number, number] | null
  /** ln (measured / predicted) energy. */
  readonly logEnergy: number
  /** Power of this unit of the device was measured. */
  readonly isPowerMeasured: boolean
}

/** Of `powerScopes`: the unit of the device. */
const powerOnUnit = 3
/** Of `effectScopes`: the same kind of unit, runtime and numbers. */
const sisterLevel = 2
/** Networks that a target must have been measured with before it counts as known. */
const enoughNetworks = 3

/** The calibration where it was made from these facts by this simulator. Throws `calibration-mismatch`. */
export function matching(calibration: Calibration, current: CalibrationVersions): Calibration {
  const { factsVersion, engineVersion } = calibration
  if (factsVersion === current.factsVersion && engineVersion === current.engineVersion) return calibration
  throw fail('calibration-mismatch', 'Calibrate again: npm run calibrate.', {
    where: 'calibration',
    expected: `facts ${current.factsVersion}, engine ${current.engineVersion}`,
    received: `facts ${factsVersion}, engine ${engineVersion}`,
  })
}

export function calibrate(
  calibration: Calibration,
  target: Target,
  summary: GraphSummary,
  modelId: string,
): Calibrated {
  const { effects, evidence } = calibration
  const work = workKindOf(summary)
  const scopes = calibrationScopes(target, work)
  const named = scopes.filter((scope) => scope !== null)
  const networkScopes = effectScopes(target, work)
  const network = placeNetwork(effects, summary, modelId)
  const logFactors = sumFactors(scopes, calibration.factors)
  logFactors[scaleAt] = (logFactors[scaleAt] ?? 0) + effectOf(effects, network, work, networkScopes)
  const isKnownTarget = (evidence[named.at(-1) ?? '']?.networks ?? 0) >= enoughNetworks
  const hasSister = isMeasuredIn(effects, network, networkScopes[sisterLevel] ?? '')
  const acquaintance = isKnownTarget ? (hasSister ? 'sister' : 'network') : 'device'
  const narrowest = named.toReversed().find((scope) => evidence[scope] !== undefined)
  return {
    logFactors,
    acquaintance,
    widths: widthsFor(widthScopes(target, work), calibration.widths[acquaintance]),
    rows: evidence[narrowest ?? '']?.rows ?? 0,
    macs: evidence[named[0] ?? '']?.macs ?? null,
    logEnergy: powerScopes(target).reduce((sum, scope) => sum + (calibration.energy[scope] ?? 0), 0),
    isPowerMeasured: calibration.energy[powerScopes(target)[powerOnUnit] ?? ''] !== undefined,
  }
}
