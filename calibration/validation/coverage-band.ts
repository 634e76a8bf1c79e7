/**
 * Whether intervals cover what they state: how far the share may lie from it by chance is the central 95 % of a binomial
 * with n draws. Cells of one network (or device, or family) are not independent, so n counts those and not rows.
 */

import type { IntervalMetrics } from '../../worker/contract/validation.ts'

const tail = 0.025

/** Where the share covered by honest intervals of coverage `stated` lies in 95 % of cases. */
export function coverageBand(n: number, stated: number): readonly [low: number, high: number] {
  return [quantile(n, stated, tail) / n, quantile(n, stated, 1 - tail) / n]
}

/** Intervals of 80 % that cover only this must be found out, and with this probability (Cohen 1988). */
const badCoverage = 0.5
const leastPower = 0.8

/** Draws up to which power is looked at; it rises with n, in a sawtooth. */
const enough = 100
const powers = Array.from({ length: enough + 1 }, (_, n) => (n === 0 ? 0 : power(n)))
/** Least draws from which on power never falls below: 24. */
export const leastDraws = powers.findLastIndex((each) => each < leastPower) + 1

/** n draws suffice to tell intervals that cover 50 % from ones that cover the 80 % they state. */
export function canJudge(n: number): boolean {
  return n >= leastDraws
}

/** Probability that 80 % intervals which cover `badCoverage` fall out of the band. */
function power(n: number): number {
  const [low, high] = coverageBand(n, 0.8).map((share) => Math.round(share * n))
  return probabilities(n, badCoverage).reduce(
    (sum, probability, k) => (k < (low ?? 0) || k > (high ?? n) ? sum + probability : sum),
    0,
  )
}

/** At 50, 80 and 95 % the share covered lies in the band of n draws. */
export function intervalsHold(metrics: IntervalMetrics, n: number): boolean {
  const claims: readonly (readonly [stated: number, covered: number])[] = [
    [0.5, metrics.coverage50Share],
    [0.8, metrics.coverage80Share],
    [0.95, metrics.coverage95Share],
  ]
  return claims.every(([stated, covered]) => {
    const [low, high] = coverageBand(n, stated)
    return covered >= low && covered <= high
  })
}

/** Least k with P(X ≤ k) ≥ p, X ~ B(n, share). */
function quantile(n: number, share: number, p: number): number {
  let below = 0
  const k = probabilities(n, share).findIndex((probability) => {
    below += probability
    return below >= p
  })
  return k < 0 ? n : k
}

/** P(X = k) for k = 0 … n, X ~ B(n, share). */
function probabilities(n: number, share: number): number[] {
  // On the logarithm: a product of hundreds of small shares is no number any more.
  const logs = [n * Math.log(1 - share)]
  for (let k = 0; k < n; k++) logs.push((logs[k] ?? 0) + Math.log(((n - k) / (k + 1)) * (share / (1 - share))))
  return logs.map(Math.exp)
}
