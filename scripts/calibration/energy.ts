/**
 * Measured over predicted energy, shrunk from general to special (docs/method/energy.md, EN-7): tables of energies per
 * operation know neither regulators nor memories of a board.
 *
 *     ln factor of a scope = Σ w (ln e_measured − ln e_predicted) / (Σ w + (σ/τ)²)       over the scopes in turn
 */
import type { MeasuredRow } from '../../device-catalog/evidence/cases.ts'
import { predictedFigure } from '../../device-catalog/evidence/quantity.ts'
import { answer } from '../../device-catalog/pairs/question.ts'
import { calibrationScopes, workKindOf } from '../../simulator/hardware/calibration.ts'
import { resolveTarget } from '../../simulator/hardware/target.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import { ProblemError } from '../../simulator/problem.ts'

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
    const predicted = predictedFigure(answer(question), question, 'energy')
    if (predicted === null) return null
    const scopes = calibrationScopes(resolveTarget(request.device, request), workKindOf(request.summary))
    return { scopes, weight, residual: Math.log(value / predicted.p50) }
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}
