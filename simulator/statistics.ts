/** Textbook statistics; inputs are never modified. Empty input is a programming mistake and throws. */

function sorted(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('statistics of no values')
  return [...values].sort((a, b) => a - b)
}

/** Sample quantile, linear between order statistics (Hyndman–Fan type 7); `share` in [0, 1]. */
export function quantile(values: readonly number[], share: number): number {
  const ordered = sorted(values)
  const position = (ordered.length - 1) * share
  const below = Math.floor(position)
  const low = ordered[below] ?? Number.NaN
  const high = ordered[Math.min(below + 1, ordered.length - 1)] ?? Number.NaN
  return low + (high - low) * (position - below)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export interface Weighted {
  readonly value: number
  /** ≥ 0; at least one is positive. */
  readonly weight: number
}

/**
 * Quantile of weighted values, linear between the middles of their shares of the total weight (Hyndman–Fan type 5 when
 * all weights are equal); `share` in [0, 1].
 */
export function weightedQuantile(values: readonly Weighted[], share: number): number {
  const ordered = values.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value)
  const [first] = ordered
  if (first === undefined) throw new RangeError('statistics of no values')
  const target = share * ordered.reduce((sum, { weight }) => sum + weight, 0)
  let before = 0
  let previous = { middle: Number.NEGATIVE_INFINITY, value: first.value }
  for (const { value, weight } of ordered) {
    const middle = before + weight / 2
    if (target <= middle) {
      if (previous.middle === Number.NEGATIVE_INFINITY) return value
      return previous.value + ((value - previous.value) * (target - previous.middle)) / (middle - previous.middle)
    }
    before += weight
    previous = { middle, value }
  }
  return previous.value
}

export function weightedMean(values: readonly Weighted[]): number {
  const total = values.reduce((sum, { weight }) => sum + weight, 0)
  if (total <= 0) throw new RangeError('statistics of no values')
  return values.reduce((sum, { value, weight }) => sum + value * weight, 0) / total
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranked = new Array<number>(values.length).fill(0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1
    for (let i = start; i < end; i++) ranked[order[i] ?? 0] = (start + 1 + end) / 2
    start = end
  }
  return ranked
}

/** Rank correlation (Spearman 1904) with mean ranks for ties; 0 where either side is constant. Needs two values. */
export function spearman(xs: readonly number[], ys: readonly number[]): number {
  if (xs.length !== ys.length || xs.length < 2) throw new RangeError('a correlation needs two pairs')
  const [rx, ry] = [ranks(xs), ranks(ys)]
  const centre = (xs.length + 1) / 2
  let [xy, xx, yy] = [0, 0, 0]
  rx.forEach((x, index) => {
    const y = ry[index] ?? 0
    xy += (x - centre) * (y - centre)
    xx += (x - centre) ** 2
    yy += (y - centre) ** 2
  })
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}

export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('statistics of no values')
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Standard deviation of the natural logarithms (n − 1), the spread of a quantity that varies by factors; 0 for one value. */
export function logStandardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const logs = values.map(Math.log)
  const centre = mean(logs)
  return Math.sqrt(logs.reduce((sum, log) => sum + (log - centre) ** 2, 0) / (logs.length - 1))
}

export interface Line {
  readonly slope: number
  readonly intercept: number
}

/** Median of all pairwise slopes (Theil 1950, Sen 1968) and the median intercept; needs two distinct x. */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): Line {
  const slopes: number[] = []
  points.forEach((a, i) => {
    for (const b of points.slice(i + 1)) if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x))
  })
  if (slopes.length === 0) throw new RangeError('a slope needs two distinct x')
  const slope = median(slopes)
  return { slope, intercept: median(points.map(({ x, y }) => y - slope * x)) }
}

/** Share of the variance of y that the line explains; 1 when y is constant and met exactly. */
export function rSquared(points: readonly { readonly x: number; readonly y: number }[], line: Line): number {
  const centre = mean(points.map(({ y }) => y))
  let residual = 0
  let total = 0
  for (const { x, y } of points) {
    residual += (y - line.intercept - line.slope * x) ** 2
    total += (y - centre) ** 2
  }
  if (total === 0) return residual === 0 ? 1 : 0
  return 1 - residual / total
}

/** Standard normal distribution function; absolute error below 1.5e-7 (Abramowitz & Stegun 7.1.26). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(z)) / Math.SQRT2)
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const upper = (poly * Math.exp((-z * z) / 2)) / 2
  return z >= 0 ? 1 - upper : upper
}

/** Half-widths of the central 80 % and 95 % of a standard normal, in standard deviations. */
export const z80 = 1.2815515655446004
export const z95 = 1.959963984540054
/** 95 % of a standard normal lie below this. */
export const z95Single = 1.6448536269514722
