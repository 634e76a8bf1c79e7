/** Does it meet the budget, and how sure is that (docs/method/fit.md). */
import { asPublished } from '../json.ts'
import type { AvailableMetric, Metric, Prediction } from '../predict/prediction.ts'
import { normalCdf, z80, z95 } from '../statistics.ts'
import type { Budget, Fit, LimitCheck, LimitName, Verdict } from './budget.ts'

/** `fits` at or above, `fails` at or below. */
export const fitsFrom = 0.9
export const failsUpTo = 0.1

/**
 * One verdict from all limits (FIT-2):
 *
 * - `fails`: P ≤ 0.1 for a limit, or the model does not fit the device's memory whatever was asked;
 * - `unknown`: coverage < 1, outside the evidence, or a figure that a limit needs is unavailable;
 * - `fits`: P(meets every limit) ≥ 0.9;
 * - `tight`: between.
 *
 * Latency and throughput err together, so the less likely of the two counts; the others are taken as independent.
 * Figures are judged as they are published, so that a stored prediction gets the verdict of a fresh one.
 * Without any limit the answer is `fits` (there is nothing to miss) unless one of the first two rules applies.
 * `priceUsd`: a fact, `null` where it is not known.
 */
export function checkFit(prediction: Prediction, budget: Budget, priceUsd: number | null): Fit {
  const isJudged = prediction.coverage >= 1 && !prediction.evidence.outsideEvidence
  const checks = limitsOf(prediction, budget, priceUsd).map(({ limit, limitValue, metric, atMost }): LimitCheck => {
    const isFact = limit === 'maxPriceUsd'
    const pMeets =
      metric.availability === 'unavailable' || !(isJudged || isFact) ? null : probability(metric, limitValue, atMost)
    return { limit, limitValue, metric, pMeets, verdict: verdictOf(pMeets) }
  })
  const withMemory = checkMemoryFits(prediction, checks)
  const failing = leastLikely(withMemory.filter(({ verdict }) => verdict === 'fails'))
  if (failing !== null) return { verdict: 'fails', pMeets: failing.pMeets, checks: withMemory, blocking: failing.limit }
  const unjudged = withMemory.find(({ verdict }) => verdict === 'unknown')
  if (!isJudged || unjudged !== undefined) {
    return { verdict: 'unknown', pMeets: null, checks: withMemory, blocking: unjudged?.limit ?? null }
  }
  const pMeets = jointProbability(withMemory)
  const verdict = pMeets >= fitsFrom ? 'fits' : 'tight'
  return { verdict, pMeets, checks: withMemory, blocking: leastLikely(withMemory)?.limit ?? null }
}

interface Limit {
  readonly limit: LimitName
  readonly limitValue: number
  readonly metric: Metric
  readonly atMost: boolean
}

function limitsOf(prediction: Prediction, budget: Budget, priceUsd: number | null): Limit[] {
  const price: Metric =
    priceUsd === null
      ? { availability: 'unavailable', missing: 'device.priceUsd' }
      : { availability: 'available', p50: priceUsd, pi80: [priceUsd, priceUsd], pi95: [priceUsd, priceUsd] }
  const figures: readonly (readonly [LimitName, Metric])[] = [
    ['maxLatencyMs', prediction.latencyMs],
    ['minThroughputPerS', prediction.throughputPerS],
    ['maxPowerW', prediction.powerW],
    ['maxMemoryBytes', prediction.memory.totalBytes],
    ['maxEnergyMj', prediction.energyMj],
    ['maxPriceUsd', price],
  ]
  return figures.flatMap(([limit, metric]) => {
    const limitValue = budget[limit]
    if (limitValue === undefined) return []
    return [{ limit, limitValue, metric: asPublished(metric), atMost: limit !== 'minThroughputPerS' }]
  })
}

function verdictOf(pMeets: number | null): Verdict {
  if (pMeets === null) return 'unknown'
  if (pMeets >= fitsFrom) return 'fits'
  return pMeets <= failsUpTo ? 'fails' : 'tight'
}

/** A model larger than the device's memory cannot run, whether or not memory was limited. */
function checkMemoryFits(prediction: Prediction, checks: readonly LimitCheck[]): readonly LimitCheck[] {
  const { totalBytes, capacityBytes } = prediction.memory
  if (capacityBytes === null || !prediction.warnings.some(({ code }) => code === 'does-not-fit-memory')) return checks
  const asked = checks.find(({ limit }) => limit === 'maxMemoryBytes')
  const overflow: LimitCheck = {
    limit: 'maxMemoryBytes',
    limitValue: Math.min(asked?.limitValue ?? capacityBytes, capacityBytes),
    metric: asPublished(totalBytes),
    pMeets: 0,
    verdict: 'fails',
  }
  return [...checks.filter(({ limit }) => limit !== 'maxMemoryBytes'), overflow]
}

function leastLikely(checks: readonly LimitCheck[]): LimitCheck | null {
  return checks.reduce<LimitCheck | null>(
    (least, check) => (least === null || (check.pMeets ?? 1) < (least.pMeets ?? 1) ? check : least),
    null,
  )
}

/** FIT-3: latency and throughput are one uncertainty, the rest independent. */
function jointProbability(checks: readonly LimitCheck[]): number {
  let ofTime = 1
  let others = 1
  for (const { limit, pMeets } of checks) {
    if (limit === 'maxLatencyMs' || limit === 'minThroughputPerS') ofTime = Math.min(ofTime, pMeets ?? 0)
    else others *= pMeets ?? 0
  }
  return ofTime * others
}

/**
 * P(true ≤ limit), or ≥ (FIT-1): the interval is read as a lognormal in pieces, ln(value) linear in the normal score
 * between the quantiles that the interval states and beyond them. A certain figure gives 0 or 1.
 */
export function probability(metric: AvailableMetric, limit: number, atMost: boolean): number {
  if (metric.p50 <= 0 || limit <= 0) return (atMost ? metric.p50 <= limit : metric.p50 >= limit) ? 1 : 0
  if (metric.pi95[0] === metric.pi95[1]) return (atMost ? metric.p50 <= limit : metric.p50 >= limit) ? 1 : 0
  const below = normalCdf(scoreOf(metric, limit))
  return atMost ? below : 1 - below
}

/** Normal score at which the interval reaches `limit`. */
function scoreOf({ p50, pi80, pi95 }: AvailableMetric, limit: number): number {
  const [near, far] = limit < p50 ? [pi80[0], pi95[0]] : [pi80[1], pi95[1]]
  const sign = limit < p50 ? -1 : 1
  const distance = Math.abs(Math.log(limit / p50))
  const atNear = Math.abs(Math.log(near / p50))
  const atFar = Math.abs(Math.log(far / p50))
  if (distance <= atNear) return atNear === 0 ? 0 : (sign * z80 * distance) / atNear
  if (atFar <= atNear) return sign * Number.POSITIVE_INFINITY
  return sign * (z80 + ((z95 - z80) * (distance - atNear)) / (atFar - atNear))
}
