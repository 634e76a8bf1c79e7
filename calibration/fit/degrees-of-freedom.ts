/**
 * How many free numbers the fit has in effect (Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*, 2009,
 * §7.6): the trace of the matrix that takes measured to fitted, with each scope's block taken alone,
 *
 *     Σ_blocks tr((G + P)⁻¹ G)          G: weighted Gram matrix of the block's rows, P: penalty of its prior
 *
 * Scopes share rows, and what one explains another need not, so this is an upper bound of the trace of all together.
 */
import { choleskySolve } from '../../simulator/cholesky.ts'
import { type EffectBlock, effectSolver } from './effects.ts'
import { type Block, type FitRow, factorOf, gramOf, type Solved, solveFit } from './fit.ts'
import { parameterCount } from './profile.ts'

export interface LevelFreedom {
  /** Of `calibrationScopes` for factors, of `effectScopes` for effects of networks. */
  readonly kind: 'factors' | 'effects'
  readonly level: number
  readonly scopes: number
  /** Numbers that some row depends on. */
  readonly parameters: number
  readonly degreesOfFreedom: number
}

export function degreesOfFreedom(rows: readonly FitRow[]): LevelFreedom[] {
  const solved = solveFit(rows)
  return [
    ...solved.blocks.map((level, index) => ({
      kind: 'factors' as const,
      level: index,
      ...total([...level.values()].map((block) => factorFreedom(block, solved))),
    })),
    ...solved.effects.map((level, index) => ({
      kind: 'effects' as const,
      level: index,
      ...total([...level.values()].map((block) => effectFreedom(block, solved))),
    })),
  ]
}

interface Freedom {
  readonly parameters: number
  readonly degreesOfFreedom: number
}

function total(blocks: readonly Freedom[]): Freedom & { readonly scopes: number } {
  return {
    scopes: blocks.length,
    parameters: blocks.reduce((sum, { parameters }) => sum + parameters, 0),
    degreesOfFreedom: blocks.reduce((sum, block) => sum + block.degreesOfFreedom, 0),
  }
}

function factorFreedom(block: Block, { gradients, weights }: Solved): Freedom {
  const n = parameterCount
  const gram = gramOf(block, gradients, weights)
  const solver = factorOf(block, gradients, weights)
  const column = new Float64Array(n)
  let [parameters, trace] = [0, 0]
  for (let a = 0; a < n; a++) {
    if ((gram[a * n + a] ?? 0) === 0) continue
    parameters++
    // The Gram matrix is kept as its lower triangle.
    for (let b = 0; b < n; b++) column[b] = (b <= a ? gram[a * n + b] : gram[b * n + a]) ?? 0
    trace += choleskySolve(solver, column)[a] ?? 0
  }
  return { parameters, degreesOfFreedom: trace }
}

function effectFreedom(block: EffectBlock, { weights }: Solved): Freedom {
  const n = block.value.length
  const solver = effectSolver(block, weights)
  const gram = new Float64Array(n)
  block.rows.forEach((row, index) => {
    const network = block.at[index] ?? 0
    gram[network] = (gram[network] ?? 0) + (weights[row] ?? 0)
  })
  let trace = 0
  for (let a = 0; a < n; a++) {
    const column = new Float64Array(n)
    column[a] = gram[a] ?? 0
    trace += choleskySolve(solver, column)[a] ?? 0
  }
  return { parameters: n, degreesOfFreedom: trace }
}
