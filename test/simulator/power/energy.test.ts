import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { countWork } from '../../../simulator/cost/workload.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { makePeerFacts, noPeers } from '../../../simulator/hardware/missing.ts'
import { resolveNumbers, simulate } from '../../../simulator/hardware/simulate.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { energyOfRun, resolvePower } from '../../../simulator/power/energy.ts'
import { dramByteJ, macJ, sramByteJ, vectorOpJ } from '../../../simulator/power/energy-per-operation.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Metric, Prediction } from '../../../simulator/predict/prediction.ts'
import { anyDevice, anySummary } from '../../support/arbitraries.ts'
import {
  boardTpu,
  browserDevice,
  edgeTpuBoard,
  edgeTpuDevice,
  fact,
  gpuDevice,
  makeDevice,
  makeUnit,
  mode,
  npuDevice,
} from '../../support/devices.ts'
import { residualNet, SummaryBuilder } from '../../support/summaries.ts'

function energyOf(summary: GraphSummary, device: Device, powerMode?: string) {
  const target = resolveTarget(device, { powerMode })
  const resolved = resolveNumbers(target, { peers: noPeers })
  const simulation = simulate(countWork(summary, target.precision, resolved.traits.fusionProfile, 1), resolved)
  const power = resolvePower(target, noPeers)
  return power === null ? null : { energy: energyOfRun({ ...simulation, fallback: null }, power), power, simulation }
}

/** Convolution, hard swish (which the Edge TPU lacks), convolution. */
function predictedOn(device: Device): Prediction {
  const b = new SummaryBuilder()
  const x = b.conv(b.input([1, 3, 16, 16]), 8)
  const y = b.operator('HardSwish', 'activation', [x], [1, 8, 16, 16], { macs: 0, vectorOps: 4096 })
  const summary = b.build('swish', [b.conv(y, 8)])
  const unit = device.units[0]?.id
  return predict({ summary, modelId: 'swish', device, unit, peers: noPeers, catalogVersion: 'test', kernels: true })
}

function p50(metric: Metric): number {
  return metric.availability === 'available' ? metric.p50 : Number.NaN
}

describe('energy per operation', () => {
  it('meets the published anchors (Horowitz 2014; Jouppi et al. 2021)', () => {
    expect(macJ('int8', 45)).toBeCloseTo(0.3e-12, 18)
    expect(macJ('fp32', 7)).toBeCloseTo(1.69e-12, 18)
    expect(vectorOpJ(45)).toBeCloseTo(0.9e-12, 18)
    expect(8 * sramByteJ(32 * 1024, 45)).toBeCloseTo(20e-12, 15)
  })

  it('falls with the node and rises with the width of numbers and the size of memories', () => {
    expect(macJ('int8', 5)).toBeLessThan(macJ('int8', 7))
    expect(macJ('fp16', 7)).toBeLessThan(macJ('fp32', 7))
    expect(sramByteJ(2 ** 22, 7)).toBeCloseTo(2 * sramByteJ(2 ** 20, 7), 18)
    expect(dramByteJ('phone')).toBeGreaterThan(sramByteJ(2 ** 20, 7))
  })
})

describe('energy of a run', () => {
  test.prop([anySummary, anyDevice])('is the sum of its parts, between idle and the ceiling', (summary, device) => {
    const answer = energyOf(summary, device)
    if (answer === null) return
    const { energy, power } = answer
    const { computeJ, onchipJ, dramJ, linkJ, staticJ, totalJ, averageW } = energy
    expect(computeJ + onchipJ + dramJ + linkJ + staticJ).toBe(totalJ)
    expect(Math.min(computeJ, onchipJ, dramJ, linkJ, staticJ)).toBeGreaterThanOrEqual(0)
    expect(averageW).toBeGreaterThanOrEqual(power.idleW.value * (1 - 1e-9))
    expect(averageW).toBeLessThanOrEqual(power.ceilingW.value * (1 + 1e-9))
  })

  test.prop([anySummary, anyDevice])('covers the arithmetic unless the ceiling forbids it', (summary, device) => {
    const answer = energyOf(summary, device)
    if (answer === null || answer.energy.dynamicShare < 1) return
    const { simulation, power, energy } = answer
    const arithmeticJ =
      simulation.workload.totals.macs * macJ(simulation.resolved.rates.arithmetic, power.processNm.value)
    expect(energy.totalJ).toBeGreaterThanOrEqual(arithmeticJ * (1 - 1e-9))
  })

  it('stays within the budget of the power mode', () => {
    const capped = { ...gpuDevice, powerModes: [mode('3W', { budgetW: fact(3) }), mode('free')] }
    const summary = residualNet(8, 64, 64)
    expect(energyOf(summary, capped, '3W')?.energy.averageW).toBeLessThanOrEqual(3 + 1e-9)
    expect(energyOf(summary, capped, 'free')?.power.ceilingW.value).toBe(10)
  })

  it('takes a share of the ceiling for idle where the mode allows less than the device idles at', () => {
    const capped = { ...npuDevice, powerModes: [mode('1W', { budgetW: fact(1) })] }
    const idleW = energyOf(residualNet(1), capped, '1W')?.power.idleW
    expect(idleW?.value).toBeLessThan(1)
    expect(idleW?.from).toBe('default')
  })

  it('prices what the accelerator lacks at the processor that runs it', () => {
    const addedW = (prediction: Prediction, name: string): number => {
      const kernel = prediction.kernels.find((each) => each.name === name)
      const idleW = (prediction.energyParts?.staticMj ?? Number.NaN) / p50(prediction.latencyMs)
      return (kernel?.energyMj ?? Number.NaN) / (kernel?.timeMs ?? Number.NaN) - idleW
    }
    const onBoard = predictedOn(edgeTpuBoard)
    expect(addedW(onBoard, 'conv_0')).toBeGreaterThan(0)
    // A core that fetches instructions in every cycle, beside an array that mostly waits for its start.
    expect(addedW(onBoard, 'hardswish_1')).toBeGreaterThan(10 * addedW(onBoard, 'conv_0'))
    // On a stick the processor is the host's: the device idles meanwhile.
    const onStick = predictedOn(makeDevice([boardTpu], { ...edgeTpuDevice, units: [boardTpu] }))
    expect(addedW(onStick, 'hardswish_1')).toBeCloseTo(0, 9)
  })

  it('is power times time on a microcontroller, whatever it runs', () => {
    const mcu = makeDevice([makeUnit({ id: 'cpu', kind: 'mcu-cpu', runtime: 'tflm', clockHz: fact(100e6) })], {
      segment: 'mcu',
      tdpW: fact(0.04),
      idleW: fact(1e-5),
      linearSupplyV: fact(1.8),
      powerModes: [mode('full'), mode('half', { cpuClockHz: fact(50e6) }), mode('3 V', { supplyV: fact(3) })],
    })
    for (const summary of [residualNet(1), residualNet(4, 32, 32)]) {
      const powerOf = (name: string) => energyOf(summary, mcu, name)?.energy.averageW
      expect(powerOf('full')).toBeCloseTo(0.04, 9)
      expect(powerOf('half')).toBeCloseTo(0.02, 9)
      expect(powerOf('3 V')).toBeCloseTo((0.04 * 3) / 1.8, 9)
    }
    const switching = { ...mcu, linearSupplyV: null }
    expect(energyOf(residualNet(1), switching, '3 V')?.energy.averageW).toBeCloseTo(0.04, 9)
  })

  it('takes the energy per cycle of its family where a microcontroller states no power', () => {
    const unit = makeUnit({ id: 'cpu', kind: 'mcu-cpu', runtime: 'tflm', clockHz: fact(100e6) })
    const stated = makeDevice([unit], { segment: 'mcu', tdpW: fact(0.03), idleW: null })
    const silent = makeDevice([{ ...unit, clockHz: fact(200e6) }], { segment: 'mcu', tdpW: null, idleW: null })
    const running = resolvePower(resolveTarget(silent), makePeerFacts([stated]))?.runningW
    expect(running).toMatchObject({ from: 'family', status: 'assumed' })
    expect(running?.value).toBeCloseTo(0.06, 9)
  })

  it('is not given for a machine nobody knows', () => {
    expect(energyOf(residualNet(1), browserDevice)).toBeNull()
  })
})
