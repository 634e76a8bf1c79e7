import { fc, test } from '@fast-check/vitest'
import { expect, it } from 'vitest'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { shapeOf } from '../../../simulator/cost/kernel-shape.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import { anySummary } from '../../support/arbitraries.ts'

it('is 0 for a middling product, and half a logarithm beside it', () => {
  expect(shapeOf({ m: 1000, n: 64, k: 512, repeat: 1 }, 0)).toEqual([0, 0, 0, 0])
  const [rows, depth, columns] = shapeOf({ m: 500, n: 128, k: 256, repeat: 8 }, 0)
  expect(rows).toBeCloseTo(Math.log(4) / 2, 12)
  expect(depth).toBeCloseTo(-Math.log(2) / 2, 12)
  expect(columns).toBeCloseTo(Math.log(2) / 2, 12)
})

it('of what is no product is the size of what it writes', () => {
  expect(shapeOf(null, 1e5)).toEqual([0, 0, 0, 0])
  expect(shapeOf(null, 4e5)[3]).toBeCloseTo(Math.log(4) / 2, 12)
})

it('goes no further than measured kernels do', () => {
  expect(shapeOf({ m: 1e9, n: 0, k: 1, repeat: 1 }, 0)).toEqual([2, -2, -2, 0])
})

test.prop([anySummary, fc.integer({ min: 2, max: 16 })])(
  'of a batch is that of its larger kernels',
  (summary, batch) => {
    const { kernels } = countWork(summary, 'fp32', fusionProfiles.graph, batch)
    for (const { gemm, outputBytes, shape } of kernels) expect(shape).toEqual(shapeOf(gemm, outputBytes))
  },
)
