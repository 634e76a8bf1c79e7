/**
 * How many free numbers the fit has in effect (CAL-6; Hastie, Tibshirani & Friedman, *The Elements of Statistical Learning*,
 * 2009, §7.6): the trace of the matrix H that takes measured to fitted logarithms, estimated as zᵀHz over vectors of ±1
 * (Hutchinson 1990) that are fixed, so that every run says the same. H is what the fit does at its last linearization, with
 * its weights and as many sweeps as it has had.
 */
import { makeRandom } from '../../simulator/random.ts'
import type { EffectBlock } from './effects.ts'
import {
  type Block,
  type FitRow,
  type Gradients,
  linearizations,
  type Solved,
  solveFit,
  sweeps,
  sweepTimes,
} from './fit.ts'
import { parameterCount } from './profile.ts'

export interface LevelFreedom {
  /** Of `calibrationScopes` for factors, of `effectScopes` for effects of networks. */
  readonly kind: 'factors' | 'effects'
  readonly level: number
  readonly scopes: number
  /** Numbers that some row depends on. */
  readonly parameters: number
  /** The part of the trace that this level explains; the levels add up to all of it. */
  readonly degreesOfFreedom: number
}

/** The estimate is off by √(2 tr H² / probes): some 1 % of thousands. */
const probes = 4
/** Small, so that no step is cut short (`longestStep`); the smoother is linear. */
const amplitude = 1e-3

export function degreesOfFreedom(rows: readonly FitRow[]): LevelFreedom[] {
  const solved = solveFit(rows)
  const levels = levelsOf(solved)
  const explained = levels.map(() => 0)
  for (let probe = 0; probe < probes; probe++) {
    const random = makeRandom(probe)
    const signs = Float64Array.from(rows, () => (random.uniform() < 0.5 ? 1 : -1))
    const fresh = withoutValues(solved)
    sweepTimes(
      linearizations * sweeps,
      fresh,
      signs.map((sign) => sign * amplitude),
    )
    explainedBy(fresh, signs).forEach((part, level) => {
      explained[level] = (explained[level] ?? 0) + part / (amplitude * probes)
    })
  }
  return levels.map((level, index) => ({ ...level, degreesOfFreedom: Math.max(0, explained[index] ?? 0) }))
}

function levelsOf({ blocks, effects, gradients }: Solved): Omit<LevelFreedom, 'degreesOfFreedom'>[] {
  return [
    ...blocks.map((level, index) => ({
      kind: 'factors' as const,
      level: index,
      scopes: level.size,
      parameters: sum([...level.values()].map((block) => usedParameters(block, gradients))),
    })),
    ...effects.map((level, index) => ({
      kind: 'effects' as const,
      level: index,
      scopes: level.size,
      parameters: sum([...level.values()].map(({ networks }) => networks.length)),
    })),
  ]
}

function usedParameters({ rows }: Block, { columns, counts }: Gradients): number {
  const used = new Set<number>()
  for (const row of rows) {
    const at = row * parameterCount
    for (let i = at; i < at + (counts[row] ?? 0); i++) used.add(columns[i] ?? 0)
  }
  return used.size
}

function withoutValues(solved: Solved): Solved {
  const empty = <B extends Block | EffectBlock>(level: ReadonlyMap<string, B>) =>
    new Map([...level].map(([scope, block]) => [scope, { ...block, value: new Float64Array(block.value.length) }]))
  return { ...solved, blocks: solved.blocks.map(empty), effects: solved.effects.map(empty) }
}

/** Σ z_i · (what the level adds to row i), by level in the order of `levelsOf`. */
function explainedBy({ blocks, effects, gradients }: Solved, signs: Float64Array): number[] {
  const ofFactors = ({ rows, value }: Block) =>
    sum(
      rows.map((row) => {
        const gradient = gradients.values.subarray(row * parameterCount, (row + 1) * parameterCount)
        return (signs[row] ?? 0) * gradient.reduce((fitted, each, j) => fitted + each * (value[j] ?? 0), 0)
      }),
    )
  const ofEffects = ({ rows, at, value }: EffectBlock) =>
    sum(rows.map((row, index) => (signs[row] ?? 0) * (value[at[index] ?? 0] ?? 0)))
  return [
    ...blocks.map((level) => sum([...level.values()].map(ofFactors))),
    ...effects.map((level) => sum([...level.values()].map(ofEffects))),
  ]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
