/**
 * Measured over predicted power, shrunk from general to special (docs/method/energy.md, EN-7): tables of energies per
 * operation know neither regulators nor memories of a board. Energy is power × time, and the time has a fit of its own.
 *
 *     ln P/P' = ln (e/e') − ln (t/t')          e', t', P': predicted
 *     ln factor of a scope = Σ w ln (P/P') / (Σ w + (σ/τ)²)          over the scopes in turn
 */

import { isTime, predictedFigure } from '../device-catalog/pairs/quantity.ts'
import { answer } from '../device-catalog/pairs/question.ts'
import { askedTarget } from '../simulator/predict/asked-target.ts'
import { type Calibration, powerScopes } from '../simulator/predict/calibration.ts'
import { ProblemError } from '../simulator/problem.ts'
import type { MeasuredRow } from './evidence/cases.ts'
import { measurementsOf } from './evidence/measurements.ts'

/** Spread of one measurement over the spread allowed to a scope, squared. */
const penalty = 0.5
const sweeps = 10
const leastTrust = 3

interface EnergyRow {
  readonly scopes: readonly string[]
  readonly weight: number
  residual: number
}

export function energyFactors(measured: readonly MeasuredRow[], calibration: Calibration): Record<string, number> {
  const rows = measured.flatMap((each) => energyRow(each, calibration) ?? [])
  const byScope = new Map<string, EnergyRow[]>()
  for (const row of rows) {
    for (const scope of row.scopes) byScope.set(scope, [...(byScope.get(scope) ?? []), row])
  }
  const factors: Record<string, number> = {}
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const [scope, members] of byScope) {
      const before = factors[scope] ?? 0
      let right = -penalty * before
      let gram = penalty
      for (const { weight, residual } of members) {
        right += weight * residual
        gram += weight
      }
      const step = right / gram
      factors[scope] = before + step
      for (const row of members) row.residual -= step
    }
  }
  return factors
}

function energyRow({ asked, value, weight, row }: MeasuredRow, calibration: Calibration): EnergyRow | null {
  if (asked.quantity !== 'energy' || weight === 0 || row.trust < leastTrust || !row.isNewest) return null
  const { request } = asked.question
  const question = { ...asked.question, request: { ...request, calibration } }
  try {
    const prediction = answer(question)
    const predicted = predictedFigure(prediction, question, 'energy')
    const [main] = measurementsOf(row)
    const figure = main === undefined ? null : predictedFigure(prediction, question, main.quantity)
    if (predicted === null || main === undefined || figure === null) return null
    const logTime = Math.log(main.value / figure.p50) * (isTime(main.quantity) ? 1 : -1)
    const scopes = powerScopes(askedTarget(request))
    return { scopes, weight, residual: Math.log(value / predicted.p50) - logTime }
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}
