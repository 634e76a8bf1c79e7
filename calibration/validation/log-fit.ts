/**
 * Positive constants of a law from measured times: Gauss–Newton on ln t with a normal prior on the logarithm of each
 * constant, and weights that make it the fit of least absolute error. Deterministic.
 */
import { weightedLeastSquares } from './least-squares.ts'

export interface LogConstant {
  readonly start: number
  /** Standard deviation of ln(constant / start) before any row is seen. */
  readonly logSd: number
  /** What it cannot exceed: efficiencies stop at 1. */
  readonly most: number
}

export interface LogFitRow {
  readonly measuredS: number
  readonly weight: number
}

const steps = 12
const difference = 1e-3
/** Errors smaller than this count like squares. */
const leastLogError = 0.05
/** Of ln t, what the prior's standard deviations are measured against. */
const noiseLogSd = 0.1
const longestStep = 0.7

/** `time(values, out)` fills the predicted seconds of every row. */
export function fitLogConstants(
  constants: readonly LogConstant[],
  rows: readonly LogFitRow[],
  time: (values: readonly number[], out: Float64Array) => void,
): number[] {
  let values = constants.map(({ start }) => start)
  const at = new Float64Array(rows.length)
  const moved = constants.map(() => new Float64Array(rows.length))
  let best = { values, cost: Number.POSITIVE_INFINITY }

  for (let step = 0; step <= steps; step++) {
    time(values, at)
    const cost = costOf(values, constants, rows, at)
    if (cost < best.cost) best = { values, cost }
    if (step === steps) break
    moved.forEach((out, index) => {
      time(nudged(values, index), out)
    })
    const observations = rows.map(({ measuredS, weight }, row) => {
      const error = Math.log(measuredS / (at[row] ?? 1))
      const slopes = moved.map((out) => Math.log((out[row] ?? 1) / (at[row] ?? 1)) / difference)
      return { x: slopes, y: error, weight: weight / Math.max(Math.abs(error), leastLogError) }
    })
    const priors = constants.map(({ start, logSd }, index) => ({
      x: constants.map((_, other) => (other === index ? 1 : 0)),
      y: Math.log(start / (values[index] ?? start)),
      weight: noiseLogSd / logSd ** 2,
    }))
    const move = weightedLeastSquares([...observations, ...priors])
    values = values.map((value, index) => {
      const bounded = Math.max(-longestStep, Math.min(longestStep, move[index] ?? 0))
      return Math.min(constants[index]?.most ?? value, value * Math.exp(bounded))
    })
  }
  return best.values
}

function nudged(values: readonly number[], index: number): number[] {
  return values.map((value, other) => (other === index ? value * Math.exp(difference) : value))
}

function costOf(
  values: readonly number[],
  constants: readonly LogConstant[],
  rows: readonly LogFitRow[],
  timesS: Float64Array,
): number {
  const errors = rows.reduce(
    (sum, { measuredS, weight }, row) => sum + weight * Math.abs(Math.log(measuredS / (timesS[row] ?? 1))),
    0,
  )
  return constants.reduce(
    (sum, { start, logSd }, index) =>
      sum + (noiseLogSd / 2) * (Math.log((values[index] ?? start) / start) / logSd) ** 2,
    errors,
  )
}
