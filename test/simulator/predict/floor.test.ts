import { describe, expect, test } from 'vitest'
import { fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { makeWorkloads } from '../../../simulator/cost/workload.ts'
import type { PrecisionId } from '../../../simulator/graph/precision.ts'
import type { CpuCluster, Device } from '../../../simulator/hardware/device.ts'
import { resolveTarget, type TargetWishes } from '../../../simulator/hardware/target.ts'
import { physicsFloor } from '../../../simulator/predict/floor.ts'
import { fact, makeDevice, makeUnit, type UnitOptions } from '../../support/devices.ts'
import { SummaryBuilder } from '../../support/summaries.ts'

/** One convolution of 32 × 32 pixels, 64 → 64 channels. */
function convolution(size: number, stride = 1) {
  const builder = new SummaryBuilder()
  const output = builder.conv(builder.input([1, 64, 32, 32]), 64, size, stride)
  return makeWorkloads(builder.build('convolution', [output]))
}

const precisions: readonly PrecisionId[] = ['fp32', 'fp16', 'int8']

function floorOn(device: Device, workloads = convolution(1), wishes: TargetWishes = {}) {
  const target = resolveTarget(device, wishes)
  return physicsFloor(workloads.get(target.precision, fusionProfiles.graph, 1), target)
}

const gpu = (rest: Partial<UnitOptions>) => makeDevice([makeUnit({ kind: 'gpu', precisions, ...rest })])
const macsOf1x1 = 32 * 32 * 64 * 64

describe('the compute floor', () => {
  test('is MACs over the peak', () => {
    const floor = floorOn(gpu({ peak: { fp32: 1e12 } }))
    expect(floor?.computeS).toBeCloseTo(macsOf1x1 / 1e12, 15)
  })

  test('counts 3×3 stride-1 convolutions in floating point 2.25 times lower, and no others', () => {
    const device = gpu({ peak: { fp32: 1e12, fp16: 1e12, int8: 1e12 } })
    const secondsOf = (size: number, stride: number, precision: PrecisionId) =>
      (floorOn(device, convolution(size, stride), { precision })?.computeS ?? 0) / (macsOf1x1 / 1e12)
    expect(secondsOf(3, 1, 'fp32')).toBeCloseTo(9 / 2.25, 12)
    expect(secondsOf(3, 1, 'fp16')).toBeCloseTo(9 / 2.25, 12)
    expect(secondsOf(3, 1, 'int8')).toBeCloseTo(9, 12)
    expect(secondsOf(3, 2, 'fp32')).toBeCloseTo(9 / 4, 12)
    expect(secondsOf(5, 1, 'fp32')).toBeCloseTo(25, 12)
  })

  test('lets ncnn filter in larger tiles, in integers too', () => {
    const device = gpu({ peak: { fp32: 1e12, int8: 1e12 }, runtime: 'ncnn' })
    const secondsOf = (precision: PrecisionId) =>
      (floorOn(device, convolution(3), { precision })?.computeS ?? 0) / (macsOf1x1 / 1e12)
    expect(secondsOf('fp32')).toBeCloseTo((9 * 64) / 324, 12)
    expect(secondsOf('int8')).toBeCloseTo((9 * 36) / 144, 12)
  })

  test('takes TF32 for fp32 on GPUs from Ampere on', () => {
    const peak = { fp32: 1e12, tf32: 8e12, fp16: 16e12 }
    expect(floorOn(gpu({ peak, family: 'ampere', roundsToTf32: true }))).toMatchObject({
      arithmetic: 'tf32',
      computeS: macsOf1x1 / 8e12,
    })
    expect(floorOn(gpu({ peak, family: 'turing' }))).toMatchObject({ arithmetic: 'fp32', computeS: macsOf1x1 / 1e12 })
  })

  test('takes fp16 for fp32 in OpenVINO and ncnn where the unit has it', () => {
    const peak = { fp32: 1e12, fp16: 2e12 }
    const arithmetics = ['openvino', 'ncnn', 'tflite'].map((runtime) => floorOn(gpu({ peak, runtime }))?.arithmetic)
    expect(arithmetics).toEqual(['fp16', 'fp16', 'fp32'])
    expect(floorOn(gpu({ peak: { fp32: 1e12, int8: 4e12 }, runtime: 'ncnn' }))?.arithmetic).toBe('int8')
  })

  test('lets a runtime compute wider where that is faster', () => {
    const device = gpu({ peak: { fp16: 2e12, int8: 1e12 } })
    expect(floorOn(device, convolution(1), { precision: 'int8' })?.arithmetic).toBe('fp16')
  })

  test('bounds a format that is not stated by the narrower ones, and is unknown without any', () => {
    expect(floorOn(gpu({ peak: { int8: 4e12 } }))?.computeS).toBeCloseTo(macsOf1x1 / 4e12, 15)
    expect(floorOn(gpu({ peak: { fp16: 1e12 } }), convolution(1), { precision: 'int8' })).toBeNull()
    expect(floorOn(gpu({ peak: {} }))).toBeNull()
  })

  test('is that of the fastest cores, as many as there are threads', () => {
    const cluster = (core: string, cores: number, mhz: number): CpuCluster => ({
      core,
      inOrder: false,
      cores,
      clockHz: fact(mhz * 1e6),
      macsPerCycle: { fp32: fact(8) },
    })
    const clusters = [cluster('little', 4, 1000), cluster('big', 2, 2000)]
    const cpu = makeDevice([makeUnit({ kind: 'cpu-simd', id: 'cpu', precisions, clusters })])
    const rateAt = (threads?: number) => macsOf1x1 / (floorOn(cpu, convolution(1), { threads })?.computeS ?? 0) / 8e9
    expect(rateAt(1)).toBeCloseTo(2, 12)
    expect(rateAt(3)).toBeCloseTo(5, 12)
    expect(rateAt()).toBeCloseTo(8, 12)
  })
})

describe('the memory floor', () => {
  const peak = { fp32: 1e15 }

  test('is the weights beyond the chip over the bandwidth', () => {
    const device = gpu({ peak, onchipBytes: fact(4096) })
    const weightBytes = convolution(1).get('fp32', fusionProfiles.graph, 1).weightBytes
    expect(floorOn(device)?.memoryS).toBeCloseTo((weightBytes - 4096) / 20e9, 15)
  })

  test('is nothing where the weights fit, or where either figure is unknown', () => {
    expect(floorOn(gpu({ peak, onchipBytes: fact(2 ** 30) }))?.memoryS).toBe(0)
    expect(floorOn(gpu({ peak, onchipBytes: null }))?.memoryS).toBe(0)
    const unit = makeUnit({ kind: 'gpu', precisions, peak, onchipBytes: fact(4096) })
    expect(floorOn(makeDevice([unit], { dramBytesPerS: null }))?.memoryS).toBe(0)
  })
})
