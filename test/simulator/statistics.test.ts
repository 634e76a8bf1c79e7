import { fc, test } from '@fast-check/vitest'
import { quantileSorted, sampleCorrelation, sampleRankCorrelation } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import {
  logStandardDeviation,
  median,
  normalCdf,
  quantile,
  rSquared,
  spearman,
  theilSen,
  weightedMean,
  weightedQuantile,
  z80,
  z95,
  z95Single,
} from '../../simulator/statistics.ts'

/** Plus zero: −0 and 0 are one value to a sort. */
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)

describe('quantiles', () => {
  it('interpolate between order statistics (Hyndman–Fan type 7, R default)', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBeCloseTo(1.75, 12)
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  test.prop([fc.array(finite, { minLength: 1 })])('stay within the values and keep the order', (values) => {
    const low = quantile(values, 0.1)
    const high = quantile(values, 0.9)
    expect(low).toBeLessThanOrEqual(high)
    expect(quantile(values, 0)).toBe(
      quantileSorted(
        [...values].sort((a, b) => a - b),
        0,
      ),
    )
    expect(quantile(values, 1)).toBe(Math.max(...values))
  })

  it('of no values is refused', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('the spread of a quantity that varies by factors', () => {
  it('is 0 for one value and ln 2 · √½ for a factor of two', () => {
    expect(logStandardDeviation([7])).toBe(0)
    expect(logStandardDeviation([1, 2])).toBeCloseTo(Math.LN2 * Math.SQRT1_2, 12)
  })
})

describe('Theil–Sen', () => {
  it('finds a line through an outlier', () => {
    const points = [1, 2, 3, 4, 5, 6, 7].map((x) => ({ x, y: 2 * x + 1 }))
    const line = theilSen([...points, { x: 8, y: 500 }])
    expect(line.slope).toBeCloseTo(2, 12)
    expect(line.intercept).toBeCloseTo(1, 12)
  })

  it('needs two distinct x', () => {
    expect(() => theilSen([{ x: 1, y: 1 }])).toThrow(RangeError)
  })

  test.prop([fc.array(finite, { minLength: 3, maxLength: 20 })])(
    'on a least-squares line, R² is the squared correlation',
    (ys) => {
      const xs = ys.map((_, i) => i)
      const meanX = xs.reduce((a, b) => a + b, 0) / xs.length
      const meanY = ys.reduce((a, b) => a + b, 0) / ys.length
      const sxx = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0)
      const sxy = xs.reduce((sum, x, i) => sum + (x - meanX) * ((ys[i] ?? 0) - meanY), 0)
      const syy = ys.reduce((sum, y) => sum + (y - meanY) ** 2, 0)
      fc.pre(syy > 1e-6)
      const line = { slope: sxy / sxx, intercept: meanY - (sxy / sxx) * meanX }
      const points = xs.map((x, i) => ({ x, y: ys[i] ?? 0 }))
      expect(rSquared(points, line)).toBeCloseTo(sampleCorrelation(xs, ys) ** 2, 6)
    },
  )
})

describe('the normal distribution', () => {
  it('agrees with tables to seven digits', () => {
    expect(normalCdf(0)).toBeCloseTo(0.5, 7)
    expect(normalCdf(1)).toBeCloseTo(0.841344746, 6)
    expect(normalCdf(-3)).toBeCloseTo(0.001349898, 6)
  })

  it('gives back the shares that the scores are named after', () => {
    expect(normalCdf(z80) - normalCdf(-z80)).toBeCloseTo(0.8, 6)
    expect(normalCdf(z95) - normalCdf(-z95)).toBeCloseTo(0.95, 6)
    expect(normalCdf(z95Single)).toBeCloseTo(0.95, 6)
  })
})

describe('weighted quantiles', () => {
  it('are those of the values repeated as often as they weigh', () => {
    const weighted = [
      { value: 1, weight: 1 },
      { value: 2, weight: 2 },
      { value: 9, weight: 1 },
    ]
    expect(weightedQuantile(weighted, 0.5)).toBe(2)
    expect(weightedQuantile([{ value: 5, weight: 0 }, ...weighted], 0.5)).toBe(2)
  })

  it('interpolate between the middles of the weights (Hyndman–Fan type 5)', () => {
    const equal = [4, 1, 3, 2].map((value) => ({ value, weight: 1 }))
    expect(weightedQuantile(equal, 0.5)).toBe(2.5)
    expect(weightedQuantile(equal, 0.25)).toBeCloseTo(1.5, 12)
    expect(weightedQuantile(equal, 0)).toBe(1)
    expect(weightedQuantile(equal, 1)).toBe(4)
  })

  test.prop([fc.array(fc.tuple(finite, fc.double({ min: 0.1, max: 10, noNaN: true })), { minLength: 1 })])(
    'lie within the values, keep the order and do not see the scale of the weights',
    (pairs) => {
      const values = pairs.map(([value, weight]) => ({ value, weight }))
      const low = weightedQuantile(values, 0.2)
      const high = weightedQuantile(values, 0.8)
      expect(low).toBeLessThanOrEqual(high + 1e-9)
      // Interpolation may round in the last place.
      expect(low).toBeGreaterThanOrEqual(Math.min(...values.map(({ value }) => value)) - 1e-9)
      expect(high).toBeLessThanOrEqual(Math.max(...values.map(({ value }) => value)) + 1e-9)
      const doubled = values.map(({ value, weight }) => ({ value, weight: weight * 2 }))
      expect(weightedQuantile(doubled, 0.2)).toBeCloseTo(low, 9)
    },
  )

  it('refuse to be asked about nothing', () => {
    expect(() => weightedQuantile([{ value: 1, weight: 0 }], 0.5)).toThrow(RangeError)
    expect(() => weightedMean([])).toThrow(RangeError)
  })
})

describe('rank correlation', () => {
  it('is 1 for any rising relation and −1 for any falling one', () => {
    expect(spearman([1, 2, 3, 10], [1, 8, 27, 1000])).toBeCloseTo(1, 12)
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12)
  })

  it('shares the mean rank among ties', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: r = 4.5 / √(4.5 · 5)
    expect(spearman([10, 20, 20, 30], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12)
    expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0)
  })

  test.prop([fc.uniqueArray(fc.tuple(finite, finite), { minLength: 3, selector: ([x]) => x })])(
    'is that of a peer library where no values tie',
    (pairs) => {
      const ys = pairs.map(([, y]) => y)
      fc.pre(new Set(ys).size === ys.length)
      const xs = pairs.map(([x]) => x)
      expect(spearman(xs, ys)).toBeCloseTo(sampleRankCorrelation(xs, ys), 9)
    },
  )
})
