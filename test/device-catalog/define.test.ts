import { describe, expect, test } from 'vitest'
import { cluster, cpu } from '../../device-catalog/cpu-unit.ts'
import { defineDevice } from '../../device-catalog/define.ts'
import { deviceEntry } from '../../device-catalog/index.ts'
import { toDevice } from '../../device-catalog/simulator-form.ts'
import type { DeviceSpec } from '../../device-catalog/spec.ts'

const board: DeviceSpec = {
  id: 'board',
  name: 'Board',
  vendor: 'Nobody',
  chip: 'Chip',
  segment: 'embedded',
  sources: ['soc-tables'],
  processNm: 8,
  units: [
    cpu({ tflite: ['fp32', 'int8'], ncnn: ['fp16'] }, [cluster(4, 'Cortex-A76', 2400), cluster(4, 'Cortex-A55', 1800)]),
  ],
  dram: { type: 'LPDDR5 128-bit 3200 MHz', busBits: 128, gib: 8, gbPerS: 102.4 },
  gpuClusters: 4,
  powerModes: [{ id: 'low', sources: ['soc-tables'], memoryMhz: 2133, gpuClusters: 3 }],
}

describe('a CPU of two clusters', () => {
  const [unit] = defineDevice(board).units

  // 4 × 2.4 GHz × 32 + 4 × 1.8 GHz × 16 MACs, as the RK3588 has them: 0.8448 TOPS
  test('has the sum of its clusters as peak, in every arithmetic that all of them have', () => {
    expect(unit?.densePeak.int8).toMatchObject({ status: 'derived', unit: 'TOPS' })
    expect(unit?.densePeak.int8?.value).toBeCloseTo(0.8448, 10)
    expect(unit?.densePeak.fp16?.value).toBeCloseTo(0.4224, 10)
    expect(unit?.densePeak.fp32?.value).toBeCloseTo(0.2112, 10)
  })

  test('is of the family of its strongest cores, which come first', () => {
    expect(unit).toMatchObject({
      kind: 'cpu-simd',
      family: 'cortex-a76',
      architecture: '4x Cortex-A76 + 4x Cortex-A55',
    })
    expect(() => cpu({ ncnn: ['fp16'] }, [cluster(4, 'Cortex-A510', 1800)])).toThrow(/strongest cores first/)
  })

  test('of a microcontroller and of a tab follow the laws of theirs', () => {
    expect(cpu({ tflm: ['int8'] }, [cluster(1, 'Cortex-M7', 480)])).toMatchObject({
      kind: 'mcu-cpu',
      architecture: 'Cortex-M7',
    })
    expect(cpu({ 'tfjs-wasm': ['fp32'] }, [cluster(1, 'WASM SIMD', 3000)])).toMatchObject({ kind: 'wasm-simd' })
  })

  test('names the sources of cores, clocks and widths', () => {
    expect(unit?.densePeak.int8?.sourceIds).toEqual(['soc-tables', 'arm-core-manuals'])
  })

  test('has no peak in an arithmetic that one cluster lacks', () => {
    const clusters = [cluster(4, 'Cortex-A76', 2400), cluster(4, 'Cortex-A53', 1800)] as const
    const mixed = defineDevice({ ...board, units: [cpu({ ncnn: ['fp32'] }, clusters)] })
    expect(Object.keys(mixed.units[0]?.densePeak ?? {})).toEqual(['int8', 'fp32'])
  })

  test('takes the fastest clock as its own and the process of the device', () => {
    expect(unit?.clock?.value).toBe(2400)
    expect(unit?.process?.value).toBe(8)
  })

  test('keeps the order of runtimes and precisions', () => {
    expect(unit?.runtimes).toEqual([
      { id: 'tflite', precisions: ['fp32', 'int8'] },
      { id: 'ncnn', precisions: ['fp16'] },
    ])
  })
})

test('a power mode has the bandwidth of its memory clock over the whole bus, and the share of the GPU', () => {
  const [mode] = defineDevice(board).powerModes
  expect(mode?.memoryBandwidth).toMatchObject({ unit: 'GB/s', status: 'derived' })
  expect(mode?.memoryBandwidth?.value).toBeCloseTo(68.256, 10)
  expect(mode?.gpuShare?.value).toBe(0.75)
})

test('what is not stated stays null', () => {
  const entry = defineDevice(board)
  expect([entry.tdp, entry.idle, entry.price, entry.link, entry.flash, entry.units[0]?.onchip]).toEqual(
    Array.from({ length: 6 }, () => null),
  )
})

describe('the form of the simulator', () => {
  test('is in base units: hertz, MAC/s (half of the operations), bytes, bytes per second', () => {
    const entry = deviceEntry('jetson-agx-orin-64gb')
    if (entry === null) throw new Error('the catalog has an AGX Orin')
    const device = toDevice(entry)
    const gpu = device.units.find(({ id }) => id === 'gpu')
    expect(gpu?.clockHz?.value).toBeCloseTo(1300.5e6, 0)
    expect(gpu?.peakMacsPerS.int8?.value).toBeCloseTo(64 * 512 * 1300.5e6, -3)
    expect(gpu?.onchipBytes?.value).toBe(16 * 192 * 1024)
    expect(device.dramBytes?.value).toBe(64 * 2 ** 30)
    expect(device.dramBytesPerS?.value).toBe(204.8e9)
    expect(device.powerModes[0]?.id).toBe('30W')
    expect(device.powerModes[0]?.gpuShare?.value).toBe(0.5)
  })

  test('keeps status and sources of every fact, and nothing else', () => {
    const entry = deviceEntry('hailo-8')
    if (entry === null) throw new Error('the catalog has a Hailo-8')
    expect(toDevice(entry).tdpW).toEqual({
      value: 2.5,
      status: 'vendor',
      sourceIds: ['hailo-press', 'branes-ai-hailo'],
    })
  })
})
