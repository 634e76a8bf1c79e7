/** One scope's effects of networks, solved together: networks that are alike hold each other. */
import { choleskyFactor, choleskySolve } from '../../simulator/cholesky.ts'
import { effectCorrelation, type MeasuredNetwork } from '../../simulator/predict/network-effects.ts'
import { noiseSd } from '../../simulator/predict/prior-spread.ts'

export interface WeighedNetwork {
  readonly network: MeasuredNetwork
  /** α. */
  readonly weight: number
}

export interface EffectBlock {
  readonly rows: readonly number[]
  /** Index of each row's network. */
  readonly at: Int32Array
  readonly networks: readonly MeasuredNetwork[]
  /** σ² C⁻¹, [networks, networks]. */
  readonly penalty: Float64Array
  /** u. */
  readonly value: Float64Array
}

/** `networks`: one per row of the whole fit. `sd`: τ of the scope. */
export function effectBlock(rows: readonly number[], networks: readonly MeasuredNetwork[], sd: number): EffectBlock {
  const indexByKey = new Map<string, number>()
  const own: MeasuredNetwork[] = []
  const at = Int32Array.from(rows, (row) => {
    const network = networks[row]
    if (network === undefined) throw new Error('every row has a network')
    const known = indexByKey.get(network.architectureId)
    if (known !== undefined) return known
    indexByKey.set(network.architectureId, own.length)
    return own.push(network) - 1
  })
  return { rows, at, networks: own, penalty: precision(own, sd), value: new Float64Array(own.length) }
}

/** Against networks that are alike in all but their id. */
const jitter = 1e-6

function precision(networks: readonly MeasuredNetwork[], sd: number): Float64Array {
  const n = networks.length
  const covariance = new Float64Array(n * n)
  networks.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = networks[j]
      if (b === undefined) continue
      const value = effectCorrelation(a, b) * sd ** 2 + (i === j ? jitter : 0)
      covariance[i * n + j] = value
      covariance[j * n + i] = value
    }
  })
  const factor = choleskyFactor(covariance, n)
  const inverse = new Float64Array(n * n)
  const unit = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    unit.fill(0)
    unit[i] = noiseSd ** 2
    inverse.set(choleskySolve(factor, unit), i * n)
  }
  return inverse
}

/** Cholesky factor of W + σ² C⁻¹. */
export function effectSolver({ rows, at, penalty, value }: EffectBlock, weights: Float64Array): Float64Array {
  const n = value.length
  const matrix = penalty.slice()
  rows.forEach((row, index) => {
    const cell = (at[index] ?? 0) * (n + 1)
    matrix[cell] = (matrix[cell] ?? 0) + (weights[row] ?? 0)
  })
  return choleskyFactor(matrix, n)
}

export function solveEffects(
  block: EffectBlock,
  solver: Float64Array,
  residuals: Float64Array,
  weights: Float64Array,
): void {
  const { rows, at, value } = block
  const right = pull(block).map((each) => -each)
  rows.forEach((row, index) => {
    const network = at[index] ?? 0
    right[network] = (right[network] ?? 0) + (weights[row] ?? 0) * (residuals[row] ?? 0)
  })
  const step = choleskySolve(solver, right)
  step.forEach((each, network) => {
    value[network] = (value[network] ?? 0) + each
  })
  rows.forEach((row, index) => {
    residuals[row] = (residuals[row] ?? 0) - (step[at[index] ?? 0] ?? 0)
  })
}

/** σ² C⁻¹ u. */
function pull({ penalty, value }: EffectBlock): Float64Array {
  const n = value.length
  return value.map((_, i) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += (penalty[i * n + j] ?? 0) * (value[j] ?? 0)
    return sum
  })
}

/** α = C⁻¹ u. */
export function weightsOf(block: EffectBlock): readonly WeighedNetwork[] {
  const pulled = pull(block)
  return block.networks.map((network, index) => ({ network, weight: (pulled[index] ?? 0) / noiseSd ** 2 }))
}
