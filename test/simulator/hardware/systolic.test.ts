import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { packed, systolicCycles } from '../../../simulator/hardware/systolic.ts'
import { mapToArray } from '../../../simulator/hardware/systolic-mapping.ts'

const size = fc.integer({ min: 1, max: 500 })
const anyGemm = fc.record({ m: size, n: size, k: size, repeat: fc.integer({ min: 1, max: 8 }) })
const edge = fc.integer({ min: 1, max: 64 })
const anyArray = fc.record({ rows: edge, columns: edge })
const anyCount = fc.double({ min: 0.25, max: 16, noNaN: true })

/** Rounding of sums of doubles. */
const slack = 1 + 1e-12

describe('cycles on systolic arrays', () => {
  test('one fold that fills the array costs load, stream and skew', () => {
    const array = { rows: 16, columns: 8 }
    const product = { m: 100, n: 8, k: 16, repeat: 1 }
    expect(mapToArray(product, array, 'ws').foldCycles).toBe(100 + 2 * 16 + 8 - 2)
    expect(systolicCycles(product, array, 1)).toBeLessThanOrEqual(100 + 2 * 16 + 8 - 2)
  })

  test('weights of the next fold load while this one streams', () => {
    // Four folds of 200 rows: one load of 16 shows, and one drain.
    expect(systolicCycles({ m: 200, n: 16, k: 32, repeat: 1 }, { rows: 16, columns: 8 }, 1)).toBe(
      16 + 4 * 200 + 16 + 8 - 2,
    )
  })

  test('a batch of one is as long as loading its weights', () => {
    const array = { rows: 64, columns: 64 }
    const one = systolicCycles({ m: 1, n: 640, k: 640, repeat: 1 }, array, 1)
    expect(one).toBeGreaterThan(99 * 64)
    expect(systolicCycles({ m: 32, n: 640, k: 640, repeat: 1 }, array, 1) / one).toBeLessThan(1.1)
  })

  propertyTest.prop([anyGemm, anyArray, anyCount])(
    'are never fewer than the multiplies over the elements',
    (gemm, array, arrays) => {
      const least = (gemm.m * gemm.n * gemm.k * gemm.repeat) / (array.rows * array.columns * arrays)
      expect(systolicCycles(gemm, array, arrays) * slack).toBeGreaterThanOrEqual(least)
    },
  )

  propertyTest.prop([anyGemm, anyArray])('are never more than folds one after the other', (gemm, array) => {
    const { rowFolds, columnFolds, foldCycles } = mapToArray(gemm, array, 'ws')
    const serial = rowFolds * columnFolds * gemm.repeat * foldCycles
    expect(systolicCycles(gemm, array, 1)).toBeLessThanOrEqual(serial * slack)
  })

  propertyTest.prop([anyGemm, anyArray, anyCount, fc.double({ min: 1, max: 4, noNaN: true })])(
    'do not grow with more arrays, and shrink at most as the arrays multiply',
    (gemm, array, arrays, factor) => {
      const few = systolicCycles(gemm, array, arrays)
      const many = systolicCycles(gemm, array, arrays * factor)
      expect(many).toBeLessThanOrEqual(few * slack)
      expect(many * factor * slack).toBeGreaterThanOrEqual(few)
    },
  )

  propertyTest.prop([anyGemm, anyArray, anyCount])('grow with every size', (gemm, array, arrays) => {
    const cycles = systolicCycles(gemm, array, arrays)
    for (const grown of [{ m: gemm.m + 1 }, { n: gemm.n + 1 }, { k: gemm.k + 1 }, { repeat: gemm.repeat + 1 }]) {
      expect(systolicCycles({ ...gemm, ...grown }, array, arrays) * slack).toBeGreaterThanOrEqual(cycles)
    }
  })
})

describe('groups beside each other in a fold', () => {
  test('are as many as rows and columns hold', () => {
    expect(packed({ m: 49, n: 1, k: 9, repeat: 64 }, { rows: 128, columns: 128 })).toEqual({
      m: 49,
      n: 14,
      k: 126,
      repeat: 5,
    })
  })

  test('are one where the window is larger than the rows', () => {
    const wide = { m: 49, n: 1, k: 200, repeat: 64 }
    expect(packed(wide, { rows: 128, columns: 128 })).toEqual(wide)
  })
})
