import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type GpuProductParameters,
  type GpuSilicon,
  sustainedClockShare,
  timeProduct,
} from '../../../simulator/hardware/gpu-product.ts'
import { timeStream } from '../../../simulator/hardware/gpu-stream.ts'

const card: GpuSilicon = {
  processors: 100,
  clockHz: 1e9,
  peakMacsPerS: 6.4e12,
  dramBytesPerS: 1e12,
  cacheBytes: 40e6,
  boardW: 300,
}
const parameters: GpuProductParameters = {
  efficiency: 0.95,
  halfIntensity: 4,
  cacheBytesPerCycle: 40,
  blockCycles: 1000,
  loneBlockShare: 0.15,
  bandwidthEfficiency: 0.75,
  launchS: 10e-6,
  reductionPasses: 1.2,
  boardMacJ: 30e-12,
}

const side = fc.integer({ min: 1, max: 20_000 })
const product = fc.record({ m: side, n: side, k: side, repeat: fc.integer({ min: 1, max: 500 }) })

describe('a product on a GPU', () => {
  test('is timed by hand', () => {
    // 128 × 128 blocks, 200 of them on 100 processors: two waves, two blocks at home on each.
    const tile = { rows: 128, columns: 128 }
    const size = { m: 2560, n: 1280, k: 1000, repeat: 1, elementBytes: 4 }
    const timing = timeProduct(size, card, parameters, [tile])
    const multiplyS = (128 * 128 * 1000) / (64e9 * 0.95 * (64 / 68))
    const computeS = 2 * (multiplyS + 1000 / 1e9)
    const memoryS = ((2560 + 1280) * 1000 * 4 + 2560 * 1280 * 4) / 0.75e12
    expect(timing).toMatchObject({ tile, splits: 1, waves: 2 })
    expect(timing.computeS).toBeCloseTo(computeS, 12)
    expect(timing.memoryS).toBeCloseTo(memoryS, 12)
    expect(timing.timeS).toBeCloseTo(10e-6 + (computeS ** 4 + memoryS ** 4) ** (1 / 4), 12)
  })

  test('cuts a long reduction that would leave processors idle', () => {
    const { splits } = timeProduct({ m: 128, n: 128, k: 65_536, repeat: 1, elementBytes: 4 }, card, parameters)
    expect(splits).toBeGreaterThan(1)
  })

  test('goes at the clock that the board can power', () => {
    expect(sustainedClockShare({ ...card, boardW: 96 }, 30e-12)).toBeCloseTo(0.5)
    expect(sustainedClockShare(card, 30e-12)).toBe(1)
  })

  test.prop([product])('is never above the peak or the bandwidth', (size) => {
    const { timeS } = timeProduct({ ...size, elementBytes: 2 }, card, parameters)
    const { m, n, k, repeat } = size
    expect(timeS).toBeGreaterThanOrEqual((repeat * m * n * k) / card.peakMacsPerS)
    expect(timeS).toBeGreaterThanOrEqual((repeat * (m * k + k * n + m * n) * 2) / card.dramBytesPerS)
  })

  test.prop([product, fc.constantFrom('dramBytesPerS', 'cacheBytes', 'boardW', 'peakMacsPerS')])(
    'is no slower on a card with more of anything',
    (size, fact) => {
      const asked = { ...size, elementBytes: 2 }
      const more = timeProduct(asked, { ...card, [fact]: card[fact] * 1.5 }, parameters).timeS
      expect(more).toBeLessThanOrEqual(timeProduct(asked, card, parameters).timeS * (1 + 1e-9))
    },
  )
})

describe('a stream through a GPU', () => {
  const stream = { hostS: 50e-6, launchS: 5e-6, bandwidthEfficiency: 0.8, heldRowBytes: 16e3 }

  test('costs its issue when short, its bytes when long, and a second reading when rows are too long to hold', () => {
    expect(timeStream({ bytes: 1e3, reread: null }, 1e12, stream)).toBeCloseTo(50e-6, 8)
    expect(timeStream({ bytes: 8e9, reread: null }, 1e12, stream)).toBeCloseTo(0.01, 4)
    const reread = { inputBytes: 4e9, rowBytes: 32e3 }
    expect(timeStream({ bytes: 8e9, reread }, 1e12, stream)).toBeCloseTo(0.0125, 4)
  })
})
