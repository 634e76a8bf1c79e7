/** Linear algebra of small dense systems: weighted least squares and the two-way additive model. */

export interface Observation {
  readonly x: readonly number[]
  readonly y: number
  readonly weight: number
}

/** Coefficients of the weighted least-squares fit; a trace of ridge keeps collinear regressors apart. */
export function weightedLeastSquares(rows: readonly Observation[]): number[] {
  const size = rows[0]?.x.length ?? 0
  const matrix = Array.from({ length: size }, () => new Float64Array(size))
  const right = new Float64Array(size)
  for (const { x, y, weight } of rows) {
    for (let i = 0; i < size; i++) {
      right[i] = (right[i] ?? 0) + weight * (x[i] ?? 0) * y
      const line = matrix[i]
      if (line !== undefined)
        for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + weight * (x[i] ?? 0) * (x[j] ?? 0)
    }
  }
  return [...solve(ridged(matrix), right)]
}

/** Relative to the diagonal: far below any noise of measurement. */
const ridge = 1e-9

function ridged(matrix: readonly Float64Array[]): readonly Float64Array[] {
  matrix.forEach((line, index) => {
    line[index] = (line[index] ?? 0) * (1 + ridge) + ridge
  })
  return matrix
}

/** Solves a symmetric positive definite system by Cholesky's factors, in place of the matrix. */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const lower = cholesky(matrix)
  return backward(lower, forward(lower, right))
}

/** Lower triangle L with L Lᵀ = matrix; overwrites it. */
export function cholesky(matrix: readonly Float64Array[]): readonly Float64Array[] {
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      const other = matrix[j]
      if (other === undefined) continue
      let sum = row[j] ?? 0
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (other[k] ?? 0)
      row[j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / (other[j] ?? 1)
    }
  })
  return matrix
}

export function forward(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = Float64Array.from(right)
  lower.forEach((row, i) => {
    let sum = solution[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (row[k] ?? 0) * (solution[k] ?? 0)
    solution[i] = sum / (row[i] ?? 1)
  })
  return solution
}

function backward(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const solution = Float64Array.from(right)
  for (let i = lower.length - 1; i >= 0; i--) {
    let sum = solution[i] ?? 0
    for (let k = i + 1; k < lower.length; k++) sum -= (lower[k]?.[i] ?? 0) * (solution[k] ?? 0)
    solution[i] = sum / (lower[i]?.[i] ?? 1)
  }
  return solution
}
