import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { calibrationCurve, metricsOf, type Scored } from '../../../calibration/validation/metrics.ts'
import { lognormalMetric } from '../../../simulator/predict/interval.ts'

const scored = (predicted: number, measured: number, weight = 1): Scored => ({
  predicted,
  measured,
  weight,
  interval: null,
})
const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true })
const rows = fc.array(
  fc.tuple(positive, positive).map(([predicted, measured]) => scored(predicted, measured)),
  {
    minLength: 3,
  },
)

describe('metrics', () => {
  test('of five predictions, by hand', () => {
    // Errors 0, 5, 10, 50, 100 %; factors 1, 1.05, 1/0.9, 2, 2.
    const metrics = metricsOf([scored(10, 10), scored(21, 20), scored(9, 10), scored(5, 10), scored(20, 10)])
    expect(metrics).toMatchObject({ n: 5, mdApe: 0.1, within10Share: 0.6, within20Share: 0.6, intervals: null })
    expect(metrics?.p90Factor).toBeCloseTo(2, 12)
  })

  test('count copies once', () => {
    const twice = metricsOf([scored(10, 10), scored(15, 10, 0.5), scored(15, 10, 0.5), scored(20, 10)])
    const once = metricsOf([scored(10, 10), scored(15, 10), scored(20, 10)])
    expect(twice).toMatchObject({ mdApe: 0.5, within20Share: once?.within20Share })
  })

  test('of nothing are nothing', () => {
    expect(metricsOf([])).toBeNull()
  })

  test('say how often an interval holds and how wide it is', () => {
    const around = (measured: number): Scored => ({
      predicted: 10,
      measured,
      weight: 1,
      interval: { availability: 'available', p50: 10, pi80: [5, 20], pi95: [2, 50] },
    })
    const { intervals } = metricsOf([around(10), around(20), around(30), around(100)]) ?? {}
    expect(intervals).toEqual({
      coverage50Share: 0.25,
      coverage80Share: 0.5,
      coverage95Share: 0.75,
      halfWidth80Factor: 2,
      halfWidth95Factor: 5,
    })
    expect(metricsOf([around(10), scored(1, 1)])?.intervals).toBeNull()
  })

  property.prop([rows, fc.double({ min: 1e-3, max: 1e3, noNaN: true })])('do not see the unit', (pairs, unit) => {
    const scaled = pairs.map((row) => ({ ...row, predicted: row.predicted * unit, measured: row.measured * unit }))
    const [a, b] = [metricsOf(pairs), metricsOf(scaled)]
    expect(b?.mdApe).toBeCloseTo(a?.mdApe ?? Number.NaN, 6)
    expect((b?.p90Factor ?? 0) / (a?.p90Factor ?? 1)).toBeCloseTo(1, 6)
  })

  property.prop([rows])('are perfect for the truth and symmetric in the factor', (pairs) => {
    expect(metricsOf(pairs.map((row) => ({ ...row, predicted: row.measured })))).toMatchObject({
      mdApe: 0,
      p90Factor: 1,
      within10Share: 1,
    })
    const swapped = pairs.map((row) => ({ ...row, predicted: row.measured, measured: row.predicted }))
    expect(metricsOf(swapped)?.p90Factor).toBeCloseTo(metricsOf(pairs)?.p90Factor ?? Number.NaN, 9)
  })
})

test('figures drawn from the stated distribution lie on the diagonal of the calibration curve', () => {
  const sd = 0.4
  const interval = lognormalMetric(10, sd)
  const count = 2000
  // Quantiles of the distribution itself: normal scores by bisection of its own probability.
  const drawn = Array.from({ length: count }, (_, index) => ({
    predicted: 10,
    measured: 10 * Math.exp(sd * normalScore((index + 0.5) / count)),
    weight: 1,
    interval,
  }))
  for (const { statedShare, observedShare } of calibrationCurve(drawn, [0.1, 0.5, 0.8, 0.95])) {
    expect(Math.abs(observedShare - statedShare)).toBeLessThan(0.01)
  }
})

function normalScore(p: number): number {
  let [low, high] = [-8, 8]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (normalDistribution(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** By Simpson's rule, independent of the project's approximation. */
function normalDistribution(z: number): number {
  const steps = 200
  const width = z / steps
  let sum = 0
  for (let i = 0; i <= steps; i++) {
    const factor = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    sum += factor * Math.exp(-((i * width) ** 2) / 2)
  }
  return 0.5 + (sum * width) / 3 / Math.sqrt(2 * Math.PI)
}
