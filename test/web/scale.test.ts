import { fc, it } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { linearDomain, linearTicks, logDomain, logTicks, position } from '../../web/app/charts/scale.ts'

const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true })

describe('log scale', () => {
  it.prop([fc.array(positive, { minLength: 1, maxLength: 20 })])(
    'its domain holds every value and spans a decade',
    (values) => {
      const [low, high] = logDomain(values)
      for (const value of values) {
        expect(value).toBeGreaterThanOrEqual(low * (1 - 1e-6))
        expect(value).toBeLessThanOrEqual(high * (1 + 1e-6))
      }
      expect(high / low).toBeGreaterThanOrEqual(10 * (1 - 1e-9))
    },
  )

  it.prop([positive, positive, positive])('positions keep the order of values', (a, b, c) => {
    const scale = { kind: 'log', domain: logDomain([a, b, c]) } as const
    const [low = 0, middle = 0, high = 0] = [a, b, c].toSorted((x, y) => x - y).map((value) => position(scale, value))
    expect(low).toBeLessThanOrEqual(middle)
    expect(middle).toBeLessThanOrEqual(high)
  })

  it.prop([fc.array(positive, { minLength: 1, maxLength: 5 }), fc.integer({ min: 3, max: 12 })])(
    'ticks are few, rising and inside the domain',
    (values, most) => {
      const domain = logDomain(values)
      const ticks = logTicks(domain, most)
      expect(ticks.length).toBeGreaterThan(0)
      expect(ticks.length).toBeLessThanOrEqual(most)
      expect(ticks).toEqual(ticks.toSorted((x, y) => x - y))
      for (const tick of ticks) {
        expect(tick).toBeGreaterThanOrEqual(domain[0] * 0.999)
        expect(tick).toBeLessThanOrEqual(domain[1] * 1.001)
      }
    },
  )

  test('two decades around a budget get the ticks that people read', () => {
    expect(logTicks([2, 200])).toEqual([2, 5, 10, 20, 50, 100, 200])
    expect(logTicks([0.05, 100])).toEqual([0.1, 0.3, 1, 3, 10, 30, 100])
  })

  test('ends of the domain lie at 0 and 100 percent', () => {
    expect(position({ kind: 'log', domain: [1, 100] }, 1)).toBe(0)
    expect(position({ kind: 'log', domain: [1, 100] }, 10)).toBeCloseTo(50, 12)
    expect(position({ kind: 'log', domain: [1, 100] }, 100)).toBe(100)
  })
})

describe('linear scale', () => {
  it.prop([fc.array(positive, { minLength: 1, maxLength: 20 })])('starts at zero and holds every value', (values) => {
    const [low, high] = linearDomain(values)
    expect(low).toBe(0)
    expect(high).toBeGreaterThanOrEqual(Math.max(...values) * (1 - 1e-9))
  })

  it.prop([positive])('ticks start at zero and step evenly', (value) => {
    const ticks = linearTicks(linearDomain([value]))
    const [first = Number.NaN, second = Number.NaN] = ticks
    expect(first).toBe(0)
    for (const [index, tick] of ticks.entries()) expect(tick).toBeCloseTo(index * second, 6 - Math.log10(second))
  })

  test('nothing to draw still gives an axis', () => {
    expect(linearDomain([])).toEqual([0, 1])
    expect(logDomain([])).toEqual([1, 10])
  })
})
