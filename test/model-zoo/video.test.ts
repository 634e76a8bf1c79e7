import { describe, expect, test } from 'vitest'
import { buildPreset } from '../../model-zoo/index.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { summarize } from '../../simulator/graph/summarize.ts'

const operatorsOf = (presetId: string, inputShape?: readonly number[]) =>
  summarize(bindShapes(buildPreset(presetId, inputShape === undefined ? {} : { inputShape }), {}), presetId).operators

describe('convolutions over time', () => {
  test('a 3-D window has three extents, and its MACs are outputs times taps', () => {
    const [stem] = operatorsOf('r3d-18')
    expect(stem?.window).toMatchObject({ kernel: [3, 7, 7], stride: [1, 2, 2], inputChannels: 3, outputChannels: 64 })
    expect(stem?.macs).toBe(64 * 16 * 56 * 56 * (3 * 3 * 7 * 7))
    expect(stem?.gemm).toMatchObject({ m: 16 * 56 * 56, n: 64, k: 3 * 3 * 7 * 7 })
  })

  test('only networks that stride in time shorten the clip', () => {
    const positions = (presetId: string) => operatorsOf(presetId).findLast(({ window }) => window !== null)?.gemm?.m
    expect(positions('r3d-18')).toBe(2 * 7 * 7)
    expect(positions('mc3-18')).toBe(16 * 7 * 7)
  })

  test('twice the frames are twice the work', () => {
    const macs = (presetId: string, frames: number) =>
      operatorsOf(presetId, [1, 3, frames, 112, 112])
        .filter(({ window }) => window !== null)
        .reduce((sum, operator) => sum + (operator.macs ?? Number.NaN), 0)
    for (const presetId of ['r3d-18', 'mc3-18', 'r2plus1d-18']) expect(macs(presetId, 32)).toBe(2 * macs(presetId, 16))
  })
})
