/**
 * A calibration: all that measured results taught, as data made by `npm run calibrate` and passed in like the catalog.
 * Networks are known by a key (`architectureIdOf`); nothing here knows a name.
 */

import { findKvCache } from '../cost/kv-cache.ts'
import { startsSequence } from '../cost/workload.ts'
import type { GraphSummary } from '../graph/summary.ts'
import {
  calibrationScopes,
  type LogFactors,
  numberFamily,
  rateAt,
  type Scope,
  scaleAt,
  scopeOf,
  sumFactors,
  type TimeCalibration,
  type WorkKind,
  workKindOf,
} from '../hardware/calibration.ts'
import type { Target } from '../hardware/target.ts'
import { fail } from '../problem.ts'
import { conditionOn } from './condition.ts'
import { type HalfWidths, widthsFor } from './conformal.ts'
import { type EvidenceCount, type EvidenceLevel, evidenceAt, evidenceScopes, type ScopeEvidence } from './evidence.ts'
import { type MeasuredResults, type PublishedFigure, resultsOf } from './measured.ts'
import { effectAt, type NetworkEffects, placeNetwork } from './network-effects.ts'

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
  /** Rows behind each scope, and behind those that the levels of evidence speak of (`evidence.ts`). */
  readonly evidence: Readonly<Record<string, ScopeEvidence>>
  /** Errors held out at the distance of each level. */
  readonly widths: Readonly<Record<EvidenceLevel, Readonly<Record<string, HalfWidths>>>>
  /** ln (measured / predicted) energy by scope. */
  readonly energy: Readonly<Record<string, number>>
  /** What was published, pair by pair; kept in a file of its own. */
  readonly measured: MeasuredResults | null
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
  /** Sums over the scopes, effects of the network and published figures of the pair included. */
  readonly logFactors: Float64Array
  readonly evidence: EvidenceCount
  /** Of one run, and of the time between two that are in flight; `null` = no errors were held out at this distance. */
  readonly widths: HalfWidths | null
  readonly rateWidths: HalfWidths | null
  /** Figures of this very pair. */
  readonly published: readonly PublishedFigure[]
  readonly shares: CalibrationShares
  /** Smallest and largest network measured on the kind of unit, MACs of one item; `null` = none. */
  readonly macs: readonly [number, number] | null
  /** ln (measured / predicted) energy. */
  readonly logEnergy: number
  /** Power of this unit of the device was measured. */
  readonly isPowerMeasured: boolean
}

/** What `logFactors` was added up from, for the explanation. */
export interface CalibrationShares {
  readonly scopes: readonly Scope[]
  readonly effects: readonly { readonly scope: string; readonly log: number }[]
  /** By published figures of the pair: on every time, and on the time between runs beside it. */
  readonly logMeasured: number
  readonly logMeasuredRate: number
}

/** A network that is asked about. */
export interface AskedNetwork {
  readonly summary: GraphSummary
  /** `architectureIdOf` */
  readonly architectureId: string
  /** Items per run. */
  readonly batch: number
}

/** Of `powerScopes`: the unit of the device. */
const powerOnUnit = 3

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

export function calibrate(calibration: Calibration, target: Target, asked: AskedNetwork): Calibrated {
  const { effects, evidence } = calibration
  const { summary, architectureId } = asked
  const work = workKindOf(summary)
  const scopes = calibrationScopes(target, work)
  const network = placeNetwork(effects, summary, architectureId)
  const ofNetwork = effectScopes(target, work).map((scope, level) => ({
    scope,
    log: effectAt(effects, network, work, scope, level),
  }))
  const results = pairResults(calibration, target, asked)
  const found = evidenceAt(evidence, evidenceScopes(target, work), results.length)
  const held = widthsFor(widthScopes(target, work), calibration.widths[found.level])
  const { precision } = target
  const pass = conditionOn(results, { batch: asked.batch, precision, isRate: false }, held)
  // Without a rate among them, rates err as runs do.
  const hasRate = results.some(({ isRate }) => isRate)
  const rate = hasRate ? conditionOn(results, { batch: asked.batch, precision, isRate: true }, held) : pass
  const logMeasured = pass?.logShift ?? 0
  const logMeasuredRate = (rate?.logShift ?? 0) - logMeasured
  const logFactors = sumFactors(scopes, calibration.factors)
  const logEffect = ofNetwork.reduce((sum, { log }) => sum + log, 0)
  logFactors[scaleAt] = (logFactors[scaleAt] ?? 0) + logEffect + logMeasured
  logFactors[rateAt] = (logFactors[rateAt] ?? 0) + logMeasuredRate
  return {
    logFactors,
    evidence: found,
    widths: pass?.widths ?? held,
    rateWidths: rate?.widths ?? held,
    published: results.map(({ figure }) => figure),
    shares: { scopes, effects: ofNetwork, logMeasured, logMeasuredRate },
    macs: evidence[scopeOf(work, target.unit.kind)]?.macs ?? null,
    logEnergy: powerScopes(target).reduce((sum, scope) => sum + (calibration.energy[scope] ?? 0), 0),
    isPowerMeasured: calibration.energy[powerScopes(target)[powerOnUnit] ?? ''] !== undefined,
  }
}

/** Published figures of the pair, of the same pass where a language model has two. */
function pairResults({ measured }: Calibration, target: Target, { summary, architectureId }: AskedNetwork) {
  if (measured === null) return []
  const work = workKindOf(summary)
  const results = resultsOf(measured, architectureId, evidenceScopes(target, work).target)
  if (work === 'network' || results.length === 0) return results
  const isPrompt = startsSequence(summary, findKvCache(summary))
  return results.filter(({ quantity }) => (quantity === 'tokensPerS') !== isPrompt)
}
