import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapleyValues } from '../../../../simulator/decide/what-if/waterfall.ts'

/** A value for each of the 2^n sets. */
const anyGame = fc
  .integer({ min: 1, max: 6 })
  .chain((n) =>
    fc.tuple(
      fc.constant(n),
      fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2 ** n, maxLength: 2 ** n }),
    ),
  )

describe('Shapley values', () => {
  it('are those of the glove game: the scarce glove gets two thirds', () => {
    // Changes 0 and 1 are left gloves, 2 is a right one; a pair is worth 1.
    const value = (mask: number) => ((mask & 4) !== 0 && (mask & 3) !== 0 ? 1 : 0)
    expect(shapleyValues(3, value)).toEqual([expect.closeTo(1 / 6), expect.closeTo(1 / 6), expect.closeTo(2 / 3)])
  })

  test.prop([anyGame])('add up to all minus nothing', ([n, values]) => {
    const sum = shapleyValues(n, (mask) => values[mask] ?? 0).reduce((total, each) => total + each, 0)
    expect(sum).toBeCloseTo((values.at(-1) ?? 0) - (values[0] ?? 0), 6)
  })

  test.prop([anyGame])('do not depend on the order of the changes', ([n, values]) => {
    const reversed = (mask: number) =>
      Array.from({ length: n }, (_, bit) => ((mask >> bit) & 1) << (n - 1 - bit)).reduce((all, bit) => all | bit, 0)
    const forward = shapleyValues(n, (mask) => values[mask] ?? 0)
    const backward = shapleyValues(n, (mask) => values[reversed(mask)] ?? 0).toReversed()
    expect(forward).toEqual(backward.map((value) => expect.closeTo(value, 6)))
  })

  test.prop([fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 6 })])(
    'of changes that do not touch each other are their own effects',
    (effects) => {
      const value = (mask: number) => effects.reduce((sum, effect, bit) => sum + ((mask >> bit) & 1) * effect, 0)
      expect(shapleyValues(effects.length, value)).toEqual(effects.map((effect) => expect.closeTo(effect, 9)))
    },
  )
})
