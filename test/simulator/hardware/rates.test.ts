import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import { coreUse } from '../../../simulator/hardware/cpu-cores.ts'
import type { Device, UnitKind } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import { resolveNumbers } from '../../../simulator/hardware/simulate.ts'
import { resolveTarget, type TargetWishes } from '../../../simulator/hardware/target.ts'
import { predict } from '../../../simulator/predict/predict.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { cpuDevice, fact, gpuDevice, makeDevice, makeUnit, mode, npuDevice, onUnit } from '../../support/devices.ts'
import { residualNet } from '../../support/summaries.ts'

function ratesOf(device: Device, wishes: TargetWishes = {}) {
  return resolveNumbers(resolveTarget(device, wishes), { peers: noPeers }).rates
}

describe('peak rates', () => {
  it('of a CPU are cores × clock × MACs per cycle over its clusters', () => {
    expect(ratesOf(cpuDevice, { precision: 'fp32' }).peakMacsPerS.value).toBe(4 * 2e9 * 8 + 4 * 1.5e9 * 4)
  })

  it('take two passes for 16-bit activations on 8-bit multipliers', () => {
    const device = makeDevice([
      makeUnit({ kind: 'npu', peak: { int8: 8e12 }, precisions: ['int8', 'int8-w8a16', 'int4-w4a16'] }),
    ])
    expect(ratesOf(device).peakMacsPerS.value).toBe(8e12)
    expect(ratesOf(device, { precision: 'int8-w8a16' }).peakMacsPerS.value).toBe(4e12)
    // Weights of 4 bits are widened to fp16, which this unit states only through its int8 peak.
    expect(ratesOf(device, { precision: 'int4-w4a16' }).peakMacsPerS).toMatchObject({ value: 4e12, status: 'assumed' })
  })

  it('take packed weights as integers in two passes where a matrix engine is faster that way', () => {
    const precisions = ['int4-w4a16', 'int4-w4f16'] as const
    const peakOf = (device: Device, precision: string) => ratesOf(device, { precision }).peakMacsPerS.value
    const peak = { fp16: 6e12, int8: 24e12 }
    const engine = makeDevice([makeUnit({ kind: 'hexagon-htp', peak, precisions })])
    expect(peakOf(engine, 'int4-w4a16')).toBe(12e12)
    expect(peakOf(engine, 'int4-w4f16')).toBe(6e12)
    const lanes = makeDevice([makeUnit({ kind: 'gpu', peak, precisions })])
    expect(peakOf(lanes, 'int4-w4a16')).toBe(6e12)
  })

  it('take packed weights at the full integer rate where the runtime quantizes activations on the way', () => {
    const peak = { fp32: 2e12, fp16: 16e12, int8: 32e12 }
    const on = (runtime: string) =>
      ratesOf(makeDevice([makeUnit({ kind: 'gpu', runtime, peak, precisions: ['int4-w4a16'] })])).peakMacsPerS.value
    expect(on('openvino')).toBe(32e12)
    expect(on('tensorrt')).toBe(16e12)
  })

  it('of a GPU without an int8 figure are no higher in int8 than in fp16', () => {
    const maxwell = makeDevice([makeUnit({ kind: 'gpu', peak: { fp16: 0.236e12 }, precisions: ['int8'] })])
    expect(ratesOf(maxwell).peakMacsPerS.value).toBe(0.236e12)
  })
})

describe('a power mode', () => {
  it('scales the GPU by its clock and its clusters, and sets the memory', () => {
    const { peakMacsPerS, dramBytesPerS } = ratesOf(gpuDevice, { powerMode: '15W', precision: 'fp16' })
    expect(peakMacsPerS.value).toBeCloseTo(4e12 * 0.6, 0)
    expect(dramBytesPerS?.value).toBe(15e9)
    const half = { ...gpuDevice, powerModes: [mode('half', { gpuShare: fact(0.5) })] }
    expect(ratesOf(half, { precision: 'fp16' }).peakMacsPerS.value).toBe(2e12)
  })

  it('makes what the host does for every kernel longer as its clock falls, on its own unit and on an accelerator', () => {
    const [gpu] = gpuDevice.units
    const [cpu] = cpuDevice.units
    if (gpu === undefined || cpu === undefined) throw new Error('two units')
    const device = makeDevice([gpu, cpu], {
      powerModes: [mode('full'), mode('half', { cpuClockHz: fact(1e9), gpuClockHz: gpu.clockHz })],
    })
    for (const unit of [gpu.id, cpu.id]) {
      const fixedOf = (powerMode: string) => {
        const { perKernelS, perInferenceS } = resolveNumbers(resolveTarget(device, { unit, powerMode }), {
          peers: noPeers,
        }).parameters
        return [perKernelS, perInferenceS]
      }
      expect(fixedOf('half')).toEqual(fixedOf('full').map((seconds) => seconds * 2))
    }
    const accelerated = (powerMode: string) => ratesOf(device, { unit: gpu.id, powerMode }).peakMacsPerS.value
    expect(accelerated('half')).toBe(accelerated('full'))
  })

  it('makes what the host does between passes of a language model longer as well', () => {
    const peak = { fp16: 1e12 }
    const gpu = makeUnit({ id: 'gpu', kind: 'gpu', runtime: 'openvino', peak, precisions: ['fp16'] })
    const [cpu] = cpuDevice.units
    if (cpu === undefined) throw new Error('one unit')
    const device = makeDevice([gpu, cpu], { powerModes: [mode('full'), mode('half', { cpuClockHz: fact(1e9) })] })
    const timesOf = (powerMode: string) =>
      Object.values(resolveNumbers(resolveTarget(device, { powerMode }), { peers: noPeers }).parameters.host)
    expect(Math.min(...timesOf('full'))).toBeGreaterThan(0)
    expect(timesOf('half')).toEqual(timesOf('full').map((seconds) => seconds * 2))
  })

  it('that leaves a GPU few lanes leaves it less of the memory than there is', () => {
    const reached = (gpuShare: number) =>
      ratesOf({ ...gpuDevice, powerModes: [mode('part', { gpuShare: fact(gpuShare) })] }).reachedDramBytesPerS ?? 0
    expect(reached(0.5)).toBe(reached(1))
    expect(reached(0.02)).toBeCloseTo(1e12 * 0.02 * 0.25, 0)
  })

  it('leaves a CPU the cores and clock that it allows', () => {
    const capped = { ...cpuDevice, powerModes: [mode('low', { cpuCores: 4, cpuClockHz: fact(1e9) })] }
    expect(ratesOf(capped, { precision: 'fp32' }).peakMacsPerS.value).toBe(4 * 1e9 * 8)
  })

  it('says nothing about units that it does not mention', () => {
    const device = { ...npuDevice, powerModes: [mode('eco', { cpuCores: 2, gpuClockHz: fact(1e8) })] }
    expect(ratesOf(device).peakMacsPerS.value).toBe(2e12)
  })
})

describe('unpacking weights', () => {
  const unpackOps = (kind: UnitKind, runtime: string, precision: PrecisionId): number =>
    ratesOf(makeDevice([makeUnit({ kind, runtime, peak: { fp32: 1e12, fp16: 2e12 }, precisions: [precision] })]))
      .unpackOpsPerByte

  it.for<[UnitKind, string, PrecisionId, number]>([
    // 8 operations for each weight of 4.85 bits; a sixteenth of that in integer dot products.
    ['gpu', 'llama.cpp-metal', 'int4-q4_k_m', (8 * 8) / 4.85],
    ['gpu', 'llama.cpp-cuda', 'int4-q4_k_m', (0.5 * 8) / 4.85],
    ['gpu', 'executorch-vulkan', 'int4-w4f16', (2 * 8) / 4.5],
    ['hexagon-htp', 'genie', 'int4-w4f16', (2 * 8) / 4.5],
    ['gpu', 'coreml', 'int6-w6a16', (2 * 8) / 6.56],
    ['gpu', 'coreml', 'int2-w2a16', (2 * 8) / 2.63],
    // Multiplied as stored.
    ['hexagon-htp', 'genie', 'int4-w4a16', 0],
    ['gpu', 'llama.cpp-cuda', 'fp16', 0],
  ])('on %s with %s in %s takes %d operations per byte', ([kind, runtime, precision, expected]) => {
    expect(unpackOps(kind, runtime, precision)).toBeCloseTo(expected)
  })
})

describe('memory', () => {
  it('is reached as far as the processors of a GPU ask for it', () => {
    const reached = (lanesMacsPerS: number, runtime: string): number => {
      const unit = makeUnit({ kind: 'gpu', runtime, peak: { fp32: lanesMacsPerS }, precisions: ['fp32'] })
      return ratesOf(makeDevice([unit], { dramBytesPerS: fact(2e12) })).reachedDramBytesPerS ?? Number.NaN
    }
    expect(reached(10e12, 'llama.cpp-cuda')).toBeCloseTo((10e12 / 128) * 13)
    expect(reached(40e12, 'llama.cpp-cuda')).toBeCloseTo(2e12 * 0.75)
    expect(reached(10e12, 'tensorrt')).toBeCloseTo(2e12 * 0.75)
  })

  it('is reached through the port of the unit where that is narrower', () => {
    const reached = (clockHz: number): number => {
      const unit = makeUnit({ kind: 'hexagon-htp', clockHz: fact(clockHz) })
      return ratesOf(makeDevice([unit], { dramBytesPerS: fact(135e9) })).reachedDramBytesPerS ?? Number.NaN
    }
    expect(reached(1e9)).toBeCloseTo(64e9 * 0.7)
    expect(reached(4e9)).toBeCloseTo(135e9 * 0.7)
  })

  it('of a stick is on the other side of its link', () => {
    const stick = makeDevice(npuDevice.units, {
      dramBytes: null,
      dramBytesPerS: null,
      link: { kind: 'USB 3', bytesPerS: null },
    })
    const rates = ratesOf(stick)
    expect(rates.dramBytesPerS).toBeNull()
    expect(rates.linkBytesPerS).toMatchObject({ value: 0.32e9, status: 'default' })
  })

  it('gives one core no more than it can have in flight', () => {
    const wide = makeDevice(cpuDevice.units, { dramBytesPerS: fact(1e12) })
    const one = ratesOf(wide, { precision: 'fp32', threads: 1 }).reachedDramBytesPerS ?? 0
    const four = ratesOf(wide, { precision: 'fp32', threads: 4 }).reachedDramBytesPerS ?? 0
    expect(four).toBeCloseTo(4 * one, 0)
    expect(one).toBeLessThan(1e11)
  })
})

describe('cores in use', () => {
  const [unit] = cpuDevice.units
  if (unit === undefined) throw new Error('one unit')
  const equalCores = { ...unit, clusters: unit.clusters.slice(0, 1).map((cluster) => ({ ...cluster, cores: 8 })) }

  it('leave little cores out where equal chunks would wait for them', () => {
    // 4 big cores: 4 · 16 = 64; with 4 little ones: 8 · 6 = 48 GMAC/s; who asks for 8 threads gets them.
    expect(coreUse(unit, 'fp32', null, null, 1)).toMatchObject({ used: { count: 4 } })
    expect(coreUse(unit, 'fp32', null, null, 1).parallelShare).toBeCloseTo(64 / 88, 12)
    expect(coreUse(unit, 'fp32', null, 8, 1)).toMatchObject({ used: { count: 8 } })
    expect(coreUse(unit, 'fp32', null, 8, 1).parallelShare).toBeCloseTo(48 / 88, 12)
  })

  it('are all of them where a runtime pins no thread, unless a number is asked for', () => {
    const big = { ...unit, runtimes: [onUnit('ncnn', ['fp32'])] }
    const every = { ...unit, runtimes: [onUnit('armnn-neon', ['fp32'])] }
    const coresOf = (each: typeof unit, threads?: number) => ratesOf(makeDevice([each]), { threads }).cores
    expect(coresOf(big)).toBe(4)
    expect(coresOf(every)).toBe(8)
    expect(coresOf(every, 4)).toBe(4)
  })

  it('count by what they sustain: less in order, and as stated where nobody says', () => {
    const inThe = (inOrder: boolean | null) => {
      const [big, little] = unit.clusters.map((cluster) => ({ ...cluster, inOrder: false }))
      if (big === undefined || little === undefined) throw new Error('two clusters')
      return coreUse({ ...unit, clusters: [big, { ...little, inOrder }] }, 'fp32', null, 8, 1).parallelShare
    }
    expect(inThe(true)).toBeCloseTo(0.65 * inThe(false), 12)
    expect(inThe(null)).toBe(inThe(false))
  })

  it('fetch while they are busy: who is through waits, and a core in order costs a third', () => {
    const [big, little] = unit.clusters.map((cluster) => ({ ...cluster, inOrder: false }))
    if (big === undefined || little === undefined) throw new Error('two clusters')
    const fetchingHz = (inOrder: boolean | null) =>
      coreUse({ ...unit, clusters: [big, { ...little, inOrder }] }, 'fp32', null, 8, 1).used?.fetchingHz
    // 4 cores of 16 GMAC/s at 2 GHz beside 4 of 6 GMAC/s at 1.5 GHz.
    expect(fetchingHz(false)).toBeCloseTo(3 * (4 * 2e9 * (6 / 16) + 4 * 1.5e9), 0)
    expect(fetchingHz(true)).toBeCloseTo(3 * 4 * 2e9 * ((0.65 * 6) / 16) + 4 * 1.5e9, 0)
  })

  it('follow Amdahl', () => {
    const one = coreUse(unit, 'fp32', null, 1, 0.9)
    const four = coreUse(unit, 'fp32', null, 4, 0.9)
    expect(four.parallelShare / one.parallelShare).toBeCloseTo(1 / (0.1 + 0.9 / 4), 12)
  })

  test.prop([
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 8 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ])('never make more threads slower on equal cores, nor a free choice slower than any number', (a, b, share) => {
    const few = coreUse(equalCores, 'fp32', null, Math.min(a, b), share)
    const many = coreUse(equalCores, 'fp32', null, Math.max(a, b), share)
    expect(many.parallelShare).toBeGreaterThanOrEqual(few.parallelShare)
    const free = coreUse(unit, 'fp32', null, null, share)
    expect(free.parallelShare).toBeGreaterThanOrEqual(coreUse(unit, 'fp32', null, a, share).parallelShare)
  })
})

describe('a unit of several cores', () => {
  const npu = (total: number, perModel: number) =>
    makeDevice([
      makeUnit({ kind: 'npu', peak: { int8: 4e12 }, cores: { total: fact(total), perModel: fact(perModel) } }),
    ])
  const answer = (device: Device) =>
    predict({ summary: residualNet(4), modelId: 'm', device, peers: noPeers, catalogVersion: 't' })
  const median = ({ latencyMs, throughputPerS }: Prediction) =>
    [latencyMs, throughputPerS].map((m) => ('p50' in m ? m.p50 : 0))

  it('gives one model its share of peak and memory', () => {
    const rates = ratesOf(npu(4, 1))
    expect(rates.peakMacsPerS.value).toBe(1e12)
    expect(rates.onchipBytes.value).toBe(2 ** 18)
  })

  it('runs as many models side by side as its cores allow', () => {
    const [latencyMs = 0, throughputPerS = 0] = median(answer(npu(4, 1)))
    expect(throughputPerS).toBeCloseTo(4 * (1000 / latencyMs), 6)
    expect(median(answer(npu(4, 4)))).toEqual(median(answer(npu(1, 1))))
    expect(latencyMs).toBeGreaterThan(median(answer(npu(4, 2)))[0] ?? 0)
  })
})
