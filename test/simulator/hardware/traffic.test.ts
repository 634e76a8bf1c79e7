import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Kernel } from '../../../simulator/cost/kernel.ts'
import { type Traffic, traffic } from '../../../simulator/hardware/traffic.ts'

function matmul(m: number, n: number, k: number): Kernel {
  return {
    name: 'matmul',
    operators: [0],
    class: 'fully-connected',
    traits: [0],
    shape: [0, 0, 0, 0],
    macs: m * n * k,
    vectorOps: 0,
    weightBytes: n * k,
    inputBytes: m * k,
    outputBytes: m * n,
    gemm: { m, n, k, repeat: 1 },
    window: null,
    reads: [0],
    writes: [1],
  }
}

function moved(kernel: Kernel, onchipBytes: number, weightsResident = false): Traffic {
  const out = { dramBytes: 0, onchipBytes: 0 }
  traffic(kernel, onchipBytes, weightsResident, out)
  return out
}

const size = fc.integer({ min: 1, max: 4096 })
const memory = fc.double({ min: 1e3, max: 1e9, noNaN: true })

describe('traffic', () => {
  test.prop([size, size, size, memory])('is never below what must move once', (m, n, k, onchip) => {
    const { dramBytes, onchipBytes } = moved(matmul(m, n, k), onchip)
    expect(dramBytes + onchipBytes).toBeGreaterThanOrEqual(n * k + m * k + m * n)
  })

  test.prop([size, size, size, memory, fc.double({ min: 1, max: 100, noNaN: true })])(
    'over DRAM never grows with the memory on chip',
    (m, n, k, onchip, by) => {
      expect(moved(matmul(m, n, k), onchip * by).dramBytes).toBeLessThanOrEqual(
        moved(matmul(m, n, k), onchip).dramBytes,
      )
    },
  )

  test.prop([size, size, size, memory])(
    'of a product respects the red–blue pebble bound (Hong & Kung)',
    (m, n, k, onchip) => {
      const { dramBytes } = moved(matmul(m, n, k), onchip)
      if (dramBytes === n * k) return // activations stay on chip: another level's traffic
      // 2·m·n·k/√(8·S) words leave or enter a memory of S words, minus what it can hold at once.
      expect(dramBytes).toBeGreaterThanOrEqual((2 * m * n * k) / Math.sqrt(8 * onchip) - onchip)
    },
  )

  it('keeps activations on chip when input and output fit in half of it', () => {
    expect(moved(matmul(100, 100, 100), 40_000)).toEqual({ dramBytes: 10_000, onchipBytes: 20_000 })
    expect(moved(matmul(100, 100, 100), 39_999)).toEqual({ dramBytes: 30_000, onchipBytes: 0 })
  })

  it('keeps resident weights on chip', () => {
    expect(moved(matmul(10, 10, 10), 1e6, true)).toEqual({ dramBytes: 0, onchipBytes: 300 })
    expect(moved(matmul(1000, 10, 10), 1e4, true)).toEqual({ dramBytes: 20_000, onchipBytes: 100 })
  })

  it('reads the input again for every piece of weights that fits', () => {
    // Half of 4 MB holds one quarter of 8 MB of weights; inputs in pieces would cost more.
    const kernel = matmul(4_000, 2_000, 4_000)
    expect(moved(kernel, 4e6).dramBytes).toBe(8e6 + 4 * 16e6 + 8e6)
  })
})
