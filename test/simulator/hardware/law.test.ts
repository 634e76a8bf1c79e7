import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { boundOf, overlap, transferS } from '../../../simulator/hardware/law.ts'

const time = fc.double({ min: 0, max: 1e3, noNaN: true })
const exponent = fc.double({ min: 1, max: 64, noNaN: true })

describe('overlap of compute, memory and link', () => {
  test.prop([time, time, time, exponent])('lies between the longest term and their sum', (a, b, c, p) => {
    const total = overlap(a, b, c, p)
    expect(total).toBeGreaterThanOrEqual(Math.max(a, b, c))
    expect(total).toBeLessThanOrEqual((a + b + c) * (1 + 1e-12))
  })

  test.prop([time, time, time, exponent, exponent])('shrinks as the exponent grows', (a, b, c, p, q) => {
    expect(overlap(a, b, c, Math.max(p, q))).toBeLessThanOrEqual(overlap(a, b, c, Math.min(p, q)) * (1 + 1e-12))
  })

  it('is the sum for 1, Pythagoras for 2, the roofline for ∞', () => {
    expect(overlap(3, 4, 0, 1)).toBeCloseTo(7, 12)
    expect(overlap(3, 4, 0, 2)).toBeCloseTo(5, 12)
    expect(overlap(3, 4, 1, Number.POSITIVE_INFINITY)).toBe(4)
  })

  it('keeps its value over 300 orders of magnitude', () => {
    expect(overlap(3e-160, 4e-160, 0, 2)).toBeCloseTo(5e-160, 170)
    expect(overlap(3e160, 4e160, 0, 2) / 5e160).toBeCloseTo(1, 12)
  })
})

describe('a transfer', () => {
  it('of the half-size reaches half of the bandwidth', () => {
    expect(transferS(100_000, 1e11, 100_000)).toBeCloseTo(2 * (100_000 / 1e11), 15)
  })

  it('of nothing costs nothing', () => {
    expect(transferS(0, 1e9, 1e6)).toBe(0)
  })
})

describe('what binds', () => {
  it('is the largest term', () => {
    expect(boundOf(3, 2, 1, 0)).toBe('compute')
    expect(boundOf(1, 2, 1, 0)).toBe('memory')
    expect(boundOf(1, 2, 3, 0)).toBe('link')
    expect(boundOf(1, 2, 3, 4)).toBe('overhead')
  })
})
