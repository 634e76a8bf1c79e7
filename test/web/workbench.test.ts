import { describe, expect, test } from 'vitest'
import { ceilingsOf } from '../../simulator/decide/ceilings.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import type { Device } from '../../simulator/hardware/device.ts'
import { noPeers } from '../../simulator/hardware/missing.ts'
import { resolveTarget } from '../../simulator/hardware/target.ts'
import { predict } from '../../simulator/predict/predict.ts'
import { withStages } from '../../web/app/answer/end-to-end.ts'
import { kernelColumns, sortKernels } from '../../web/app/answer/kernel-order.ts'
import { dramShare } from '../../web/app/charts/kernel-shares.ts'
import { pointRadius, roofline } from '../../web/app/charts/roofline-geometry.ts'
import { timelineLanes } from '../../web/app/charts/timeline-lanes.ts'
import { en } from '../../web/app/i18n/en.ts'
import { factText } from '../../web/app/i18n/fact-text.ts'
import { barText } from '../../web/app/i18n/place-text.ts'
import type { StageTimes } from '../../web/app/state/portal-state.ts'
import { placedRun } from '../../web/app/workers/placed-run.ts'
import { allDevices, cpuDevice, dataflowDevice, edgeTpuBoard } from '../support/devices.ts'
import { netWithUnknownOperator, SummaryBuilder } from '../support/summaries.ts'
import { predictionOn } from './answer-rows.ts'

/** A classifier with an operation that the Edge TPU lacks. */
function withHardSwish(): GraphSummary {
  const b = new SummaryBuilder()
  const x = b.conv(b.input([1, 3, 224, 224]), 8, 3, 2)
  const y = b.operator('HardSwish', 'activation', [x], [1, 8, 112, 112], { macs: 0, vectorOps: 1000 })
  return b.build('classifier', [b.fullyConnected(b.flatten(b.globalPool(y)), 10)])
}

function answerOn(device: Device, summary: GraphSummary, stageMs: StageTimes = {}) {
  const request = { summary, modelId: 'm', device, peers: noPeers, catalogVersion: 't', kernels: true }
  return { prediction: predict(request), placed: placedRun(request, stageMs) }
}

describe('the timeline', () => {
  test.for([...allDevices, edgeTpuBoard].map((device) => [device.id, device] as const))(
    'of %s ends at the median latency, has every kernel, and lanes for all of its bars',
    ([, device]) => {
      const { prediction, placed } = answerOn(device, withHardSwish())
      const { bars, lanes, totalMs, byBoundMs } = timelineLanes(prediction, placed, false)
      const { latencyMs } = prediction
      expect(latencyMs.availability === 'available' && totalMs / latencyMs.p50).toBeCloseTo(1, 9)
      expect(bars.filter(({ kind }) => kind === 'kernel')).toHaveLength(prediction.kernels.length)
      expect(new Set(lanes)).toEqual(new Set([...bars.map(({ lane }) => lane), prediction.unitId]))
      expect(Object.values(byBoundMs).reduce((sum, each) => sum + each, 0) / totalMs).toBeCloseTo(1, 9)
      for (const { kind, fromMs, toMs, ...bar } of bars) {
        expect(toMs).toBeGreaterThanOrEqual(fromMs)
        if (kind === 'kernel' && 'kernel' in bar) expect(toMs - fromMs).toBeCloseTo(bar.kernel.timeMs, 9)
      }
      for (const kernel of prediction.kernels) {
        expect(dramShare(kernel)).toBeGreaterThanOrEqual(0)
        expect(dramShare(kernel)).toBeLessThanOrEqual(1)
      }
    },
  )

  test('says in words why a kernel fell back, and what crosses', () => {
    const { prediction, placed } = answerOn(edgeTpuBoard, withHardSwish())
    const { bars, lanes } = timelineLanes(prediction, placed, false)
    expect(lanes).toEqual(['cpu', 'tpu', 'link'])
    const onCpu = bars.filter(({ kind, lane }) => kind === 'kernel' && lane === 'cpu').map((bar) => barText(bar, en))
    expect(onCpu[0]).toMatch(/, CPU, .* ms\. HardSwish: the compiler has no such operation$/)
    const crossing = bars.find(({ kind, lane }) => kind === 'crossing' && lane === 'link')
    expect(crossing && barText(crossing, en)).toMatch(/^partition 1 → 2, Link, .* ms\. 100 kB\. HardSwish: /)
  })

  test('has the steps of the application before and after the network, as long as they are said to take', () => {
    const { prediction, placed } = answerOn(edgeTpuBoard, withHardSwish(), { resize: 4, argmax: 2 })
    const { bars, totalMs } = timelineLanes(prediction, placed, true)
    const lengthMs = (stage: string) =>
      bars.flatMap((bar) => (bar.kind === 'stage' && bar.stage === stage ? [bar.toMs - bar.fromMs] : []))
    expect(lengthMs('resize')[0]).toBeCloseTo(4, 9)
    expect(lengthMs('argmax')[0]).toBeCloseTo(2, 9)
    expect(bars.at(-1)).toMatchObject({ kind: 'stage', stage: 'argmax', toMs: totalMs })
    const { endToEnd } = placed.placement
    expect(totalMs).toBeCloseTo(endToEnd.endToEnd.latencyMs, 9)
    const { latencyMs, throughputPerS } = withStages(prediction, endToEnd)
    expect(latencyMs).toMatchObject({ p50: expect.closeTo(totalMs, 6) })
    expect(throughputPerS.availability === 'available' && throughputPerS.p50).toBeLessThanOrEqual(
      prediction.throughputPerS.availability === 'available' ? prediction.throughputPerS.p50 : 0,
    )
  })
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
