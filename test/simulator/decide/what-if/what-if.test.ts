import { describe, expect, it } from 'vitest'
import { runtimes } from '../../../../device-catalog/index.ts'
import { buildPreset, presets } from '../../../../model-zoo/index.ts'
import type { Change } from '../../../../simulator/decide/what-if/change.ts'
import { proposals } from '../../../../simulator/decide/what-if/proposals.ts'
import { type Scenario, summaryOnly } from '../../../../simulator/decide/what-if/scenario.ts'
import { tryEach, tryTogether } from '../../../../simulator/decide/what-if.ts'
import { bindShapes } from '../../../../simulator/graph/infer.ts'
import { summarize } from '../../../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../../../simulator/graph/summary.ts'
import type { Device } from '../../../../simulator/hardware/device.ts'
import { makePeerFacts } from '../../../../simulator/hardware/missing.ts'
import type { Metric } from '../../../../simulator/predict/prediction.ts'
import {
  allDevices,
  browserDevice,
  cpuDevice,
  edgeTpuDevice,
  ethosDevice,
  fact,
  gpuDevice,
  makeDevice,
  makeUnit,
  npuDevice,
} from '../../../support/devices.ts'
import { residualNet, separableNet } from '../../../support/summaries.ts'

const surroundings = {
  zoo: { presets, buildPreset },
  deviceById: (id: string): Device => {
    const device = allDevices.find((each) => each.id === id)
    if (device === undefined) throw new Error(`no ${id} among the test devices`)
    return device
  },
}
function of(device: Device, summary: GraphSummary = separableNet(5, 96), wishes: Partial<Scenario['request']> = {}) {
  const scenario: Scenario = {
    origin: summaryOnly,
    request: { summary, modelId: 'm', device, peers: makePeerFacts([], runtimes), catalogVersion: 't', ...wishes },
  }
  return { scenario, surroundings, ratePerS: null }
}
function ofPreset(id: string, device: Device) {
  const graph = buildPreset(id)
  const question = of(device, summarize(bindShapes(graph, {}), id))
  return {
    ...question,
    scenario: { ...question.scenario, origin: { graph, bindings: {}, preset: { id, options: {} } } },
  }
}
const one = (question: ReturnType<typeof of>, change: Change) => {
  const [trial] = tryEach(question, [change]).trials
  if (trial === undefined) throw new Error('one change has one trial')
  return trial
}
const p50 = (metric: Metric | undefined) => (metric?.availability === 'available' ? metric.p50 : Number.NaN)

const ampere = {
  ...makeUnit({
    id: 'gpu',
    kind: 'gpu',
    family: 'ampere',
    runtime: 'tensorrt',
    precisions: ['int8', 'fp16'],
    peak: { fp32: 1e12, fp16: 8e12, int8: 16e12 },
  }),
}
const ampereDevice = makeDevice([ampere], { id: 'ampere' })

describe('a change of the target', () => {
  it('to int8 is slower where the unit has to do it in fp32 lanes, and the reason shows in the peak', () => {
    const noInt8 = makeUnit({
      id: 'cpu',
      kind: 'cpu-simd',
      runtime: 'onnxruntime-cpu',
      precisions: ['fp32', 'int8'],
      peak: { fp32: 64e9, int8: 16e9 },
    })
    const trial = one(of(makeDevice([noInt8])), { kind: 'precision', precision: 'int8' })
    expect(trial.outcome?.effect).toBe('slower')
    expect(trial.outcome?.work.peakMacsPerS).toEqual([64e9, 16e9])
  })

  it('to int8 is faster where the unit has the instructions', () => {
    expect(one(of(cpuDevice), { kind: 'precision', precision: 'int8' }).outcome?.effect).toBe('faster')
  })

  it('keeps the precision that the other unit also has, else takes what that prefers', () => {
    const device = makeDevice([...npuDevice.units, ...cpuDevice.units])
    expect(one(of(device), { kind: 'unit', unit: 'cpu' }).outcome?.target).toMatchObject({
      unitId: 'cpu',
      precision: 'int8',
    })
    const floating = one(of(device, undefined, { unit: 'cpu', precision: 'fp32' }), { kind: 'unit', unit: 'npu' })
    expect(floating.outcome?.target).toMatchObject({ unitId: 'npu', precision: 'int8' })
  })

  it.each([
    ['not-on-target', gpuDevice, { kind: 'precision', precision: 'int4' }],
    ['not-on-target', gpuDevice, { kind: 'unit', unit: 'npu' }],
    ['not-on-target', gpuDevice, { kind: 'mode', mode: 'turbo' }],
    ['not-on-target', gpuDevice, { kind: 'link', link: 'USB 2' }],
    ['not-on-target', gpuDevice, { kind: 'threads', threads: 2 }],
    ['not-on-target', npuDevice, { kind: 'runtime', runtime: 'tvm' }],
    ['already-so', gpuDevice, { kind: 'precision', precision: 'fp16' }],
    ['already-so', gpuDevice, { kind: 'mode', mode: '15W' }],
    ['already-so', gpuDevice, { kind: 'device', device: 'gpu-device' }],
    ['already-so', gpuDevice, { kind: 'batch', items: 1 }],
    ['already-so', gpuDevice, { kind: 'clock', share: 1 }],
    ['already-so', gpuDevice, { kind: 'bandwidth', factor: 1 }],
    ['needs-graph', gpuDevice, { kind: 'prune', ratio: 0.5 }],
    ['needs-graph', gpuDevice, { kind: 'resolution', factor: 0.5 }],
    ['needs-preset', gpuDevice, { kind: 'width', factor: 0.5 }],
    ['none-found', gpuDevice, { kind: 'clamp-activations' }],
    ['none-found', gpuDevice, { kind: 'drop-transposes' }],
  ] as const)('that cannot be says %s: %#', (code, device, change) => {
    expect(one(of(device), change)).toMatchObject({ outcome: null, hindrance: { code } })
  })

  it('to a slower link costs what crosses it', () => {
    const { outcome } = one(of(edgeTpuDevice), { kind: 'link', link: 'USB 2' })
    expect(outcome?.effect).toBe('slower')
    expect(outcome?.terms.link[1]).toBeGreaterThan(5 * (outcome?.terms.link[0] ?? Number.NaN))
    expect(outcome?.terms.compute[1]).toBeCloseTo(outcome?.terms.compute[0] ?? Number.NaN, 9)
  })

  it.each(allDevices.map((device) => [device.id, device] as const))(
    'to half the clock on %s slows computing to at most half of its speed',
    (_, device) => {
      const { outcome } = one(of(device), { kind: 'clock', share: 0.5 })
      const [before, after] = outcome?.terms.compute ?? [Number.NaN, Number.NaN]
      const [peak, slowed] = outcome?.work.peakMacsPerS ?? [Number.NaN, Number.NaN]
      // Little cores that are slower than the cap keep their clock.
      expect(slowed).toBeGreaterThanOrEqual((peak / 2) * (1 - 1e-9))
      expect(slowed).toBeLessThan(peak)
      expect(after / before).toBeGreaterThanOrEqual(1)
      expect(after / before).toBeLessThanOrEqual(2 + 1e-9)
      expect(outcome?.deltas.latencyMs?.share).toBeGreaterThanOrEqual(0)
    },
  )

  it.each(allDevices.map((device) => [device.id, device] as const))(
    'to twice the bandwidth on %s leaves computing as it is and slows nothing',
    (_, device) => {
      const { outcome } = one(of(device), { kind: 'bandwidth', factor: 2 })
      const [computeBefore, computeAfter] = outcome?.terms.compute ?? [Number.NaN, Number.NaN]
      expect(computeAfter).toBeCloseTo(computeBefore, 9)
      const { memory, link } = outcome?.terms ?? {}
      expect((memory?.[1] ?? Number.NaN) + (link?.[1] ?? Number.NaN)).toBeLessThanOrEqual(
        (memory?.[0] ?? Number.NaN) + (link?.[0] ?? Number.NaN),
      )
      expect(outcome?.deltas.latencyMs?.share).toBeLessThanOrEqual(0)
    },
  )

  it('in clock and mode is the clock of that mode', () => {
    const { outcome } = tryTogether(of(gpuDevice), [
      { kind: 'clock', share: 0.5 },
      { kind: 'mode', mode: 'MAXN' },
    ])
    expect(outcome?.target.powerMode).toBe('MAXN')
    expect(outcome?.work.peakMacsPerS[1]).toBeCloseTo(((outcome?.work.peakMacsPerS[0] ?? Number.NaN) / 0.6) * 0.5, 0)
  })

  it('to a larger batch is judged by throughput', () => {
    const { outcome } = one(of(gpuDevice, residualNet(4, 16, 16)), { kind: 'batch', items: 16 })
    expect(outcome?.effect).toBe('faster')
    expect(outcome?.deltas.latencyMs?.share).toBeGreaterThan(0)
  })

  it('to a compiler that no catalog lists fuses the same graph by its own rules', () => {
    const { outcome } = one(of(cpuDevice, residualNet(8, 64, 32)), { kind: 'runtime', runtime: 'tvm' })
    expect(outcome?.target.runtimeId).toBe('tvm')
    expect(outcome?.work.kernels[1]).toBeLessThanOrEqual(outcome?.work.kernels[0] ?? Number.NaN)
  })

  it('has a band that is narrower than that of either prediction, and narrowest for the same code', () => {
    const widthOf = (change: Change) => {
      const delta = one(of(gpuDevice), change).outcome?.deltas.latencyMs
      return delta == null ? Number.NaN : Math.log((1 + delta.pi80[1]) / (1 + delta.pi80[0]))
    }
    const { latencyMs } = tryEach(of(gpuDevice), []).base
    const whole = latencyMs.availability === 'available' ? Math.log(latencyMs.pi80[1] / latencyMs.pi80[0]) : Number.NaN
    expect(widthOf({ kind: 'mode', mode: 'MAXN' })).toBeLessThan(widthOf({ kind: 'runtime', runtime: 'tvm' }))
    expect(widthOf({ kind: 'runtime', runtime: 'tvm' })).toBeLessThan(whole)
  })

  it('leaves what is not known unknown', () => {
    const { outcome } = one(of(browserDevice), { kind: 'precision', precision: 'int8' })
    expect(outcome?.deltas.energyPerItemMj).toBeNull()
    expect(outcome?.deltas.latencyMs).not.toBeNull()
  })
})

describe('a change of the network', () => {
  it('prunes the graph and says how many channels are left', () => {
    const trial = one(ofPreset('mobilenet-v2-1.0', npuDevice), { kind: 'prune', ratio: 0.5 })
    expect(trial.notes.map(({ code }) => code)).toContain('channels-left')
    expect(trial.outcome?.work.macs[1]).toBeLessThan((trial.outcome?.work.macs[0] ?? 0) / 2)
    expect(trial.outcome?.effect).toBe('faster')
  })

  it('builds presets again at another width and resolution, one after the other', () => {
    const question = ofPreset('mobilenet-v2-1.0', npuDevice)
    const both = tryTogether(question, [
      { kind: 'resolution', factor: 0.5 },
      { kind: 'width', factor: 0.5 },
    ])
    expect(both.steps.map(({ change }) => change.kind)).toEqual(['width', 'resolution'])
    const [width, resolution] = tryEach(question, [
      { kind: 'width', factor: 0.5 },
      { kind: 'resolution', factor: 0.5 },
    ]).trials
    expect(both.outcome.work.macs[1]).toBeLessThan(
      Math.min(width?.outcome?.work.macs[1] ?? 0, resolution?.outcome?.work.macs[1] ?? 0),
    )
  })

  it('takes a student of the zoo, and a file at another size where its shapes allow', () => {
    const question = ofPreset('mobilenet-v1-1.0', npuDevice)
    expect(one(question, { kind: 'student', preset: 'mobilenet-v1-0.25' }).outcome?.effect).toBe('faster')
    const asFile = {
      ...question,
      scenario: { ...question.scenario, origin: { ...question.scenario.origin, preset: null } },
    }
    expect(one(asFile, { kind: 'resolution', factor: 0.5 }).notes).toEqual([
      { code: 'input-pixels', count: 128, of: null },
    ])
  })

  it('says where a family is not parametric and where a preset does not exist', () => {
    expect(one(ofPreset('resnet18', npuDevice), { kind: 'width', factor: 0.5 }).hindrance?.code).toBe('not-parametric')
    expect(() => one(of(npuDevice), { kind: 'student', preset: 'no-such-net' })).toThrow('unknown-preset')
  })
})

describe('zeros in the weights', () => {
  const two: Change = { kind: 'sparsity', pattern: '2:4', zeroShare: 0 }
  const many: Change = { kind: 'sparsity', pattern: 'unstructured', zeroShare: 0.8 }

  it('halve the products that silicon and runtime can halve', () => {
    const trial = one(of(ampereDevice, separableNet(8, 224, 64)), two)
    expect(trial.notes[0]?.code).toBe('layers-skipping-zeros')
    expect(trial.outcome?.work.macs[1]).toBeLessThan(trial.outcome?.work.macs[0] ?? Number.NaN)
    expect(trial.outcome?.effect).toBe('faster')
  })

  it.each([
    ['dense-silicon', npuDevice, two],
    ['dense-silicon', gpuDevice, two],
    ['dense-layers', ampereDevice, many],
    ['dense-layers', ethosDevice, { ...many, zeroShare: 0.1 }],
    ['dense-runtime', cpuDevice, many],
  ] as const)('are worth nothing where %s: %#', (code, device, change) => {
    expect(one(of(device), change).hindrance?.code).toBe(code)
  })

  it('shrink the weights of an Ethos-U and none of its work', () => {
    const { outcome } = one(of(ethosDevice), many)
    expect(outcome?.work.macs[1]).toBe(outcome?.work.macs[0])
    expect(outcome?.work.weightBytes[1]).toBeLessThan(outcome?.work.weightBytes[0] ?? Number.NaN)
  })

  it('of XNNPACK need two thirds of 1×1 weights in floating point', () => {
    const unit = makeUnit({
      id: 'cpu',
      kind: 'cpu-simd',
      runtime: 'xnnpack',
      precisions: ['fp32', 'int8'],
      peak: { fp32: 64e9, int8: 256e9 },
    })
    expect(one(of(makeDevice([unit])), { ...many, zeroShare: 0.9 }).outcome?.effect).toBe('faster')
    expect(one(of(makeDevice([unit])), { ...many, zeroShare: 0.5 }).hindrance?.code).toBe('dense-layers')
    expect(
      one(of(makeDevice([unit]), undefined, { precision: 'int8' }), { ...many, zeroShare: 0.9 }).hindrance?.code,
    ).toBe('dense-layers')
  })

  it.each(['4:2', '0:4', 'some'])('are refused as %s', (pattern) => {
    expect(() => one(of(ampereDevice), { kind: 'sparsity', pattern, zeroShare: 0 })).toThrow('invalid-field')
  })
})

describe('several changes', () => {
  const changes: readonly Change[] = [
    { kind: 'sparsity', pattern: '2:4', zeroShare: 0 },
    { kind: 'precision', precision: 'fp16' },
    { kind: 'prune', ratio: 0.3 },
    { kind: 'resolution', factor: 0.75 },
    { kind: 'batch', items: 4 },
  ]
  const question = ofPreset('mobilenet-v2-1.0', ampereDevice)

  it('contribute exactly the joint effect', () => {
    const { steps, outcome } = tryTogether(question, changes)
    const base = tryEach(question, [])
    const sum = (pick: (step: (typeof steps)[number]) => number | null) =>
      steps.reduce((total, step) => total + (pick(step) ?? Number.NaN), 0)
    expect(sum(({ latencyMs }) => latencyMs)).toBeCloseTo(p50(outcome.figures.latencyMs) - p50(base.base.latencyMs), 9)
    expect(sum(({ energyPerItemMj }) => energyPerItemMj)).toBeCloseTo(
      p50(outcome.figures.energyPerItemMj) - p50(base.figures.energyPerItemMj),
      9,
    )
  })

  it('are the same in any order', () => {
    const forward = tryTogether(question, changes)
    expect(tryTogether(question, changes.toReversed())).toEqual(forward)
  })

  it('leave out what is impossible and count what needs another only with it', () => {
    const device = makeDevice([...npuDevice.units, ...cpuDevice.units])
    const toCpu: readonly Change[] = [
      { kind: 'precision', precision: 'fp32' },
      { kind: 'unit', unit: 'cpu' },
    ]
    const { steps, outcome, hindered } = tryTogether(of(device), toCpu)
    expect(hindered).toEqual([])
    expect(outcome.target).toMatchObject({ unitId: 'cpu', precision: 'fp32' })
    expect(steps.map(({ change }) => change.kind)).toEqual(['unit', 'precision'])
    expect(tryTogether(of(device), [...toCpu, { kind: 'prune', ratio: 0.5 }]).hindered[0]?.hindrance.code).toBe(
      'needs-graph',
    )
  })

  it('are at most six, and of different kinds', () => {
    const seven = [...changes, { kind: 'width', factor: 0.5 }, { kind: 'clamp-activations' }] as const
    expect(() => tryTogether(question, seven)).toThrow('invalid-field')
    expect(() => tryTogether(question, [])).toThrow('invalid-field')
    expect(() =>
      tryTogether(question, [
        { kind: 'batch', items: 2 },
        { kind: 'batch', items: 4 },
      ]),
    ).toThrow('invalid-field')
  })
})

describe('proposals', () => {
  it.each(allDevices)('are all answered, or say why not: $id', (device) => {
    const question = ofPreset('mobilenet-v1-0.25', device)
    const changes = proposals(question.scenario, surroundings.zoo)
    const { trials } = tryEach(question, changes)
    expect(trials).toHaveLength(changes.length)
    for (const { outcome, hindrance } of trials) expect((outcome === null) !== (hindrance === null)).toBe(true)
    expect(trials.filter(({ outcome }) => outcome !== null).length).toBeGreaterThan(3)
  })

  it('know the other precisions, modes and students', () => {
    const kinds = proposals(ofPreset('mobilenet-v1-1.0', gpuDevice).scenario, surroundings.zoo)
    expect(kinds).toContainEqual({ kind: 'precision', precision: 'int8' })
    expect(kinds).toContainEqual({ kind: 'mode', mode: 'MAXN' })
    expect(kinds).toContainEqual({ kind: 'student', preset: 'mobilenet-v1-0.5' })
    expect(kinds).toContainEqual({ kind: 'width', factor: 0.75 })
  })
})

it('the rate decides which power counts', () => {
  const idle = { ...npuDevice, idleW: fact(1) }
  const { figures } = tryEach({ ...of(idle), ratePerS: 1e-6 }, [])
  expect(p50(figures.powerW)).toBeCloseTo(1, 4)
})
