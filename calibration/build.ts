/** Evidence → calibration: the fit of the factors, the errors of rows held out, energies; docs/method/calibration.md. */

import { calibratedParameters, type LogFactors } from '../simulator/hardware/calibration.ts'
import { type Calibration, type CalibrationVersions, widthScopes } from '../simulator/predict/calibration.ts'
import { conformalWidths, type HalfWidths, type Score } from '../simulator/predict/conformal.ts'
import { type EvidenceLevel, evidenceLevels, type ScopeEvidence } from '../simulator/predict/evidence.ts'
import type { NetworkEffects } from '../simulator/predict/network-effects.ts'
import { energyFactors } from './energy.ts'
import type { MeasuredRow } from './evidence/cases.ts'
import type { EvidenceSource } from './evidence/read.ts'
import { groupOf, hashIndex } from './evidence/splits.ts'
import { type Fitted, fitFactors, fittedLogTime } from './fit/fit.ts'
import { measuredResults } from './measured.ts'
import { type CalibrationRow, calibrationRows } from './rows.ts'

/** What a fold leaves out, what errors are counted in (cells of one network are not independent), and how many folds. */
interface Distance {
  groupOf(row: CalibrationRow): string
  countedBy(row: CalibrationRow): string
  /** Each a fit. Devices are few, and what is known of a new one hangs on each of the others. */
  readonly folds: number
  /** A scope of the row that the rest must know, or the row would be at a farther level; `null` = none. */
  known(row: CalibrationRow): string | null
}

const network = ({ asked }: CalibrationRow): string => groupOf(asked, 'model')
const device = ({ asked }: CalibrationRow): string => groupOf(asked, 'device')
const family = ({ target }: CalibrationRow): string => target.unit.family

const distances: Readonly<Record<EvidenceLevel, Distance>> = {
  // All but the one cell: what published figures of the pair are then weighed against.
  measured: {
    groupOf: ({ asked, evidence }) => `${asked.presetId}|${evidence.target}`,
    countedBy: network,
    folds: 5,
    known: () => null,
  },
  validated: { groupOf: network, countedBy: network, folds: 5, known: ({ evidence }) => evidence.target },
  transferred: { groupOf: device, countedBy: device, folds: 10, known: ({ evidence }) => evidence.family },
  extrapolated: { groupOf: family, countedBy: family, folds: 8, known: () => null },
}

/** What a calibration is made from: hash of all of it, and the versions that it is refused without. */
export interface CalibrationInputs extends CalibrationVersions {
  readonly hash: string
}

/** `asked`: levels that intervals are needed for. `sources`: where rows come from, to be named beside their figures. */
export function buildCalibration(
  measured: readonly MeasuredRow[],
  inputs: CalibrationInputs,
  asked: readonly EvidenceLevel[] = evidenceLevels,
  sources: ReadonlyMap<string, EvidenceSource> = new Map(),
): Calibration {
  const rows = calibrationRows(measured)
  const widthsOf = (each: EvidenceLevel): Record<string, HalfWidths> =>
    asked.includes(each) ? heldOutWidths(rows, distances[each]) : {}
  return assemble(rows, measured, fitFactors(rows), inputs, sources, {
    measured: widthsOf('measured'),
    validated: widthsOf('validated'),
    transferred: widthsOf('transferred'),
    extrapolated: widthsOf('extrapolated'),
  })
}

function heldOutWidths(
  rows: readonly CalibrationRow[],
  { groupOf: groupKey, countedBy, folds, known }: Distance,
): Record<string, HalfWidths> {
  const scores: Score[] = []
  for (let fold = 0; fold < folds; fold++) {
    const isInside = (row: CalibrationRow): boolean => hashIndex(groupKey(row), folds) === fold
    const training = rows.filter((row) => !isInside(row))
    const inside = rows.filter((row) => isInside(row))
    const scopes = new Set(training.map(known))
    const fitted = fitFactors(training)
    for (const row of inside) if (scopes.has(known(row))) scores.push(scoreOf(row, fitted, countedBy(row)))
  }
  return conformalWidths(scores)
}

function scoreOf(row: CalibrationRow, fitted: Fitted, group: string): Score {
  return {
    logError: row.logSeconds - fittedLogTime(row, fitted),
    group,
    weight: row.weight,
    scopes: widthScopes(row.target, row.work),
  }
}

/** Smaller logarithms change nothing that is shown. */
const leastLog = 0.002
const decimals = 1e4

function assemble(
  rows: readonly CalibrationRow[],
  measured: readonly MeasuredRow[],
  fitted: Fitted,
  inputs: CalibrationInputs,
  sources: ReadonlyMap<string, EvidenceSource>,
  widths: Calibration['widths'],
): Calibration {
  const { factors, effects } = fitted
  const calibration: Calibration = {
    version: 1,
    inputs: inputs.hash,
    factsVersion: inputs.factsVersion,
    engineVersion: inputs.engineVersion,
    factors: Object.fromEntries([...factors].map(([scope, values]) => [scope, logFactorsOf(values)])),
    effects: networkEffects(rows, effects),
    evidence: evidenceOf(rows),
    widths,
    energy: {},
    measured: measuredResults(rows, fitted, inputs.hash, sources),
  }
  return { ...calibration, energy: energyFactors(measured, calibration) }
}

function logFactorsOf(values: Float64Array): LogFactors {
  return Object.fromEntries(
    calibratedParameters.flatMap((name, index) => {
      const value = rounded(values[index] ?? 0)
      return Math.abs(value) < leastLog ? [] : [[name, value]]
    }),
  )
}

function rounded(value: number): number {
  return Math.round(value * decimals) / decimals
}

function networkEffects(rows: readonly CalibrationRow[], effects: Fitted['effects']): NetworkEffects {
  const networks = [...new Map(rows.map((row) => [row.architectureId, row.network])).values()]
  const indexByKey = new Map(networks.map(({ architectureId }, index) => [architectureId, index]))
  return {
    networks,
    weights: Object.fromEntries(
      [...effects].map(([scope, weights]) => [
        scope,
        weights.map(({ network, weight }) => [indexByKey.get(network.architectureId) ?? -1, rounded(weight)] as const),
      ]),
    ),
  }
}

/** Of the scopes of the fit, and of those that the levels of evidence speak of. */
function evidenceOf(rows: readonly CalibrationRow[]): Record<string, ScopeEvidence> {
  const members = new Map<string, CalibrationRow[]>()
  for (const row of rows) {
    for (const scope of new Set([...row.scopes, ...Object.values(row.evidence)])) {
      if (scope === null) continue
      const known = members.get(scope)
      if (known === undefined) members.set(scope, [row])
      else known.push(row)
    }
  }
  return Object.fromEntries([...members].map(([scope, inside]) => [scope, countOf(inside)]))
}

function countOf(rows: readonly CalibrationRow[]): ScopeEvidence {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const { macsPerItem } of rows) {
    least = Math.min(least, macsPerItem)
    most = Math.max(most, macsPerItem)
  }
  return {
    rows: rows.length,
    networks: new Set(rows.map(({ architectureId }) => architectureId)).size,
    devices: new Set(rows.map(({ target }) => target.device.id)).size,
    macs: [least, most],
  }
}
