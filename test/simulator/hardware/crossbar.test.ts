import { fc, test as propertyTest } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { type Crossbar, mapToCrossbars, productS } from '../../../simulator/hardware/crossbar.ts'

/** Shafiee et al., ISCA 2016: 128×128 cells of 2 bits, 1-bit drivers, one converter of 1.28 GS/s for 128 columns. */
const isaac: Crossbar = {
  rows: 128,
  columns: 128,
  cellBits: 2,
  cellsPerSlice: 1,
  driverBits: 1,
  activeRows: 128,
  columnsPerConverter: 128,
  rowS: 100e-9,
  conversionS: 1 / 1.28e9,
}

describe("ISAAC's crossbars, as published", () => {
  const mapping = mapToCrossbars({ n: 16, k: 128 }, isaac, 16, 16)

  test('hold 16 weights of 16 bits in a row', () => {
    expect(mapping).toEqual({ slices: 8, phases: 16, crossbars: 1, spatialShare: 1 })
  })

  test('take 16 cycles of 100 ns for a product', () => {
    expect(productS(mapping, isaac)).toBeCloseTo(16 * 100e-9, 12)
  })

  test('reach 40.9 TOPS together: 168 tiles of 12 units of 8 crossbars', () => {
    const crossbars = 168 * 12 * 8
    const operationsPerProduct = 2 * 128 * 16
    expect((crossbars * operationsPerProduct) / productS(mapping, isaac) / 1e12).toBeCloseTo(41.3, 1)
  })
})

describe('any product on any crossbar', () => {
  const count = fc.integer({ min: 1, max: 600 })
  const bits = fc.integer({ min: 1, max: 16 })
  const anyCrossbar: fc.Arbitrary<Crossbar> = fc
    .record({
      rows: fc.integer({ min: 1, max: 300 }),
      columns: fc.integer({ min: 64, max: 600 }),
      cellBits: fc.integer({ min: 1, max: 4 }),
      cellsPerSlice: fc.constantFrom(1, 2),
      driverBits: fc.integer({ min: 1, max: 4 }),
      activeRows: fc.integer({ min: 1, max: 300 }),
      columnsPerConverter: fc.integer({ min: 1, max: 16 }),
    })
    .map((each) => ({ ...each, activeRows: Math.min(each.activeRows, each.rows), rowS: 1e-8, conversionS: 1e-9 }))

  propertyTest.prop([count, count, anyCrossbar, bits, bits])(
    'has cells for every bit of every weight',
    (n, k, crossbar, weightBits, inputBits) => {
      const { slices, crossbars, spatialShare, phases } = mapToCrossbars({ n, k }, crossbar, weightBits, inputBits)
      expect(slices * crossbar.cellBits).toBeGreaterThanOrEqual(weightBits)
      expect(crossbars * crossbar.rows * crossbar.columns).toBeGreaterThanOrEqual(n * k * slices)
      expect(spatialShare).toBeGreaterThan(0)
      expect(spatialShare).toBeLessThanOrEqual(1)
      expect(phases * crossbar.driverBits).toBeGreaterThanOrEqual(inputBits)
    },
  )
})
