import { describe, expect, test } from 'vitest'
import { deviceEntries, deviceEntry } from '../../device-catalog/index.ts'
import { busBytesPerS, lintCatalog, lintEntry, rules } from '../../device-catalog/lint.ts'
import type { CatalogFact, DeviceEntry, UnitEntry } from '../../device-catalog/schema.ts'

test('the catalog contradicts itself nowhere', () => {
  expect(lintCatalog(deviceEntries)).toEqual([])
})

test('the rules have something to compare: figures that were stated apart', () => {
  const units = deviceEntries.flatMap((entry) => entry.units)
  const comparable = units.filter(
    ({ clock, macsPerCycle, densePeak }) =>
      clock !== null && macsPerCycle.int8 !== undefined && densePeak.int8 !== undefined,
  )
  expect(comparable.length).toBeGreaterThan(80)
  const buses = deviceEntries.filter(({ dram }) => dram?.bandwidth != null && busBytesPerS(dram.type) !== null)
  expect(buses.length).toBeGreaterThan(70)
  expect(deviceEntries.filter(({ idle, tdp }) => idle !== null && tdp !== null).length).toBeGreaterThan(30)
})

describe('a planted error is found', () => {
  test('operations taken for MACs: the peak of the Edge TPU doubled', () => {
    const coral = change(entry('coral-usb-accelerator'), 'tpu', (unit) => ({
      densePeak: scale(unit.densePeak, 'int8', 2),
    }))
    expect(rulesOf(lintEntry(coral))).toEqual(['peak-against-rate'])
  })

  test('one core for all: the cores of a CPU counted once', () => {
    const pi = change(entry('raspberry-pi-5'), 'cpu', (unit) => ({
      clusters: unit.clusters.map((cluster) => ({ ...cluster, cores: { ...cluster.cores, value: 1 } })),
    }))
    expect(rulesOf(lintEntry(pi))).toContain('peak-against-rate')
  })

  test('the sparse headline in the dense field: AGX Orin with 170 INT8 TOPS', () => {
    const orin = change(entry('jetson-agx-orin-64gb'), 'gpu', (unit) => ({
      densePeak: scale(unit.densePeak, 'int8', 2),
    }))
    expect(rulesOf(lintEntry(orin))).toEqual(['peak-against-rate', 'sparse-in-dense'])
  })

  test('the sparse headline also where no rate per cycle is known: Lunar Lake without one', () => {
    const laptop = change(entry('core-ultra-7-258v'), 'gpu', (unit) => ({
      macsPerCycle: {},
      densePeak: scale(unit.densePeak, 'int8', 2),
    }))
    expect(rulesOf(lintEntry(laptop))).toEqual(['sparse-in-dense'])
  })

  test('more bandwidth than the bus carries: 102.4 GB/s on a 64-bit Orin Nano', () => {
    const nano = entry('jetson-orin-nano-4gb')
    const { dram } = nano
    if (dram?.bandwidth == null) throw new Error('the test needs a bandwidth')
    const wrong = { ...nano, dram: { ...dram, bandwidth: { ...dram.bandwidth, value: 102.4 } } }
    expect(rulesOf(lintEntry(wrong))).toEqual(['bandwidth-above-bus'])
  })

  test('a power mode above the clock of the unit', () => {
    const orin = entry('jetson-orin-nx-16gb')
    const [first, ...rest] = orin.powerModes
    if (first?.gpuClock == null) throw new Error('the test needs a clock')
    const wrong = { ...orin, powerModes: [{ ...first, gpuClock: { ...first.gpuClock, value: 1300 } }, ...rest] }
    expect(rulesOf(lintEntry(wrong))).toEqual(['mode-above-clock'])
  })

  test('milliwatts taken for watts: an idle power above the load', () => {
    const nordic = entry('nrf54l15')
    if (nordic.idle === null) throw new Error('the test needs an idle power')
    const wrong = { ...nordic, idle: { ...nordic.idle, value: nordic.idle.value * 1000 } }
    expect(rulesOf(lintEntry(wrong))).toEqual(['idle-above-load'])
  })

  test("a laptop card with its desktop namesake's figures, but not one with its own", () => {
    const desktop = entry('nvidia-rtx4090')
    const laptop = { ...desktop, id: 'laptop-card', name: 'NVIDIA GeForce RTX 4090 Laptop' }
    expect(rulesOf(lintCatalog([desktop, laptop]))).toEqual(['namesake'])
    const slower = { ...laptop, tdp: desktop.tdp === null ? null : { ...desktop.tdp, value: 150 } }
    expect(lintCatalog([desktop, slower])).toEqual([])
  })

  test('the same product twice, by id or by vendor, name and memory', () => {
    const pi = entry('raspberry-pi-5')
    expect(rulesOf(lintCatalog([pi, { ...pi, id: 'pi-again' }]))).toEqual(['duplicate-key'])
    expect(rulesOf(lintCatalog([pi, { ...pi, name: 'Another board' }]))).toEqual(['duplicate-key'])
    const more = pi.dram?.size == null ? null : { ...pi.dram, size: { ...pi.dram.size, value: 16 } }
    expect(lintCatalog([pi, { ...pi, id: 'raspberry-pi-5-16gb', dram: more }])).toEqual([])
  })

  test('of every rule at least one is planted above', () => {
    expect([...rules].sort()).toEqual([
      'bandwidth-above-bus',
      'duplicate-key',
      'idle-above-load',
      'mode-above-clock',
      'namesake',
      'peak-against-rate',
      'sparse-in-dense',
    ])
  })
})

describe('the bus of a memory', () => {
  test.each([
    ['LPDDR5 256-bit 3200 MHz', 204.8e9],
    ['LPDDR4-4266 4x32-bit', 68.256e9],
    ['LPDDR5X 4x16-bit 5300 MHz', 84.8e9],
    ['8ch DDR4-3200', 204.8e9],
    ['LPDDR2-900 32-bit', 3.6e9],
  ])('%s carries %d bytes per second', (memory, bytesPerS) => {
    expect(busBytesPerS(memory)).toBeCloseTo(bytesPerS, 0)
  })

  test.each(['GDDR6', 'LPDDR4X', 'LPDDR5 (bus width not verified)', 'DDR4/LPDDR4X-3200 32-bit', 'shared system RAM'])(
    'of %s is not known',
    (memory) => {
      expect(busBytesPerS(memory)).toBeNull()
    },
  )
})

function entry(id: string): DeviceEntry {
  const found = deviceEntry(id)
  if (found === null) throw new Error(`the catalog has no ${id}`)
  return found
}

function change(device: DeviceEntry, unitId: string, patch: (unit: UnitEntry) => Partial<UnitEntry>): DeviceEntry {
  return { ...device, units: device.units.map((unit) => (unit.id === unitId ? { ...unit, ...patch(unit) } : unit)) }
}

function scale(peaks: UnitEntry['densePeak'], arithmetic: 'int8', factor: number): UnitEntry['densePeak'] {
  const peak: CatalogFact | undefined = peaks[arithmetic]
  if (peak === undefined) throw new Error(`the test needs a peak in ${arithmetic}`)
  return { ...peaks, [arithmetic]: { ...peak, value: peak.value * factor } }
}

function rulesOf(findings: ReturnType<typeof lintEntry>): string[] {
  return [...new Set(findings.map(({ rule }) => rule))]
}
