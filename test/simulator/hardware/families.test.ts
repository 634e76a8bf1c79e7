/** What is particular to a family of hardware, on networks small enough to work out by hand. */

import { describe, expect, it } from 'vitest'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { GraphBuilder } from '../../../simulator/build/builder.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import { noPeers } from '../../../simulator/hardware/missing.ts'
import type { LawParametersPatch } from '../../../simulator/hardware/parameters.ts'
import { resolveNumbers, simulate } from '../../../simulator/hardware/simulate.ts'
import { resolveTarget, type TargetWishes } from '../../../simulator/hardware/target.ts'
import { multiplyShare } from '../../../simulator/hardware/winograd.ts'
import {
  cpuDevice,
  dataflowDevice,
  edgeTpuDevice,
  ethosDevice,
  fact,
  gpuDevice,
  makeDevice,
  makeUnit,
  mcuDevice,
  npuDevice,
} from '../../support/devices.ts'
import { residualNet, SummaryBuilder, separableNet } from '../../support/summaries.ts'

function run(
  summary: GraphSummary,
  device: Device,
  wishes: TargetWishes & { batch?: number } = {},
  patch: LawParametersPatch = {},
) {
  const target = resolveTarget(device, wishes)
  const resolved = resolveNumbers(target, { peers: noPeers, constants: patch })
  return simulate(countWork(summary, target.precision, resolved.traits.fusionProfile, wishes.batch ?? 1), resolved)
}

function chain(layers: number, channels: number, size: number): GraphSummary {
  const b = new SummaryBuilder()
  let x = b.input([1, channels, size, size])
  for (let i = 0; i < layers; i++) x = b.conv(x, channels)
  return b.build('chain', [x])
}

/** Nothing but the law itself: full efficiency, no fixed cost, perfect overlap. */
const ideal: LawParametersPatch = {
  efficiency: Object.fromEntries(
    ['convolution', 'depthwise-convolution', 'fully-connected', 'matmul'].map((name) => [name, 1]),
  ),
  bandwidthEfficiency: 1,
  halfSizeBytes: 0,
  overlapExponent: Number.POSITIVE_INFINITY,
  perKernelS: 0,
  perForkS: 0,
  perInferenceS: 0,
}

describe('a tiled NPU', () => {
  it('with lanes computes a batch side by side, lanes at a time, and reads the weights once', () => {
    const ofLanes = makeDevice([makeUnit({ kind: 'fpga-dpu', peak: { int8: 2e12 }, batchLanes: fact(4) })])
    const inOne = makeDevice([makeUnit({ kind: 'fpga-dpu', peak: { int8: 2e12 } })])
    const kernelsOf = (device: Device, batch: number) => run(chain(1, 64, 32), device, { batch }, ideal).kernels
    const computeS = (device: Device, batch: number) => kernelsOf(device, batch).computeS[0] ?? Number.NaN
    for (const [batch, passes] of [
      [1, 1],
      [3, 1],
      [4, 1],
      [5, 2],
    ] as const) {
      expect(computeS(ofLanes, batch) / computeS(inOne, 4)).toBeCloseTo(passes, 12)
    }
    expect(kernelsOf(ofLanes, 4).dramBytes).toEqual(kernelsOf(inOne, 4).dramBytes)
  })

  it('needs MACs over peak when channels fill it, and the padded MACs when they do not', () => {
    const macs = 64 * 64 * 9 * 32 * 32
    expect(run(chain(1, 64, 32), npuDevice, {}, ideal).kernels.computeS[0]).toBeCloseTo(macs / 2e12, 15)
    const padded = 48 * 48 * 9 * 32 * 32
    expect(run(chain(1, 40, 32), npuDevice, {}, ideal).kernels.computeS[0]).toBeCloseTo(padded / 2e12, 15)
  })

  it('convolves over time on its vector unit where the runtime has no other kernel for it', () => {
    const b = new SummaryBuilder()
    const macs = 64 * 64 * 27 * 8 * 16 * 16
    const volume = b.operator('Conv', 'convolution', [b.input([1, 64, 8, 16, 16])], [1, 64, 8, 16, 16], {
      constants: [b.constant(64 * 64 * 27)],
      macs,
      gemm: { m: 8 * 16 * 16, n: 64, k: 64 * 27, repeat: 1 },
      window: {
        kernel: [3, 3, 3],
        stride: [1, 1, 1],
        dilation: [1, 1, 1],
        groups: 1,
        inputChannels: 64,
        outputChannels: 64,
      },
    })
    const summary = b.build('volume', [volume])
    const peak = { int8: 8e12, fp16: 2e12 }
    const computeS = (runtime: string, precision: string) => {
      const htp = makeUnit({ kind: 'hexagon-htp', runtime, peak, precisions: ['int8', 'fp16'] })
      return run(summary, makeDevice([htp]), { precision }, ideal).kernels.computeS[0] ?? 0
    }
    expect(computeS('qnn-dlc', 'int8')).toBeCloseTo(macs / 8e12, 15)
    // 32-bit accumulators: a quarter of the 8-bit lanes, half of the 16-bit lanes.
    expect(computeS('litert-qnn', 'int8')).toBeCloseTo((4 * macs) / (8e12 / 32), 12)
    expect(computeS('litert-qnn', 'fp16')).toBeCloseTo((2 * macs) / (2e12 / 32), 12)
  })

  it('fetches weights in every run and keeps small activations local', () => {
    const { totals, workload } = run(residualNet(2), npuDevice)
    expect(totals.dramBytes).toBe(workload.kernels.reduce((sum, kernel) => sum + kernel.weightBytes, 0))
  })
})

describe('a CPU', () => {
  it('runs 3×3 stride-1 convolutions of a Winograd runtime with 16/36 of the multiplies, in floats only', () => {
    const [kernel] = countWork(chain(1, 8, 8), 'fp32', fusionProfiles.graph, 1).kernels
    if (kernel === undefined) throw new Error('one kernel')
    expect(multiplyShare(kernel, 'fp32')).toBeCloseTo(16 / 36, 15)
    expect(multiplyShare(kernel, 'int8')).toBe(1)
  })

  it('reads weights from the cache in the next run when half of it holds them', () => {
    const [unit] = cpuDevice.units
    if (unit === undefined) throw new Error('one unit')
    const withCache = (bytes: number) => makeDevice([{ ...unit, onchipBytes: fact(bytes) }])
    const summary = residualNet(2)
    expect(run(summary, withCache(64 * 2 ** 20)).totals.dramBytes).toBe(0)
    expect(run(summary, withCache(1024)).totals.dramBytes).toBeGreaterThan(0)
  })

  it('pays for every core that a kernel is forked to', () => {
    const overheadOf = (threads: number) =>
      run(residualNet(1), cpuDevice, { threads }, { perKernelS: 1e-6, perForkS: 3e-6 }).kernels.overheadS[0]
    expect(overheadOf(1)).toBeCloseTo(1e-6, 12)
    expect(overheadOf(4)).toBeCloseTo(1e-6 + 3 * 3e-6, 12)
  })

  it('gains less from cores than their number', () => {
    const one = run(separableNet(4), cpuDevice, { threads: 1 }).latencyS
    const four = run(separableNet(4), cpuDevice, { threads: 4 }).latencyS
    expect(one / four).toBeGreaterThan(2)
    expect(one / four).toBeLessThan(4)
  })
})

describe('a GPU', () => {
  it('takes whole waves: blocks are free up to the number of processors, the next one is not', () => {
    const timeOf = (rows: number): number => {
      const b = new SummaryBuilder()
      const product = b.build('product', [b.fullyConnected(b.input([rows, 64]), 32)])
      return run(product, gpuDevice, { powerMode: 'MAXN' }, ideal).kernels.computeS[0] ?? 0
    }
    // 1e12 lanes·Hz / (1e9 Hz · 128 lanes) = 7.8 processors; blocks of 32 rows.
    expect(timeOf(9)).toBe(timeOf(32))
    expect(timeOf(7 * 32)).toBe(timeOf(32))
    expect(timeOf(7 * 32 + 1)).toBeGreaterThan(1.5 * timeOf(7 * 32))
  })

  it('multiplies a few rows on its lanes, where tiles would idle', () => {
    const computeOf = (rows: number): number => {
      const b = new SummaryBuilder()
      const product = b.build('product', [b.fullyConnected(b.input([rows, 4096]), 4096)])
      return run(product, gpuDevice, { powerMode: 'MAXN' }, ideal).kernels.computeS[0] ?? 0
    }
    // One row has a thirty-second of the work of a tile.
    expect(computeOf(1)).toBeLessThan(computeOf(9) / 2)
    expect(computeOf(2)).toBeCloseTo(2 * computeOf(1), 12)
    expect(computeOf(8)).toBeLessThanOrEqual(computeOf(9))
  })

  it('splits the reduction when there are too few blocks to fill it', () => {
    const b = new SummaryBuilder()
    const tall = b.build('tall', [b.fullyConnected(b.input([64, 8192]), 64)])
    const { kernels, resolved } = run(tall, gpuDevice, { powerMode: 'MAXN' }, ideal)
    const oneProcessorS = (64 * 64 * 8192) / (resolved.rates.peakMacsPerS.value / 7.8125)
    expect(kernels.computeS[0]).toBeLessThan(oneProcessorS / 2)
  })
})

describe('an Edge TPU', () => {
  const small = chain(20, 64, 4)
  const large = chain(300, 64, 4)

  it('keeps parameters in its memory until it is full and streams the layers after that', () => {
    expect(run(small, edgeTpuDevice).totals.linkBytes).toBe(2 * 64 * 4 * 4)
    const { kernels, workload } = run(large, edgeTpuDevice)
    const streamed = [...kernels.linkBytes].map((bytes) => bytes > 0)
    expect(streamed.lastIndexOf(false)).toBeLessThan(streamed.indexOf(true))
    const cached = workload.kernels.reduce((sum, kernel, i) => sum + (streamed[i] ? 0 : kernel.weightBytes), 0)
    expect(cached).toBeLessThanOrEqual(7 * 2 ** 20)
  })

  it('streams a small layer too once a large one has not found a place', () => {
    const b = new SummaryBuilder()
    const wide = b.conv(b.conv(b.input([1, 64, 4, 4]), 2048), 2048, 1)
    const hugeThenSmall = b.build('huge then small', [b.conv(b.conv(wide, 1024), 64, 1)])
    const { kernels } = run(hugeThenSmall, edgeTpuDevice)
    expect([...kernels.linkBytes].map((bytes) => bytes > 0)).toEqual([false, false, true, true])
  })

  it('is hurt by a slow link only beyond that', () => {
    const usb2 = { ...edgeTpuDevice, link: { kind: 'USB 2', bytesPerS: fact(35e6) } }
    const cost = (summary: GraphSummary) => run(summary, usb2).latencyS / run(summary, edgeTpuDevice).latencyS
    expect(cost(small)).toBeLessThan(2)
    expect(cost(large)).toBeGreaterThan(4)
  })
})

describe('a dataflow chip', () => {
  const perItem = (summary: GraphSummary, batch: number, device: Device = dataflowDevice) =>
    run(summary, device, { batch }).intervalS / batch

  it('finishes items faster than one takes', () => {
    const { latencyS, intervalS } = run(residualNet(6, 56, 64), dataflowDevice)
    expect(latencyS).toBeGreaterThan(1.2 * intervalS)
  })

  it('is paced by the widest tensor through one port when there is little work', () => {
    const b = new SummaryBuilder()
    const thin = b.build('thin', [b.conv(b.input([1, 4, 512, 512]), 4, 1)])
    const fastLink = { ...dataflowDevice, link: { kind: 'PCIe', bytesPerS: fact(1e12) } }
    expect(run(thin, fastLink, {}, ideal).intervalS).toBeCloseTo((4 * 512 * 512) / (4 * 1e9), 9)
  })

  it('waits for the share of the rows that a window spans, on a clip as on a map', () => {
    const oneConvolution = (spatial: readonly number[]) => {
      const g = new GraphBuilder('one')
      const graph = g.finish({ y: g.conv(g.input('input', [1, 64, ...spatial]), { out: 64, kernel: 3, bias: false }) })
      return summarize(bindShapes(graph, {}), 'one')
    }
    const computeS = (spatial: readonly number[]) =>
      run(oneConvolution(spatial), dataflowDevice, {}, ideal).kernels.computeS[0] ?? Number.NaN
    // The same positions, three times the taps; a window of 3 spans 2 / 16 of an extent there and 2 / 64 here.
    expect(computeS([16, 16, 16]) / computeS([64, 64])).toBeCloseTo((3 * (1 + 2 / 16)) / (1 + 2 / 64), 9)
  })

  it('falls off a cliff when the weights no longer fit, and a batch softens the fall', () => {
    const fits = chain(45, 128, 8)
    const overflows = chain(90, 128, 8)
    expect(perItem(overflows, 1) / perItem(fits, 1)).toBeGreaterThan(10)
    expect(perItem(overflows, 16)).toBeLessThan(perItem(overflows, 1) / 4)
  })

  it('falls as far when the layers alone are too many, through the host further than from DRAM of its own', () => {
    const fits = chain(90, 16, 8)
    const overflows = chain(110, 16, 8)
    const besideDram = { ...dataflowDevice, link: null, dramBytes: fact(4e9), dramBytesPerS: fact(1e10) }
    const fall = (device: typeof dataflowDevice) => perItem(overflows, 1, device) - perItem(fits, 1, device)
    expect(fall(dataflowDevice)).toBeGreaterThan(110 * 20e-6)
    expect(fall(besideDram)).toBeGreaterThan(110 * 10e-6)
    expect(fall(besideDram)).toBeLessThan(fall(dataflowDevice))
  })
})

describe('an Ethos-U', () => {
  it('runs a 3×3 depthwise window on 9/12 of one eighth of the array', () => {
    const b = new SummaryBuilder()
    const depthwise = b.build('depthwise', [b.conv(b.input([1, 64, 16, 16]), 64, 3, 1, 64)])
    const macs = 64 * 9 * 16 * 16
    expect(run(depthwise, ethosDevice, {}, ideal).kernels.computeS[0]).toBeCloseTo(macs / (128e9 * (9 / 12 / 8)), 12)
  })
})

describe('an accelerator of a microcontroller', () => {
  const device = (macsPerCycle: number, rest: Partial<Device> = {}) =>
    makeDevice(
      [
        makeUnit({
          kind: 'mcu-npu',
          peak: { int8: macsPerCycle * 100e6 },
          clockHz: fact(100e6),
          onchipBytes: fact(2 ** 21),
        }),
      ],
      { segment: 'mcu', dramBytes: null, dramBytesPerS: null, ...rest },
    )

  it('waits for its memory ports the more the larger its array: 80 MACs per cycle are half fed', () => {
    const wide = { efficiency: { convolution: 1 }, perKernelS: 0, perInferenceS: 0, vectorEfficiency: 1e9 }
    const macsPerCycle = (size: number): number => {
      const { workload, kernels } = run(chain(1, 64, 8), device(size), {}, wide)
      return (workload.totals.macs ?? 0) / ((kernels.computeS[0] ?? 0) * 100e6)
    }
    expect(macsPerCycle(16)).toBeCloseTo(16 / (1 + 16 / 80), 3)
    expect(macsPerCycle(80)).toBeCloseTo(40, 3)
    expect(macsPerCycle(256)).toBeLessThan(80)
  })

  it('keeps weights on the chip unless it has external memory', () => {
    const dramBytesOf = (rest?: Partial<Device>) => run(chain(2, 64, 8), device(64, rest)).totals.dramBytes
    expect(dramBytesOf()).toBe(0)
    expect(dramBytesOf({ dramBytes: fact(2 ** 23), dramBytesPerS: fact(4e8) })).toBeGreaterThan(2 * 64 * 64 * 9 - 1)
  })
})

describe('a microcontroller', () => {
  it('spends the cycles per MAC of its core', () => {
    const macs = 16 * 16 * 9 * 8 * 8
    // Cortex-M4: 1.5 cycles per MAC of an int8 convolution at 180 MHz.
    expect(run(chain(1, 16, 8), mcuDevice, {}, ideal).kernels.computeS[0]).toBeCloseTo((macs * 1.5) / 180e6, 9)
  })

  it('is never faster than its stated peak', () => {
    const slow = makeDevice([
      makeUnit({ kind: 'mcu-cpu', family: 'cortex-m7', peak: { int8: 1e6 }, clockHz: fact(480e6) }),
    ])
    expect(run(chain(1, 16, 8), slow, {}, ideal).kernels.computeS[0]).toBeCloseTo((16 * 16 * 9 * 64) / 1e6, 9)
  })

  it('reads weights from external memory when the flash is too small for them', () => {
    const external = { ...mcuDevice, flashBytes: fact(1024), dramBytes: fact(8e6), dramBytesPerS: fact(10e6) }
    expect(run(residualNet(2), mcuDevice).totals.dramBytes).toBe(0)
    expect(run(residualNet(2), external).totals.dramBytes).toBeGreaterThan(0)
  })
})
