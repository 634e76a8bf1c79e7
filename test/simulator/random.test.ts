import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  makeRandom,
  sampleExponential,
  sampleInteger,
  sampleLogNormal,
  sampleNormal,
  shuffle,
} from '../../simulator/random.ts'

const many = 20_000

const draw = (sample: () => number): number[] => Array.from({ length: many }, sample)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function variance(values: readonly number[]): number {
  const centre = mean(values)
  return mean(values.map((value) => (value - centre) ** 2))
}

describe('seeded random numbers', () => {
  test('are the same for a seed in every engine and version', () => {
    const random = makeRandom(42)
    expect([random.uint32(), random.uint32(), random.uint32()]).toMatchInlineSnapshot(`
      [
        695857468,
        3046671632,
        1167015482,
      ]
    `)
  })

  test('of neighbouring seeds have nothing in common', () => {
    const a = makeRandom(1)
    const b = makeRandom(2)
    const agreeing = draw(() => (a.uint32() >>> 28 === b.uint32() >>> 28 ? 1 : 0))
    expect(mean(agreeing)).toBeCloseTo(1 / 16, 1)
  })

  test('are uniform in [0, 1)', () => {
    const random = makeRandom(3)
    const values = draw(() => random.uniform())
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    expect(mean(values)).toBeCloseTo(0.5, 2)
    expect(variance(values)).toBeCloseTo(1 / 12, 2)
  })

  property.prop([fc.integer(), fc.integer({ min: 1, max: 2 ** 31 })])(
    'integers stay below their count',
    (seed, count) => {
      const value = sampleInteger(makeRandom(seed), count)
      expect(Number.isInteger(value) && value >= 0 && value < count).toBe(true)
    },
  )

  test('normal deviates have mean 0 and variance 1', () => {
    const random = makeRandom(4)
    const values = draw(() => sampleNormal(random))
    expect(mean(values)).toBeCloseTo(0, 1)
    expect(variance(values)).toBeCloseTo(1, 1)
  })

  test('log-normal deviates have the given median and spread', () => {
    const random = makeRandom(5)
    const values = draw(() => sampleLogNormal(random, 20, 0.5)).sort((a, b) => a - b)
    expect((values[many / 2] ?? 0) / 20).toBeCloseTo(1, 1)
    expect(variance(values.map(Math.log))).toBeCloseTo(0.25, 1)
  })

  test('exponential deviates have the given mean', () => {
    const random = makeRandom(6)
    expect(mean(draw(() => sampleExponential(random, 3))) / 3).toBeCloseTo(1, 1)
  })

  property.prop([fc.integer(), fc.array(fc.integer())])('a shuffle keeps every item', (seed, items) => {
    expect(shuffle(makeRandom(seed), items).sort()).toEqual([...items].sort())
  })

  test('a shuffle puts every item everywhere equally often', () => {
    const random = makeRandom(7)
    const firsts = draw(() => shuffle(random, [0, 1, 2, 3])[0] ?? -1)
    for (const item of [0, 1, 2, 3]) expect(mean(firsts.map((first) => (first === item ? 1 : 0)))).toBeCloseTo(0.25, 1)
  })
})
