import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { makeWorkloads } from '../../../simulator/cost/workload.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { makePeerFacts } from '../../../simulator/hardware/missing.ts'
import { canonicalJson } from '../../../simulator/json.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import type { PredictionRequest } from '../../../simulator/predict/request.ts'
import { anyDevice, anySummary } from '../../support/arbitraries.ts'
import { makeCalibration } from '../../support/calibration.ts'
import {
  allDevices,
  browserDevice,
  dataflowDevice,
  ethosDevice,
  fact,
  gpuDevice,
  makeDevice,
  makeUnit,
  mcuDevice,
  npuDevice,
} from '../../support/devices.ts'
import { netWithUnknownOperator, residualNet, SummaryBuilder, separableNet } from '../../support/summaries.ts'

const peers = makePeerFacts(allDevices)

function ask(summary: GraphSummary, device: Device, rest: Partial<PredictionRequest> = {}) {
  return predict({ summary, modelId: 'model', device, peers, catalogVersion: 'test', ...rest })
}

function available(metric: Metric) {
  if (metric.availability === 'unavailable') throw new Error(`unavailable: ${metric.missing}`)
  return metric
}

describe('a prediction', () => {
  test.prop([anySummary, anyDevice, fc.integer({ min: 1, max: 8 })])(
    'is plain JSON with ordered intervals, whatever is missing',
    (summary, device, batch) => {
      const prediction = ask(summary, device, { batch, kernels: true })
      expect(() => canonicalJson(prediction)).not.toThrow()
      const { latencyMs, throughputPerS, energyMj, powerW, memory } = prediction
      for (const metric of [latencyMs, throughputPerS, energyMj, powerW, memory.totalBytes]) {
        if (metric.availability === 'unavailable') continue
        const { p50, pi80, pi95 } = metric
        const ordered = [pi95[0], pi80[0], p50, pi80[1], pi95[1]]
        expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
        expect(p50).toBeGreaterThan(0)
      }
    },
  )

  test.prop([anySummary, anyDevice])('adds up: kernels, explanation and energy', (summary, device) => {
    const { kernels, latencyMs, explanation, energyMj, energyParts } = ask(summary, device, { kernels: true })
    const { p50 } = available(latencyMs)
    const beside = explanation.inputs
      .filter(({ formula }) => formula !== 'LAT-1')
      .reduce((sum, { value }) => sum + value, 0)
    const ofKernels = kernels.reduce((sum, { timeMs }) => sum + timeMs, 0)
    expect((ofKernels + beside) / p50).toBeCloseTo(1, 9)
    expect(explanation.inputs.reduce((sum, { value }) => sum + value, 0) / p50).toBeCloseTo(1, 9)
    if (energyParts === null) return
    const energy = Object.values(energyParts).reduce((sum, part) => sum + part, 0)
    expect(energy / available(energyMj).p50).toBeCloseTo(1, 9)
  })

  it('names its target, with the defaults filled in', () => {
    expect(ask(residualNet(1), gpuDevice)).toMatchObject({
      modelId: 'model',
      deviceId: 'gpu-device',
      unitId: 'gpu',
      runtimeId: 'tensorrt',
      precision: 'fp16',
      batch: 1,
      powerMode: '15W',
      catalogVersion: 'test',
    })
  })

  it('shows the five largest kernels, longest first, or all of them in execution order', () => {
    const brief = ask(separableNet(6), npuDevice)
    const full = ask(separableNet(6), npuDevice, { kernels: true })
    expect(brief.kernels).toHaveLength(5)
    expect(brief.largestKernels).toEqual([0, 1, 2, 3, 4])
    expect(full.largestKernels.map((index) => full.kernels[index])).toEqual(brief.kernels)
    const times = full.kernels.map(({ timeMs }) => timeMs)
    expect(brief.kernels.map(({ timeMs }) => timeMs)).toEqual(times.toSorted((a, b) => b - a).slice(0, 5))
    expect(full.kernels[0]?.operators).toEqual(['conv_0', 'relu_1'])
  })

  it('is the same with work counted earlier', () => {
    const summary = residualNet(3)
    const workloads = makeWorkloads(summary)
    expect(ask(summary, gpuDevice, { workloads })).toEqual(ask(summary, gpuDevice))
    expect(() => ask(residualNet(3), gpuDevice, { workloads })).toThrow('another summary')
  })

  it('refuses a batch that is no number of items', () => {
    for (const batch of [0, -1, 1.5, Number.NaN])
      expect(() => ask(residualNet(1), npuDevice, { batch })).toThrow('batch')
  })

  it('has a throughput of its own where several are in flight', () => {
    const { latencyMs, throughputPerS } = ask(residualNet(6, 56, 64), dataflowDevice)
    expect((available(throughputPerS).p50 * available(latencyMs).p50) / 1000).toBeGreaterThan(1.2)
    const serial = ask(residualNet(2), npuDevice, { batch: 4 })
    expect((available(serial.throughputPerS).p50 * available(serial.latencyMs).p50) / 1000).toBeCloseTo(4, 9)
  })

  it('is a lower bound that widens upwards where work is not known', () => {
    const { coverage, unknownOperators, latencyMs, throughputPerS } = ask(netWithUnknownOperator(), npuDevice)
    expect(coverage).toBeLessThan(1)
    expect(unknownOperators).toEqual(['com.example.Mystery'])
    const { p50, pi80 } = available(latencyMs)
    expect(pi80[1] / p50).toBeGreaterThan(1.2 * (p50 / pi80[0]))
    expect(available(throughputPerS).pi80[0]).toBeCloseTo(1000 / pi80[1], 9)
  })

  it('is no figure at all where no work is known', () => {
    const b = new SummaryBuilder()
    const unknown = { macs: null, vectorOps: null }
    const y = b.operator('com.example.Mystery', 'unknown', [b.input([1, 3, 32, 32])], [1, 10], unknown)
    const { latencyMs, throughputPerS, energyMj, powerW } = ask(b.build('compiled', [y]), npuDevice)
    for (const metric of [latencyMs, throughputPerS, energyMj, powerW])
      expect(metric).toEqual({ availability: 'unavailable', missing: 'work of com.example.Mystery' })
  })

  it.each(allDevices)('on $id is a number for tensors without elements and for a graph without operators', (device) => {
    const b = new SummaryBuilder()
    const empty = b.build('empty', [b.fullyConnected(b.input([1, 0]), 4), b.conv(b.input([0, 3, 8, 8]), 8)])
    const identity = new SummaryBuilder()
    for (const summary of [empty, identity.build('nothing', [identity.input([1, 4])])]) {
      const answer = ask(summary, device, { kernels: true })
      expect(() => canonicalJson(answer)).not.toThrow()
      expect(available(answer.latencyMs).p50).toBeGreaterThan(0)
      expect(answer.coverage).toBe(1)
    }
  })

  it('has no power for a machine nobody knows', () => {
    const { energyMj, powerW, energyParts } = ask(residualNet(1), browserDevice)
    expect([energyMj, powerW]).toEqual(Array(2).fill({ availability: 'unavailable', missing: 'device.tdpW' }))
    expect(energyParts).toBeNull()
  })

  it('is not moved by what was learned of another kind of unit', () => {
    const calibration = makeCalibration({ gpu: { scale: 1 } })
    const plain = available(ask(residualNet(1), npuDevice).latencyMs).p50
    expect(available(ask(residualNet(1), npuDevice, { calibration }).latencyMs).p50).toBe(plain)
    const onGpu = available(ask(residualNet(1), gpuDevice).latencyMs).p50
    expect(available(ask(residualNet(1), gpuDevice, { calibration }).latencyMs).p50).toBeCloseTo(onGpu * Math.E)
  })

  it('is scaled by measured power, and surer of it where that of the unit itself was measured', () => {
    const hungry = { ...gpuDevice, idleW: fact(0.01), tdpW: fact(1000), powerModes: [] }
    const plain = ask(residualNet(4), hungry, { calibration: makeCalibration({}) })
    const { unitId } = plain
    const family = hungry.units[0]?.family ?? ''
    const energyIn = (scope: string) => {
      const calibration = { ...makeCalibration({}), energy: { [scope]: Math.log(1.5) } }
      const { energyMj, energyParts } = ask(residualNet(4), hungry, { calibration })
      expect(energyParts?.staticMj).toBeCloseTo((plain.energyParts?.staticMj ?? 0) * 1.5)
      return available(energyMj)
    }
    const ofKind = energyIn('gpu')
    const ofUnit = energyIn(`device:${hungry.id}|${unitId}|${family}`)
    expect(ofKind.p50).toBeCloseTo(available(plain.energyMj).p50 * 1.5)
    expect(ofUnit.p50).toBeCloseTo(ofKind.p50)
    expect(ofUnit.pi80[1]).toBeLessThan(ofKind.pi80[1])
  })
})

describe('what an answer rests on', () => {
  const bare = makeDevice([makeUnit({ kind: 'npu', family: 'unheard-of' })], { id: 'bare', segment: 'phone' })
  const relative = makeDevice([makeUnit({ kind: 'npu', family: 'unheard-of', peak: { int8: 7e12 } })])
  const peak = 'unit.peakMacsPerS.int8'

  it('names every missing fact with the parent that stands in for it', () => {
    const byFamily = ask(residualNet(1), bare, { peers: makePeerFacts([relative]) })
    expect(byFamily.basis).toContainEqual(
      expect.objectContaining({ field: peak, value: 7e12, from: 'family', status: 'assumed' }),
    )
    expect(byFamily.evidence).toMatchObject({
      level: 'extrapolated',
      basis: 'family',
      rows: 0,
      networks: 0,
      devices: 0,
    })
    const byDefault = ask(residualNet(1), bare, { peers: makePeerFacts([]) })
    expect(byDefault.basis).toContainEqual(expect.objectContaining({ field: peak, from: 'default', status: 'default' }))
    expect(byDefault.evidence.basis).toBe('default')
  })

  it('keeps the sources of stated facts', () => {
    expect(ask(residualNet(1), npuDevice).basis).toContainEqual({
      field: 'device.dramBytesPerS',
      value: 20e9,
      unit: 'B/s',
      status: 'vendor',
      sourceIds: ['test'],
      from: 'device',
    })
  })

  it('widens the interval with the distance of the parents', () => {
    const summary = separableNet(8)
    const width = (from: readonly Device[]) => {
      const { pi80 } = available(ask(summary, bare, { peers: makePeerFacts(from) }).latencyMs)
      return pi80[1] / pi80[0]
    }
    expect(width([])).toBeGreaterThan(width([relative]))
  })
})

describe('memory', () => {
  const totalOf = (device: Device, summary = residualNet(2)) => ask(summary, device).memory

  it('is weights, live activations and the runtime, against DRAM', () => {
    const { weightBytes, peakActivationBytes, runtimeBytes, totalBytes, capacityBytes } = totalOf(gpuDevice)
    expect(available(totalBytes).p50).toBe(weightBytes + peakActivationBytes + (runtimeBytes ?? 0))
    expect(capacityBytes).toBe(4 * 2 ** 30)
  })

  it('of a runtime that is not known is never taken for nothing', () => {
    const { totalBytes, runtimeBytes, weightBytes, peakActivationBytes } = totalOf(npuDevice)
    const { p50, pi80, pi95 } = available(totalBytes)
    expect(runtimeBytes).toBeNull()
    expect(pi95[0]).toBeGreaterThan(weightBytes + peakActivationBytes)
    expect(pi95[0]).toBeLessThan(pi80[0])
    expect(p50).toBeGreaterThan(pi80[0])
  })

  it('of a coprocessor without its processor has no known capacity; beside one it is the RAM of the chip', () => {
    const { dramBytes: _, ...rest } = ethosDevice
    const alone: Device = { ...rest, segment: 'mcu', dramBytes: null }
    expect(totalOf(alone).capacityBytes).toBeNull()
    const chip = { ...alone, units: [...alone.units, ...mcuDevice.units] }
    expect(totalOf(chip).capacityBytes).toBe(alone.units[0]?.onchipBytes?.value)
    expect(totalOf(chip).runtimeBytes).toBe(24 * 1024)
  })

  it('of a microcontroller is RAM for activations and flash for weights', () => {
    const { weightBytes, peakActivationBytes, totalBytes, capacityBytes } = totalOf(mcuDevice)
    expect(available(totalBytes).p50).toBe(peakActivationBytes + 24 * 1024)
    expect(capacityBytes).toBe(320 * 1024)
    const tight = { ...mcuDevice, flashBytes: fact(weightBytes - 1) }
    const answer = ask(residualNet(2), tight)
    expect(answer.warnings).toMatchObject([{ code: 'does-not-fit-memory', where: 'flash' }])
    expect(answer.memory.capacityBytes).toBe(weightBytes - 1)
  })

  it('that is not there is bad news, not an error', () => {
    const small = { ...npuDevice, dramBytes: fact(1000) }
    expect(ask(residualNet(2), small).warnings).toMatchObject([
      { code: 'does-not-fit-memory', where: 'memory', expected: 'at most 1000 bytes' },
    ])
  })

  it('names the operator during which the peak occurs', () => {
    expect(totalOf(npuDevice).peakOperator).toMatch(/^conv_/)
  })
})
