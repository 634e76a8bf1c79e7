/**
 * The hierarchical fit (docs/method/calibration.md, CAL-3): Gauss–Newton on ln T with a normal prior on every scope's
 * logarithms, Huber weights, and effects of the networks (`network-effects.ts`), so that many rows of one network count as
 * one.
 *
 *     min Σ_i w_i ρ(ln y_i − ln T(Σ_s δ_s) − Σ u) + Σ_s (σ/τ_s)² ‖δ_s‖² + Σ σ² uᵀ C⁻¹ u
 *
 * Scopes are solved in turn, general before special, each with the others held (block Gauss–Seidel), and not to the end:
 * what the first sweeps leave to a special scope stays there. Deterministic, no randomness.
 */
import { choleskyFactor, choleskySolve } from '../../simulator/cholesky.ts'
import { type Scope, scopeLevels, type WorkKind } from '../../simulator/hardware/calibration.ts'
import { effectCorrelation, effectSd, type MeasuredNetwork } from '../../simulator/predict/network-effects.ts'
import { noiseSd } from '../../simulator/predict/prior-spread.ts'
import { type EffectBlock, effectBlock, effectSolver, solveEffects, type WeighedNetwork, weightsOf } from './effects.ts'
import { huberLog, priorSd } from './priors.ts'
import { logTime, type Profile, parameterCount } from './profile.ts'

export interface FitRow {
  /** Measured time, ln s. */
  readonly logSeconds: number
  readonly weight: number
  readonly work: WorkKind
  readonly profile: Profile
  /** One key per level; none is shared by the two kinds of work. */
  readonly scopes: readonly Scope[]
  /** Scopes of the network's effects, one per entry of `effectSd`. */
  readonly effectScopes: readonly string[]
  readonly network: MeasuredNetwork
}

export interface Fitted {
  readonly factors: ReadonlyMap<string, Float64Array>
  /** By scope (`network-effects.ts`). */
  readonly effects: ReadonlyMap<string, readonly WeighedNetwork[]>
}

export const linearizations = 5
export const sweeps = 15
/** A step of one solve; larger ones leave the region where the linearization holds. */
const longestStep = 1

export interface Block {
  readonly rows: readonly number[]
  readonly value: Float64Array
  readonly penalty: Float64Array
}

/** ∂ ln T / ∂ ln factor. A network has few of the kernels that parameters speak of, so most of a row is zero. */
export interface Gradients {
  /** [rows, parameters] */
  readonly values: Float64Array
  /** Parameters of each row whose gradient is not zero, in order [rows, parameters]; `counts` says how many. */
  readonly columns: Uint8Array
  readonly counts: Uint8Array
}

function emptyGradients(rows: number): Gradients {
  const size = rows * parameterCount
  return { values: new Float64Array(size), columns: new Uint8Array(size), counts: new Uint8Array(rows) }
}

function findColumns({ values, columns, counts }: Gradients): void {
  for (let row = 0; row < counts.length; row++) {
    const at = row * parameterCount
    let count = 0
    for (let j = 0; j < parameterCount; j++) if (values[at + j] !== 0) columns[at + count++] = j
    counts[row] = count
  }
}

/** A fit with what it is solved from, at its last linearization. */
export interface Solved {
  /** By level, then scope. */
  readonly blocks: readonly ReadonlyMap<string, Block>[]
  readonly effects: readonly ReadonlyMap<string, EffectBlock>[]
  readonly gradients: Gradients
  /** Of the rows, Huber's included. */
  readonly weights: Float64Array
}

export function fitFactors(rows: readonly FitRow[]): Fitted {
  const { blocks, effects } = solveFit(rows)
  return {
    factors: new Map(blocks.flatMap((level) => [...level].map(([key, { value }]) => [key, value] as const))),
    effects: new Map(
      effects.flatMap((level) => [...level].map(([scope, block]) => [scope, weightsOf(block)] as const)),
    ),
  }
}

export function solveFit(rows: readonly FitRow[]): Solved {
  const blocks = Array.from({ length: scopeLevels }, (_, level) => blocksOf(rows, level))
  const effects = Array.from({ length: effectLevels }, (_, level) => effectsOf(rows, level))
  const gradients = emptyGradients(rows.length)
  const residuals = new Float64Array(rows.length)
  const weights = new Float64Array(rows.length)

  for (let step = 0; step < linearizations; step++) {
    linearize(rows, blocks, effects, gradients, residuals, weights)
    sweepTimes(sweeps, { blocks, effects, gradients, weights }, residuals)
  }
  return { blocks, effects, gradients, weights }
}

/** Solves every scope in turn, `times` over; what is left stays in `residuals`. */
export function sweepTimes(
  times: number,
  { blocks, effects, gradients, weights }: Solved,
  residuals: Float64Array,
): void {
  const solvers = blocks.map((level) => [...level.values()].map((block) => factorOf(block, gradients, weights)))
  const effectSolvers = effects.map((level) => [...level.values()].map((block) => effectSolver(block, weights)))
  for (let sweep = 0; sweep < times; sweep++) {
    blocks.forEach((level, index) => {
      ;[...level.values()].forEach((block, at) => {
        const solver = solvers[index]?.[at]
        if (solver !== undefined) solveBlock(block, solver, gradients, residuals, weights)
      })
    })
    effects.forEach((level, index) => {
      ;[...level.values()].forEach((block, at) => {
        const solver = effectSolvers[index]?.[at]
        if (solver !== undefined) solveEffects(block, solver, residuals, weights)
      })
    })
  }
}

const effectLevels = effectSd.network.length

/** Of the rows of a scope, which are all of one. */
function workOf(rows: readonly FitRow[], members: readonly number[]): WorkKind {
  return rows[members[0] ?? 0]?.work ?? 'network'
}

function blocksOf(rows: readonly FitRow[], level: number): Map<string, Block> {
  return new Map(
    [...groupRows(rows, ({ scopes }) => scopes[level] ?? null)].map(([key, members]) => {
      const work = workOf(rows, members)
      const penalty = Float64Array.from({ length: parameterCount }, (_, j) => (noiseSd / priorSd(work, level, j)) ** 2)
      return [key, { rows: members, value: new Float64Array(parameterCount), penalty }] as const
    }),
  )
}

function effectsOf(rows: readonly FitRow[], level: number): Map<string, EffectBlock> {
  const networks = rows.map(({ network }) => network)
  return new Map(
    [...groupRows(rows, ({ effectScopes }) => effectScopes[level] ?? '')].map(([scope, members]) => {
      const sd = effectSd[workOf(rows, members)][level] ?? 0
      return [scope, effectBlock(members, networks, sd)] as const
    }),
  )
}

function groupRows(rows: readonly FitRow[], keyOf: (row: FitRow) => string | null): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  rows.forEach((row, index) => {
    const key = keyOf(row)
    if (key === null) return
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [index])
    else group.push(index)
  })
  return groups
}

function linearize(
  rows: readonly FitRow[],
  blocks: readonly ReadonlyMap<string, Block>[],
  effects: readonly ReadonlyMap<string, EffectBlock>[],
  gradients: Gradients,
  residuals: Float64Array,
  weights: Float64Array,
): void {
  const sum = new Float64Array(parameterCount)
  rows.forEach((row, i) => {
    sum.fill(0)
    row.scopes.forEach((key, level) => {
      const value = key === null ? undefined : blocks[level]?.get(key)?.value
      if (value !== undefined) for (let j = 0; j < parameterCount; j++) sum[j] = (sum[j] ?? 0) + (value[j] ?? 0)
    })
    const gradient = gradients.values.subarray(i * parameterCount, (i + 1) * parameterCount)
    residuals[i] = row.logSeconds - logTime(row.profile, sum, gradient)
  })
  findColumns(gradients)
  for (const level of effects) {
    for (const { rows: members, at, value } of level.values()) {
      members.forEach((row, index) => {
        residuals[row] = (residuals[row] ?? 0) - (value[at[index] ?? 0] ?? 0)
      })
    }
  }
  rows.forEach((row, i) => {
    weights[i] = row.weight * Math.min(1, huberLog / Math.max(Math.abs(residuals[i] ?? 0), Number.MIN_VALUE))
  })
}

/** Cholesky factor of the normal equations of one scope. */
function factorOf({ rows, penalty }: Block, gradients: Gradients, weights: Float64Array): Float64Array {
  const { values, columns, counts } = gradients
  const gram = new Float64Array(parameterCount * parameterCount)
  for (const row of rows) {
    const at = row * parameterCount
    const weight = weights[row] ?? 0
    const count = counts[row] ?? 0
    for (let i = 0; i < count; i++) {
      const a = columns[at + i] ?? 0
      const weighted = weight * (values[at + a] ?? 0)
      for (let j = 0; j <= i; j++) {
        const b = columns[at + j] ?? 0
        const cell = a * parameterCount + b
        gram[cell] = (gram[cell] ?? 0) + weighted * (values[at + b] ?? 0)
      }
    }
  }
  for (let a = 0; a < parameterCount; a++) {
    const cell = a * parameterCount + a
    gram[cell] = (gram[cell] ?? 0) + (penalty[a] ?? 0)
  }
  return choleskyFactor(gram, parameterCount)
}

function solveBlock(
  { rows, value, penalty }: Block,
  solver: Float64Array,
  { values, columns, counts }: Gradients,
  residuals: Float64Array,
  weights: Float64Array,
): void {
  const right = new Float64Array(parameterCount)
  for (const row of rows) {
    const weighted = (weights[row] ?? 0) * (residuals[row] ?? 0)
    const at = row * parameterCount
    const end = at + (counts[row] ?? 0)
    for (let i = at; i < end; i++) {
      const a = columns[i] ?? 0
      right[a] = (right[a] ?? 0) + weighted * (values[at + a] ?? 0)
    }
  }
  for (let a = 0; a < parameterCount; a++) right[a] = (right[a] ?? 0) - (penalty[a] ?? 0) * (value[a] ?? 0)
  const step = choleskySolve(solver, right)
  for (let a = 0; a < parameterCount; a++) {
    step[a] = Math.max(-longestStep, Math.min(longestStep, step[a] ?? 0))
    value[a] = (value[a] ?? 0) + (step[a] ?? 0)
  }
  for (const row of rows) {
    const at = row * parameterCount
    const end = at + (counts[row] ?? 0)
    let moved = 0
    for (let i = at; i < end; i++) {
      const a = columns[i] ?? 0
      moved += (values[at + a] ?? 0) * (step[a] ?? 0)
    }
    residuals[row] = (residuals[row] ?? 0) - moved
  }
}

/** ln s of a run, whether it took part in the fit or not. */
export function fittedLogTime(
  { work, profile, scopes, effectScopes, network }: Omit<FitRow, 'logSeconds' | 'weight'>,
  { factors, effects }: Fitted,
): number {
  const sum = new Float64Array(parameterCount)
  for (const scope of scopes) {
    const values = scope === null ? undefined : factors.get(scope)
    if (values !== undefined) for (let j = 0; j < parameterCount; j++) sum[j] = (sum[j] ?? 0) + (values[j] ?? 0)
  }
  let log = logTime(profile, sum, null)
  effectScopes.forEach((scope, level) => {
    const variance = (effectSd[work][level] ?? 0) ** 2
    for (const { network: other, weight } of effects.get(scope) ?? []) {
      log += variance * effectCorrelation(network, other) * weight
    }
  })
  return log
}
