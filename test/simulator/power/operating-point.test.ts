import { test } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Device } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import {
  dutyAt,
  leastPower,
  type OperatingPoint,
  paretoFront,
  powerAtW,
  throttledDevice,
  throttledModeId,
} from '../../../simulator/power/operating-point.ts'
import { clockShareOf, voltageOf, voltageShare } from '../../../simulator/power/voltage.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import {
  allDevices,
  edgeTpuBoard,
  fact,
  gpuDevice,
  makeDevice,
  makeUnit,
  mcuDevice,
  mode,
  npuDevice,
} from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

const summary = residualNet(2)
const ask = (device: Device, powerMode?: string) =>
  predict({ summary, modelId: 'm', device, peers: noPeers, catalogVersion: 't', powerMode })

const anyPoint: fc.Arbitrary<OperatingPoint> = fc
  .record({
    clockShare: fc.double({ min: 0.1, max: 1, noNaN: true }),
    latencyMs: fc.double({ min: 0.1, max: 100, noNaN: true }),
    batch: fc.integer({ min: 1, max: 8 }),
    idleW: fc.double({ min: 0, max: 5, noNaN: true }),
    extraW: fc.double({ min: 0, max: 10, noNaN: true }),
  })
  .map(({ extraW, ...point }) => ({ ...point, intervalMs: point.latencyMs, activeW: point.idleW + extraW }))
const anyRate = fc.double({ min: 0, max: 1000, noNaN: true })

describe('power at a rate', () => {
  it('is idle in between and active while inferring', () => {
    const point = { clockShare: 1, latencyMs: 10, intervalMs: 10, batch: 2, idleW: 1, activeW: 5 }
    expect(dutyAt(point, 50)).toBeCloseTo(0.25, 12)
    expect(powerAtW(point, 50)).toBeCloseTo(2, 12)
    expect(powerAtW(point, null)).toBe(5)
    expect(powerAtW(point, 1e6)).toBe(5)
  })

  test.prop([anyPoint, anyRate, anyRate])('lies between idle and active and rises with the rate', (point, a, b) => {
    const [low, high] = [powerAtW(point, Math.min(a, b)), powerAtW(point, Math.max(a, b))]
    expect(low).toBeGreaterThanOrEqual(point.idleW * (1 - 1e-12))
    expect(high).toBeLessThanOrEqual(point.activeW * (1 + 1e-12))
    expect(high * (1 + 1e-12)).toBeGreaterThanOrEqual(low)
  })
})

describe('the point of least power', () => {
  test.prop([fc.array(anyPoint, { maxLength: 8 }), anyRate])('is that of trying all', (points, rate) => {
    const able = points.filter((point) => dutyAt(point, rate) <= 1 && point.latencyMs <= 50)
    const least = leastPower(points, rate, 50)
    if (able.length === 0) expect(least).toBeNull()
    else {
      expect(able).toContain(least)
      expect(powerAtW(least as OperatingPoint, rate)).toBe(Math.min(...able.map((point) => powerAtW(point, rate)))) // not null: some point is able
    }
  })

  it('races where idling costs nothing and paces where the voltage falls', () => {
    const fast = { clockShare: 1, latencyMs: 10, intervalMs: 10, batch: 1, idleW: 0, activeW: 10 }
    const slow = { ...fast, clockShare: 0.5, latencyMs: 20, intervalMs: 20 }
    expect(leastPower([fast, { ...slow, activeW: 5.5 }], 10)).toBe(fast)
    expect(leastPower([fast, { ...slow, activeW: 3 }], 10)?.clockShare).toBe(0.5)
  })
})

describe('the front', () => {
  const anyPair = fc.record({ x: fc.integer({ min: 0, max: 9 }), y: fc.integer({ min: 0, max: 9 }) })
  test.prop([fc.array(anyPair, { maxLength: 12 })])('holds exactly the points that nothing beats', (points) => {
    const front = new Set(paretoFront(points))
    points.forEach((point, index) => {
      const beaten = points.some(({ x, y }) => x <= point.x && y <= point.y && x + y < point.x + point.y)
      expect(front.has(index)).toBe(!beaten)
    })
  })
})

describe('a throttled target', () => {
  it.each(allDevices)('at its full clock is the target itself: $id', (device) => {
    const whole = ask(throttledDevice(resolveTarget(device), 1), throttledModeId)
    const { latencyMs, powerW, energyMj } = ask(device)
    expect(whole).toMatchObject({ latencyMs, powerW, energyMj })
  })

  it.each(allDevices)('never gets faster at a lower clock, and slower somewhere: $id', (device) => {
    const latencies = [1, 0.8, 0.6, 0.4].map((share) => {
      const { latencyMs } = ask(throttledDevice(resolveTarget(device), share), throttledModeId)
      return latencyMs.availability === 'available' ? latencyMs.p50 : Number.NaN
    })
    expect(latencies).toEqual(latencies.toSorted((a, b) => a - b))
    expect(latencies[3]).toBeGreaterThan(latencies[0] ?? Number.NaN)
  })

  it('slows down from the clock of its mode, not from the shipped one', () => {
    const target = resolveTarget(throttledDevice(resolveTarget(gpuDevice, { powerMode: '15W' }), 0.5), {
      powerMode: throttledModeId,
    })
    expect(target.powerMode?.gpuClockHz?.value).toBeCloseTo(0.3e9, 0)
  })

  it('leaves the other units of the device their clocks', () => {
    const throttled = throttledDevice(resolveTarget(edgeTpuBoard), 0.5)
    const onCpu = resolveTarget(throttled, { unit: 'cpu', powerMode: throttledModeId })
    expect(clockShareOf(onCpu)).toBe(1)
    expect(clockShareOf(resolveTarget(throttled, { powerMode: throttledModeId }))).toBe(0.5)
  })

  it('slows a unit down that states no clock beside modes that state none either', () => {
    const unit = makeUnit({ kind: 'npu', clockHz: null, peak: { int8: 1e12 } })
    const silent = makeDevice([unit], { powerModes: [mode('low', { budgetW: fact(5) })] })
    const half = resolveTarget(throttledDevice(resolveTarget(silent), 0.5), { powerMode: throttledModeId })
    expect(clockShareOf(half)).toBe(0.5)
  })
})

describe('voltage', () => {
  it('falls with the clock to a floor, and is nominal at the shipped clock', () => {
    expect([1.2, 1, 0.5, 0.1].map(voltageShare)).toEqual([1.1, 1, 0.75, 0.6])
  })

  it('stays where it is on a microcontroller', () => {
    const half = (device: Device) =>
      resolveTarget(throttledDevice(resolveTarget(device), 0.5), { powerMode: throttledModeId })
    expect([voltageOf(half(mcuDevice)), voltageOf(half(npuDevice))]).toEqual([1, 0.75])
  })
})
