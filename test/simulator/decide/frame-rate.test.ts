import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atRate, operatingPointOf, powerAtRate } from '../../../simulator/decide/frame-rate.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import { anyDevice } from '../../support/arbitraries.ts'
import { browserDevice, npuDevice } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const summary = residualNet(2)
const prediction = predict({ summary, modelId: 'm', device: npuDevice, peers: noPeers, catalogVersion: 't' })
const p50 = (metric: Metric) => (metric.availability === 'available' ? metric.p50 : Number.NaN)

describe('power at a frame rate', () => {
  it('is nearly idle at a rate of nearly nothing and that of back to back beyond what the unit can do', () => {
    expect(p50(powerAtRate(prediction, 1e-9))).toBeCloseTo(2, 6)
    expect(powerAtRate(prediction, 1e9)).toEqual(prediction.powerW)
    expect(atRate(prediction, null)).toBe(prediction)
  })

  it('is idle plus what every inference adds: P = P_idle·(1 − duty) + rate·E', () => {
    const point = operatingPointOf(prediction)
    if (point === null) throw new Error('the device states its power')
    const energyJ = p50(prediction.energyMj) / 1e3
    expect(p50(powerAtRate(prediction, 100))).toBeCloseTo(2 * (1 - (100 * point.intervalMs) / 1e3) + 100 * energyJ, 9)
  })

  it('sleeps at what is given instead of the idle power', () => {
    expect(p50(powerAtRate(prediction, 1e-9, 0.001))).toBeCloseTo(0.001, 6)
  })

  it('is not known where the power is not', () => {
    const inTab = predict({ summary, modelId: 'm', device: browserDevice, peers: noPeers, catalogVersion: 't' })
    expect(powerAtRate(inTab, 30).availability).toBe('unavailable')
    expect(operatingPointOf(inTab)).toBeNull()
  })

  const anyRate = fc.double({ min: 0.001, max: 1e5, noNaN: true })
  test.prop([anyDevice, anyRate, anyRate])('rises with the rate, quantiles in order', (device, a, b) => {
    const answer = predict({ summary, modelId: 'm', device, peers: noPeers, catalogVersion: 't' })
    const [low, high] = [powerAtRate(answer, Math.min(a, b)), powerAtRate(answer, Math.max(a, b))]
    if (low.availability === 'unavailable') return
    expect(p50(high) * (1 + 1e-9)).toBeGreaterThanOrEqual(low.p50)
    const inOrder = [low.pi95[0], low.pi80[0], low.p50, low.pi80[1], low.pi95[1]]
    expect(inOrder).toEqual(inOrder.toSorted((x, y) => x - y))
  })
})
