/** Evidence → calibration: the fit of the factors, the errors of rows held out, energies; docs/method/calibration.md. */

import { calibratedParameters, type LogFactors } from '../simulator/hardware/calibration.ts'
import {
  type Acquaintance,
  acquaintances,
  type Calibration,
  type CalibrationVersions,
  type ScopeEvidence,
  widthScopes,
} from '../simulator/predict/calibration.ts'
import { conformalWidths, type HalfWidths, type Score } from '../simulator/predict/conformal.ts'
import type { NetworkEffects } from '../simulator/predict/network-effects.ts'
import { energyFactors } from './energy.ts'
import type { MeasuredRow } from './evidence/cases.ts'
import { groupOf, hashIndex, type SplitAxis } from './evidence/splits.ts'
import { type Fitted, fitFactors, fittedLogTime } from './fit/fit.ts'
import { type CalibrationRow, calibrationRows } from './rows.ts'

/** How rows are held out for the errors of each acquaintance; a sister misses one cell of its network and target. */
const heldOutBy: Readonly<Record<Acquaintance, (row: CalibrationRow) => string>> = {
  network: ({ asked }) => groupOf(asked, 'model'),
  device: ({ asked }) => groupOf(asked, 'device'),
  sister: ({ asked, scopes }) => `${asked.presetId}|${scopes.at(-1)}`,
}

/** Groups that errors are counted in; cells of one network are not independent. */
const countedBy: Readonly<Record<Acquaintance, SplitAxis>> = { network: 'model', device: 'device', sister: 'model' }

/** Each a fit. Devices are few, and what is known of a new one hangs on each of the others. */
const heldOutIn: Readonly<Record<Acquaintance, number>> = { network: 5, device: 10, sister: 5 }

/** What a calibration is made from: hash of all of it, and the versions that it is refused without. */
export interface CalibrationInputs extends CalibrationVersions {
  readonly hash: string
}

/** `asked`: acquaintances that intervals are needed for. */
export function buildCalibration(
  measured: readonly MeasuredRow[],
  inputs: CalibrationInputs,
  asked: readonly Acquaintance[] = acquaintances,
): Calibration {
  const rows = calibrationRows(measured)
  const widthsOf = (each: Acquaintance): Record<string, HalfWidths> =>
    asked.includes(each) ? heldOutWidths(rows, each) : {}
  return assemble(rows, measured, fitFactors(rows), inputs, {
    sister: widthsOf('sister'),
    network: widthsOf('network'),
    device: widthsOf('device'),
  })
}

function heldOutWidths(rows: readonly CalibrationRow[], acquaintance: Acquaintance): Record<string, HalfWidths> {
  const groupKey = heldOutBy[acquaintance]
  const scores: Score[] = []
  const folds = heldOutIn[acquaintance]
  for (let fold = 0; fold < folds; fold++) {
    const isInside = (row: CalibrationRow): boolean => hashIndex(groupKey(row), folds) === fold
    const fitted = fitFactors(rows.filter((row) => !isInside(row)))
    for (const row of rows) if (isInside(row)) scores.push(scoreOf(row, fitted, countedBy[acquaintance]))
  }
  return conformalWidths(scores)
}

function scoreOf(row: CalibrationRow, fitted: Fitted, axis: SplitAxis): Score {
  return {
    logError: row.logSeconds - fittedLogTime(row, fitted),
    group: groupOf(row.asked, axis),
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
  { factors, effects }: Fitted,
  inputs: CalibrationInputs,
  widths: Calibration['widths'],
): Calibration {
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
  const networks = [...new Map(rows.map(({ network }) => [network.modelId, network])).values()]
  const indexById = new Map(networks.map(({ modelId }, index) => [modelId, index]))
  return {
    networks,
    weights: Object.fromEntries(
      [...effects].map(([scope, weights]) => [
        scope,
        weights.map(({ network, weight }) => [indexById.get(network.modelId) ?? -1, rounded(weight)] as const),
      ]),
    ),
  }
}

function evidenceOf(rows: readonly CalibrationRow[]): Record<string, ScopeEvidence> {
  const networks = new Map<string, Set<string>>()
  const counted: Record<string, ScopeEvidence> = {}
  for (const { scopes, modelId, macsPerItem } of rows) {
    for (const scope of scopes) {
      if (scope === null) continue
      const ids = networks.get(scope) ?? new Set()
      networks.set(scope, ids.add(modelId))
      const before = counted[scope]
      counted[scope] = {
        rows: (before?.rows ?? 0) + 1,
        networks: ids.size,
        macs: [
          Math.min(before?.macs[0] ?? macsPerItem, macsPerItem),
          Math.max(before?.macs[1] ?? macsPerItem, macsPerItem),
        ],
      }
    }
  }
  return counted
}
