import { fc } from '@fast-check/vitest'
import type { ScaleSimArray } from '../../oracles/scale-sim.ts'
import type { MatrixProduct } from '../../simulator/hardware/systolic-mapping.ts'

const size = fc.integer({ min: 1, max: 600 })
const edge = fc.integer({ min: 1, max: 64 })

export const anyProduct: fc.Arbitrary<MatrixProduct> = fc.record({ m: size, n: size, k: size })

export const anyArray: fc.Arbitrary<ScaleSimArray> = fc.record({
  rows: edge,
  columns: edge,
  dataflow: fc.constantFrom('os', 'ws', 'is'),
  ifmapSramWords: fc.integer({ min: 16, max: 100_000 }),
  filterSramWords: fc.integer({ min: 16, max: 100_000 }),
  dramWordsPerCycle: fc.constant(null),
})
