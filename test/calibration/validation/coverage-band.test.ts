import { describe, expect, test } from 'vitest'
import { canJudge, coverageBand, intervalsHold, leastDraws } from '../../../calibration/validation/coverage-band.ts'

// Quantiles of the binomial distribution at 2.5 % and 97.5 %, p = 0.8, as SciPy 1.17 gives them.
test.for([
  [1, 0, 1],
  [3, 1, 3],
  [14, 8, 14],
  [30, 19, 28],
  [64, 45, 57],
] as const)('the band of %i draws', ([n, low, high]) => {
  expect(coverageBand(n, 0.8)).toEqual([low / n, high / n])
})

test('the band of more draws than products of shares can be written for narrows around what is stated', () => {
  const [low, high] = coverageBand(5000, 0.95)
  expect(low).toBeGreaterThan(0.94)
  expect(high).toBeLessThan(0.96)
})

describe('a family can be judged', () => {
  test('from 24 networks on, where intervals that cover 50 % are found out four times in five', () => {
    expect(leastDraws).toBe(24)
    expect([1, 5, 20, 23].filter(canJudge)).toEqual([])
    expect([24, 30, 64, 500].every(canJudge)).toBe(true)
  })

  // P(X ≤ 14) = 0.84628, X ~ B(24, 0.5): the lower end of the band of 24 is 15.
  test('by a band whose end leaves that power', () => {
    expect(coverageBand(24, 0.8)[0]).toBe(15 / 24)
    expect(coverageBand(23, 0.8)[0]).toBe(14 / 23)
  })
})

describe('intervals hold', () => {
  const honest = { coverage50Share: 0.5, coverage80Share: 0.8, coverage95Share: 0.95 }
  const widths = { halfWidth80Factor: 1.3, halfWidth95Factor: 1.6 }

  test('where all three cover what they state', () => {
    expect(intervalsHold({ ...honest, ...widths }, 50)).toBe(true)
  })

  test.for([
    ['50 %', { coverage50Share: 0.8 }],
    ['80 %', { coverage80Share: 0.6 }],
    ['95 %', { coverage95Share: 0.85 }],
  ] as const)('not where those of %s do not', ([, off]) => {
    expect(intervalsHold({ ...honest, ...widths, ...off }, 50)).toBe(false)
  })
})
