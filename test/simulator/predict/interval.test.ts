import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { lognormalMetric, withCeiling } from '../../../simulator/predict/interval.ts'

const sd = fc.double({ min: 0, max: 3, noNaN: true })
const p50 = fc.double({ min: 1e-6, max: 1e6, noNaN: true })

describe('an interval', () => {
  test.prop([p50, sd, sd])('of 80 % lies within that of 95 %', (median, below, above) => {
    const { pi80, pi95 } = lognormalMetric(median, below, above)
    expect(pi95[0]).toBeLessThanOrEqual(pi80[0])
    expect(pi80[0]).toBeLessThanOrEqual(median)
    expect(median).toBeLessThanOrEqual(pi80[1])
    expect(pi80[1]).toBeLessThanOrEqual(pi95[1])
  })

  it('of ln 2 spans a factor of 2^1.28 to either side', () => {
    const { pi80 } = lognormalMetric(10, Math.LN2)
    expect(pi80[1] / 10).toBeCloseTo(2 ** 1.2815515655446004, 12)
    expect(10 / pi80[0]).toBeCloseTo(2 ** 1.2815515655446004, 12)
  })

  test.prop([p50, sd, p50])('never passes a ceiling, except where the median does', (median, spread, ceiling) => {
    const held = withCeiling(lognormalMetric(median, spread), ceiling)
    expect(held.p50).toBe(median)
    expect(held.pi95[1]).toBeLessThanOrEqual(Math.max(ceiling, median))
  })
})
