import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { makeWorkloads } from '../../../simulator/cost/workload.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { resolveNumbers, simulate } from '../../../simulator/hardware/simulate.ts'
import { resolveTarget } from '../../../simulator/hardware/target.ts'
import { type PlacedSimulation, simulatePlaced } from '../../../simulator/placement/simulate-placed.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import { anySummary } from '../../support/arbitraries.ts'
import { boardCpu, boardTpu, edgeTpuBoard, edgeTpuDevice, makeDevice, makeUnit } from '../../support/devices.ts'
import { residualNet, SummaryBuilder } from '../../support/summaries.ts'

const stick = makeDevice([boardTpu], { ...edgeTpuDevice, units: [boardTpu] })

const invokeS = 200e-6
const interpreterS = 30e-6

function place(summary: GraphSummary, device: Device): PlacedSimulation {
  const resolved = resolveNumbers(resolveTarget(device, { unit: device.units[0]?.id }), { peers: noPeers })
  const { target, traits } = resolved
  const workload = makeWorkloads(summary).get(target.precision, traits.fusionProfile, 1)
  return simulatePlaced(workload, resolved, {
    runtimeById: noPeers.runtimeById,
    run: simulate,
    resolve: (other) => resolveNumbers(other, { peers: noPeers }),
  })
}

/** Convolution, hard swish (which the Edge TPU lacks), convolution; 8 channels of 16×16 between them. */
function swishNet(): GraphSummary {
  const b = new SummaryBuilder()
  const x = b.conv(b.input([1, 3, 16, 16]), 8)
  const y = b.operator('HardSwish', 'activation', [x], [1, 8, 16, 16], { macs: 0, vectorOps: 4096 })
  return b.build('swish', [b.conv(y, 8)])
}

function total(column: Float64Array): number {
  return column.reduce((sum, value) => sum + value, 0)
}

describe('a network on two units', () => {
  it('costs what its kernels cost, one invocation, one crossing: by hand', () => {
    const { fallback, kernels, latencyS, run } = place(swishNet(), edgeTpuBoard)
    expect(fallback?.partitions).toEqual([
      { side: 'unit', operators: [0] },
      { side: 'fallback', operators: [1, 2] },
    ])
    const bytes = 8 * 16 * 16
    const [crossing, ...others] = fallback?.crossings ?? []
    expect(others).toEqual([])
    expect(crossing).toMatchObject({ from: 0, to: 1, bytes })
    expect(crossing?.linkS).toBeCloseTo(2048 / 288e6, 12)
    expect(crossing?.copyS).toBeCloseTo((2048 + 2048 + 2000) / 12e9, 12)
    expect(run.overheadS).toBeCloseTo(invokeS + interpreterS, 12)
    // The input alone crosses to the accelerator as input; the output is made on the processor.
    expect(run.linkS).toBeCloseTo((3 * 16 * 16) / 288e6, 12)
    const besides = 2048 / 288e6 + 6096 / 12e9 + 230e-6 + 768 / 288e6
    expect(latencyS).toBeCloseTo(total(kernels.totalS) + besides, 12)
    expect(latencyS).toBeGreaterThan(besides)
  })

  it('pays one more invocation for one more part', () => {
    const npu = makeUnit({ kind: 'npu', runtime: 'rknn', peak: { int8: 2e12 } })
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 16, 16]), 8)
    const y = b.operator('RoiAlign', 'pooling', [x], [1, 8, 16, 16], { macs: 0, vectorOps: 4096 })
    const { fallback, run } = place(b.build('roi', [b.conv(y, 8)]), makeDevice([npu, boardCpu]))
    expect(fallback?.partitions.map(({ side }) => side)).toEqual(['unit', 'fallback', 'unit'])
    expect(run.overheadS).toBeCloseTo(2 * 300e-6 + interpreterS, 12)
    expect(fallback?.crossings.map(({ from, to, linkS }) => [from, to, linkS])).toEqual([
      [0, 1, 0],
      [1, 2, 0],
    ])
  })

  it('uses a host that is not stated where the device has no processor, and says so', () => {
    const { fallback } = place(swishNet(), stick)
    expect(fallback?.target.isAssumed).toBe(true)
    expect(fallback?.resolved.rates.peakMacsPerS.from).not.toBe('device')
    expect(fallback?.share).toBeGreaterThan(0)
  })

  test.prop([anySummary])('has every kernel once, never below its parts, and adds up', (summary) => {
    const { fallback, workload, kernels, latencyS, intervalS, boundS } = place(summary, edgeTpuBoard)
    const operators = workload.kernels.flatMap((kernel) => kernel.operators)
    expect(new Set(operators).size).toBe(operators.length)
    const executed = summary.operators.filter(({ class: each }) => each !== 'view').length
    expect(operators.length).toBe(executed)
    expect(latencyS).toBeGreaterThanOrEqual(total(kernels.totalS))
    expect(intervalS).toBeLessThanOrEqual(latencyS)
    const { compute, memory, link, overhead } = boundS
    expect((compute + memory + link + overhead) / latencyS).toBeCloseTo(1, 9)
    expect(fallback === null).toBe(summary.operators.every(({ op }) => op !== 'Mystery'))
  })
})

describe('a prediction', () => {
  const ask = (summary: GraphSummary, device: Device) =>
    predict({ summary, modelId: 'm', device, peers: noPeers, catalogVersion: 't' })

  it('is that of one unit, bit for bit, where the runtime executes everything', () => {
    const summary = residualNet(3)
    const { fallback, ...placed } = place(summary, edgeTpuBoard)
    expect(fallback).toBeNull()
    const resolved = resolveNumbers(resolveTarget(edgeTpuBoard), { peers: noPeers })
    const workload = makeWorkloads(summary).get('int8', resolved.traits.fusionProfile, 1)
    expect(placed.latencyS).toBe(simulate(workload, resolved).latencyS)
    expect(placed.kernels.totalS).toEqual(simulate(workload, resolved).kernels.totalS)
    expect(ask(summary, edgeTpuBoard).warnings).toEqual([])
  })

  it('warns of what runs elsewhere, and is slower and less certain for it', () => {
    const { warnings, latencyMs, explanation } = ask(swishNet(), edgeTpuBoard)
    expect(warnings).toMatchObject([{ code: 'operator-unsupported', where: 'HardSwish' }])
    expect(latencyMs.availability).toBe('available')
    expect(explanation.inputs.find(({ formula }) => formula === 'PLACE-5')?.value).toBeCloseTo(
      (2048 / 288e6 + 6096 / 12e9) * 1e3,
      9,
    )
  })

  it('has no figures where the runtime runs nothing elsewhere', () => {
    const b = new SummaryBuilder()
    const x = b.conv(b.input([1, 3, 16, 16]), 8)
    const unpooled = b.operator('MaxUnpool', 'pooling', [x], [1, 8, 32, 32], { macs: 0, vectorOps: 8192 })
    const gpu = makeUnit({ id: 'gpu', kind: 'gpu', runtime: 'tensorrt', peak: { int8: 8e12 } })
    const { latencyMs, throughputPerS, energyMj, warnings } = ask(
      b.build('unpool', [unpooled]),
      makeDevice([gpu, boardCpu]),
    )
    const unavailable = { availability: 'unavailable', missing: 'runtime support of MaxUnpool' }
    expect([latencyMs, throughputPerS, energyMj]).toEqual([unavailable, unavailable, unavailable])
    expect(warnings).toMatchObject([{ code: 'operator-unsupported' }])
  })
})
