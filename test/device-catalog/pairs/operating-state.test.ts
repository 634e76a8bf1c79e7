import { describe, expect, test } from 'vitest'
import { operatingState } from '../../../device-catalog/pairs/operating-state.ts'
import type { ComputeUnit, CpuCluster, Device, Fact, PowerMode } from '../../../simulator/hardware/device.ts'
import { onUnit } from '../../support/devices.ts'

const fact = (value: number): Fact => ({ value, status: 'vendor', sourceIds: ['datasheet'] })

const cluster = (core: string, cores: number, mhz: number): CpuCluster => ({
  core,
  inOrder: false,
  cores,
  clockHz: fact(mhz * 1e6),
  macsPerCycle: { fp32: fact(8) },
})

const unit = (id: string, kind: ComputeUnit['kind'], clusters: readonly CpuCluster[] = []): ComputeUnit => ({
  id,
  kind,
  architecture: id,
  family: id,
  clockHz: fact(1e9),
  peakMacsPerS: { fp32: fact(1e12) },
  clusters,
  onchipBytes: null,
  cores: null,
  batchLanes: null,
  alignment: null,
  runtimes: [onUnit('tflite', ['fp32'])],
  cyclesPerMac: null,
  roundsToTf32: false,
  activeW: null,
  processNm: null,
})

const mode = (id: string): PowerMode => ({
  id,
  budgetW: fact(15),
  cpuCores: 4,
  cpuClockHz: null,
  gpuClockHz: null,
  npuClockHz: null,
  memoryBytesPerS: null,
  gpuShare: null,
  supplyV: null,
})

const cpu = unit('cpu', 'cpu-simd', [cluster('A76', 2, 2400), cluster('A76', 2, 2200), cluster('A55', 4, 1800)])
const gpu = unit('gpu', 'gpu')
const npu = unit('npu', 'npu')

const device: Device = {
  id: 'board',
  name: 'Board',
  vendor: 'Vendor',
  chip: 'Chip',
  silicon: 'board',
  segment: 'embedded',
  units: [npu, cpu, gpu],
  dramBytes: null,
  dramBytesPerS: null,
  flashBytes: null,
  link: null,
  powerModes: [mode('15W'), mode('MAXN')],
  tdpW: null,
  idleW: null,
  linearSupplyV: null,
  priceUsd: null,
  pricePerHourUsd: null,
  releaseYear: null,
}

function stateOf(chosen: ComputeUnit, text: string) {
  const state = operatingState(device, chosen, text)
  const powerMode = state.device.powerModes.find(({ id }) => id === state.powerMode)
  return { ...state, mode: powerMode, cpu: state.device.units.find(({ id }) => id === 'cpu') }
}

describe('power_mode', () => {
  test('left blank is the mode that the device ships in', () => {
    expect(operatingState(device, cpu, '')).toEqual({
      device,
      powerMode: undefined,
      isModeStated: false,
      batchLanes: null,
      notModelled: [],
    })
  })

  test('says how many lanes a unit has beside those that the catalog states', () => {
    const fourteen = { ...npu, batchLanes: fact(14) }
    expect(stateOf(fourteen, '').batchLanes).toBe(14)
    expect(stateOf(fourteen, '96 AIE @1250MHz').batchLanes).toBe(3)
    expect(stateOf(fourteen, 'C20B6CU1 @300MHz, AIE-ML 1.18GHz').batchLanes).toBe(6)
    expect(stateOf(fourteen, '100 AIE').batchLanes).toBe(3)
    expect(stateOf(fourteen, '10 AIE').batchLanes).toBe(14)
    expect(stateOf(fourteen, 'C20B0CU1 @300MHz').batchLanes).toBe(14)
    expect(stateOf(npu, '96 AIE @1250MHz').batchLanes).toBeNull()
  })

  test('is a mode of the device by its name in any case, or its unlimited one', () => {
    expect(stateOf(gpu, 'maxn').powerMode).toBe('MAXN')
    expect(stateOf(gpu, 'nvpmodel max').powerMode).toBe('MAXN')
  })

  test('may be the clock of the unit', () => {
    expect(stateOf(npu, '800 MHz').mode).toMatchObject({ npuClockHz: { value: 800e6 }, budgetW: { value: 15 } })
    expect(stateOf(cpu, '120 MHz, 1.8 V').mode?.cpuClockHz?.value).toBe(120e6)
    expect(stateOf(gpu, '1.18GHz').mode?.gpuClockHz?.value).toBeCloseTo(1.18e9)
  })

  test('beyond its clock is named as not modelled', () => {
    expect(stateOf(npu, '800 MHz').notModelled).toEqual([])
    expect(stateOf(cpu, '120 MHz, 1.8 V').notModelled).toEqual(['power_mode "120 MHz, 1.8 V" beyond its clock'])
    expect(stateOf(npu, 'C20B14CU1 @300MHz, AIE-ML 1.18GHz')).toMatchObject({ powerMode: undefined })
  })

  test('names the supply where the chip regulates it linearly', () => {
    const linear = { ...device, linearSupplyV: { value: 1.8, status: 'vendor', sourceIds: [] } } as const
    const { device: state, powerMode, notModelled } = operatingState(linear, cpu, '120 MHz, 3.0 V')
    const made = state.powerModes.find(({ id }) => id === powerMode)
    expect(made).toMatchObject({ cpuClockHz: { value: 120e6 }, supplyV: { value: 3 } })
    expect(notModelled).toEqual([])
    expect(stateOf(cpu, '120 MHz, 3.0 V').mode?.supplyV).toBeNull()
  })

  test('may be a set of cores, big above the middle of the clocks', () => {
    expect(stateOf(cpu, 'big cores').cpu?.clusters.map(({ cores }) => cores)).toEqual([2, 2])
    expect(stateOf(cpu, 'little cores').cpu?.clusters.map(({ core }) => core)).toEqual(['A55'])
    expect(stateOf(cpu, 'all cores').cpu).toEqual(cpu)
  })

  test('is stated where it names a mode or a clock, not where it names cores', () => {
    expect(['15w', '800 MHz', 'big cores', '2 core', ''].map((text) => stateOf(npu, text).isModeStated)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })

  test('that only some cores share leaves no peak of the whole CPU behind', () => {
    expect(stateOf(cpu, 'big cores').cpu?.peakMacsPerS).toEqual({})
    expect(stateOf(cpu, 'big cores').device.units[0]).toBe(npu)
  })

  test("may be a number of an accelerator's cores, or a share of them", () => {
    const cores = { total: fact(4), perModel: fact(1) }
    const state = (text: string) => {
      const fourCores = { ...npu, cores }
      const found = operatingState({ ...device, units: [fourCores, cpu] }, fourCores, text)
      return [found.device.units[0]?.cores?.perModel.value, found.notModelled]
    }
    expect(state('2 core')).toEqual([2, []])
    expect(state('NPU 3 cores')).toEqual([3, []])
    expect(state('with 1/4th device capability')).toEqual([1, []])
    expect(state('with 1/2 device capability')).toEqual([2, []])
  })

  test('that is not known is named and answered in the shipped mode', () => {
    expect(stateOf(npu, '2 core')).toMatchObject({ powerMode: undefined, notModelled: ['power_mode "2 core"'] })
  })
})
