/** Symmetric positive-definite systems by Cholesky's factorisation, row-major in typed arrays. */

/** Lower factor L with L·Lᵀ = `matrix` [n, n]; pivots are kept above rounding, so a semi-definite matrix passes. */
export function choleskyFactor(matrix: Float64Array, n: number): Float64Array {
  const leastPivot = 1e-12
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0)
      lower[i * n + j] = i === j ? Math.sqrt(Math.max(sum, leastPivot)) : sum / (lower[j * n + j] ?? 1)
    }
  }
  return lower
}

/** x with L·Lᵀ·x = `right` [n]. */
export function choleskySolve(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length
  const x = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = right[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * n + i] ?? 1)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < n; k++) sum -= (lower[k * n + i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (lower[i * n + i] ?? 1)
  }
  return x
}
