/**
 * How far the share covered by honest 80 % intervals may lie from 80 % by chance: the central 95 % of a binomial with n draws.
 * Cells of one network (or device) are not independent, so n counts those and not rows.
 */

const stated = 0.8
const tail = 0.025

export function coverageBand(n: number): readonly [low: number, high: number] {
  return [quantile(n, tail) / n, quantile(n, 1 - tail) / n]
}

/** Least k with P(X ≤ k) ≥ p, X ~ B(n, 0.8). */
function quantile(n: number, p: number): number {
  let probability = (1 - stated) ** n
  let below = probability
  let k = 0
  while (below < p && k < n) {
    probability *= ((n - k) / (k + 1)) * (stated / (1 - stated))
    k++
    below += probability
  }
  return k
}
