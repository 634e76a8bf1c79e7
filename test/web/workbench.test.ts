import { describe, expect, test } from 'vitest'
import { ceilingsOf } from '../../simulator/decide/ceilings.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { noPeers } from '../../simulator/hardware/missing.ts'
import { resolveTarget } from '../../simulator/hardware/target.ts'
import { kernelColumns, sortKernels } from '../../web/app/answer/kernel-order.ts'
import { dramShare, timeShares } from '../../web/app/charts/kernel-shares.ts'
import { pointRadius, roofline } from '../../web/app/charts/roofline-geometry.ts'
import { factText } from '../../web/app/i18n/fact-text.ts'
import { allDevices, cpuDevice, dataflowDevice } from '../support/devices.ts'
import { netWithUnknownOperator } from '../support/summaries.ts'
import { predictionOn } from './answer-rows.ts'

describe('the timeline', () => {
  test.for(allDevices.map((device) => [device.id, device] as const))(
    'of %s ends at the median latency',
    ([, device]) => {
      const prediction = predictionOn(device)
      const { timed, startMs, totalMs, byBoundMs } = timeShares(prediction)
      expect(prediction.latencyMs).toMatchObject({ p50: totalMs })
      expect(timed.at(-1)?.toMs).toBeCloseTo(totalMs, 9)
      expect(timed[0]?.fromMs).toBe(startMs)
      expect(Object.values(byBoundMs).reduce((sum, each) => sum + each, 0)).toBeCloseTo(totalMs, 9)
      for (const { kernel } of timed) {
        expect(dramShare(kernel)).toBeGreaterThanOrEqual(0)
        expect(dramShare(kernel)).toBeLessThanOrEqual(1)
      }
    },
  )
})

const rooflineOn = (device: Device, prediction = predictionOn(device)) =>
  roofline(prediction, ceilingsOf(resolveTarget(device), noPeers))

describe('the roofline', () => {
  test('has a point for every kernel with known work and says how many have none', () => {
    const prediction = predictionOn(cpuDevice, netWithUnknownOperator())
    const { points, omitted } = rooflineOn(cpuDevice, prediction)
    expect(points.length + omitted).toBe(prediction.kernels.length)
    expect(omitted).toBeGreaterThan(0)
  })

  test('no point lies above its ceiling, and all lie inside the axes', () => {
    for (const device of allDevices) {
      const chart = rooflineOn(device)
      const inUse = chart.flats.find(({ ceiling }) => ceiling.isInUse)
      for (const { opsPerS, opsPerByte } of chart.points) {
        expect(opsPerS).toBeLessThanOrEqual((inUse?.ceiling.opsPerS ?? Number.NaN) * (1 + 1e-9))
        expect(opsPerByte).toBeGreaterThanOrEqual(chart.x[0] * 0.999)
        expect(opsPerByte).toBeLessThanOrEqual(chart.x[1] * 1.001)
        expect(opsPerS).toBeGreaterThanOrEqual(chart.y[0] * 0.999)
        expect(opsPerS).toBeLessThanOrEqual(chart.y[1] * 1.001)
      }
      for (const { ceiling } of chart.flats) expect(ceiling.opsPerS).toBeLessThan(chart.y[1])
    }
  })

  test('flat and slanted roofs meet where memory can just feed the unit', () => {
    for (const device of allDevices) {
      const { flats, slopes } = rooflineOn(device)
      const fed = slopes.find(({ isInUse }) => isInUse)
      for (const { ceiling, fromOpsPerByte } of flats) {
        expect(fromOpsPerByte * (fed?.ceiling.bytesPerS ?? Number.NaN)).toBeCloseTo(ceiling.opsPerS, 0)
      }
    }
  })

  test('kernels left of the slope are counted as on chip', () => {
    const { points, onChip, slopes } = rooflineOn(dataflowDevice)
    const bytesPerS = slopes.find(({ ceiling }) => ceiling.level !== 'onchip')?.ceiling.bytesPerS ?? Number.NaN
    const above = points.filter(({ opsPerS, opsPerByte }) => opsPerS > opsPerByte * bytesPerS)
    expect(onChip).toBe(above.length)
    expect(onChip).toBeGreaterThan(0)
  })

  test('area, not radius, is proportional to time', () => {
    expect(pointRadius(4, 4)).toBe(9)
    expect(pointRadius(1, 4)).toBe(4.5)
    expect(pointRadius(0, 4)).toBe(2.5)
  })
})

describe('the kernel table', () => {
  const { kernels } = predictionOn(cpuDevice, netWithUnknownOperator())

  test.for(kernelColumns.map((column) => [column] as const))(
    'sorts by %s in both directions without losing a row',
    ([column]) => {
      for (const descending of [false, true]) {
        const sorted = sortKernels(kernels, { column, descending })
        expect(sorted.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([...kernels.keys()])
      }
    },
  )

  test('longest first, unknown last in both directions', () => {
    const byTime = sortKernels(kernels, { column: 'time', descending: true }).map(({ kernel }) => kernel.timeMs)
    expect(byTime).toEqual(byTime.toSorted((a, b) => b - a))
    for (const descending of [false, true]) {
      expect(sortKernels(kernels, { column: 'macs', descending }).at(-1)?.kernel.macs).toBeNull()
    }
  })
})

test.for([
  [10e12, 'MAC/s', '10.0 TMAC/s'],
  [17e9, 'B/s', '17.0 GB/s'],
  [0.00005, 's', '50.0 µs'],
  [0.75, 'W', '750 mW'],
  [0.45, '1', '0.450'],
  [28, 'nm', '28 nm'],
  [0, 's', '0 s'],
] as const)('a fact of %d %s reads %s', ([value, unit, expected]) => {
  expect(factText({ value, unit })).toBe(expected)
})
