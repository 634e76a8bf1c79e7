import { describe, expect, test } from 'vitest'
import { deviceEntries, deviceEntry } from '../../device-catalog/index.ts'
import { runtimeEntries } from '../../device-catalog/runtimes/index.ts'
import { otherNames } from '../../device-catalog/runtimes/other-names.ts'
import type { CatalogFact, DeviceEntry, UnitEntry } from '../../device-catalog/schema.ts'
import type { Arithmetic } from '../../simulator/graph/precision.ts'
import { hasFactTables, numberIn, readTable, type TableRow } from './fact-tables.ts'

const rows = [...readTable('devices_edge.csv'), ...readTable('devices_cloud_mcu.csv')]

/** Rates of these are rounded in the table, or count cores of several clocks at one of them. */
const cpuTolerance = 0.03
const mixedClocks: Readonly<Record<string, number>> = { 'exynos-2400': 0.04, 'exynos-2500': 0.07 }
/** Of the Orin family the catalog states tensor cores and clock, the table the rounded product. */
const roundedProduct = 0.002

/**
 * Runtimes the table puts where they cannot run: language models on hardware without 4-bit weights or with too little
 * memory, WebGPU on the CPU, a GPU delegate on a TPU, ST's compiler for parts of others, 16-bit arithmetic nobody asks for.
 */
const misplacedRuntimes = [
  'galaxy-s21 npu: genie',
  'galaxy-s21 npu: llama.cpp-hexagon',
  'sa8295p npu: genie',
  'sa8295p npu: llama.cpp-hexagon',
  'dragonwing-rb3-gen2 npu: genie',
  'dragonwing-rb3-gen2 npu: llama.cpp-hexagon',
  'iphone-x npu: CoreML',
  'iphone-x npu: onnxruntime-coreml',
  'iphone-x npu: executorch-coreml',
  'iphone-x npu: tflite-coreml-delegate(legacy)',
  'pixel-6 tpu: tflite-gpu',
  'pixel-7 tpu: tflite-gpu',
  'pixel-8 tpu: tflite-gpu',
  'pixel-9 tpu: tflite-gpu',
  'pixel-10 tpu: tflite-gpu',
  'rk3568 npu: rknn-llm (RK3588/3576)',
  'rk3566 npu: rknn-llm (RK3588/3576)',
  'rv1106 npu: rknn-llm (RK3588/3576)',
  'rv1103 npu: rknn-llm (RK3588/3576)',
  'apollo510 cpu: ExecuTorch',
  'ra8d1 cpu: X-CUBE-AI',
  'imxrt1062 cpu: X-CUBE-AI',
  'google-tpu-v1 tpu: vLLM-TPU',
  'browser-laptop2020-wasm1 cpu: WebLLM (WebGPU)',
  'browser-laptop2020-wasm4 cpu: WebLLM (WebGPU)',
  'browser-laptop2024-wasm1 cpu: WebLLM (WebGPU)',
  'browser-laptop2024-wasm4 cpu: WebLLM (WebGPU)',
  'browser-phone2020-wasm1 cpu: WebLLM (WebGPU)',
  'browser-phone2024-wasm1 cpu: WebLLM (WebGPU)',
  'browser-phone2024-wasm4 cpu: WebLLM (WebGPU)',
  'cim-isaac2016 imc: cimloop model',
]

/** The table takes the one lane of a Raspberry Pi; the module has two, and the catalog keeps both figures. */
const ofHosts = ['hailo-8l link: 0.985 in the table, 1.97 in the catalog']

describe.skipIf(!hasFactTables)('the device tables (skipped where they are not at hand)', () => {
  test('have 335 devices and 571 units, all of them in the catalog', () => {
    expect(rows).toHaveLength(571)
    const missing = rows.filter((row) => unitOf(row) === null).map((row) => `${row('device_id')} ${row('unit')}`)
    expect(missing).toEqual([])
    expect(new Set(rows.map((row) => row('device_id')))).toEqual(new Set(deviceEntries.map(({ id }) => id)))
  })

  test('agree with the catalog in every number of a unit', () => {
    const compared = rows.flatMap(unitFigures)
    expect(compared.length).toBeGreaterThan(2500)
    expect(compared.filter(differs).map(describeFigure)).toEqual([])
  })

  test('agree with the catalog in every number of a device', () => {
    const compared = rows.flatMap(deviceFigures)
    expect(compared.length).toBeGreaterThan(2000)
    expect(compared.filter(differs).map(describeFigure)).toEqual(ofHosts)
  })

  test('agree with the catalog in names', () => {
    for (const row of rows) {
      const entry = deviceEntry(row('device_id'))
      expect([entry?.name, entry?.vendor, entry?.segment]).toEqual([row('device_name'), row('vendor'), row('segment')])
    }
  })

  test('confirm nothing that they only recall', () => {
    const recalled = rows.filter((row) => row('confidence') !== 'cited' && row('notes').match(/cited/i) === null)
    const peaks = recalled.flatMap((row) => Object.values(unitOf(row)?.densePeak ?? {}))
    expect(peaks.length).toBeGreaterThan(300)
    expect(peaks.filter(({ confirmed }) => confirmed)).toEqual([])
  })

  test('name no runtime that the catalog does not translate, nor one that is missing on its unit', () => {
    const missing = rows.flatMap((row) => {
      const ids = unitOf(row)?.runtimes.map(({ id }) => id) ?? []
      return namedRuntimes(row('supported_runtimes')).flatMap((name) => {
        const translated = Object.values(runtimeEntries).flatMap(({ id, aliases }) =>
          aliases.includes(name) ? [id] : [],
        )
        if (translated.length === 0 && !otherNames.includes(name)) return [`${name} is not translated`]
        const known = translated.length === 0 || translated.some((id) => ids.some((own) => own === id))
        return known ? [] : [`${row('device_id')} ${row('unit')}: ${name}`]
      })
    })
    expect(missing).toEqual(misplacedRuntimes)
  })
})

describe.skipIf(!hasFactTables)('the table of power modes (skipped where it is not at hand)', () => {
  test('agrees with the catalog, mode by mode', () => {
    const modes = readTable('power_modes.csv')
    expect(modes).toHaveLength(63)
    const compared = modes.flatMap((row) => {
      const mode = deviceEntry(row('device_id'))?.powerModes.find(({ id }) => id === row('mode'))
      const where = `${row('device_id')} ${row('mode')}`
      return [
        figure(`${where} budget`, numberIn(row, 'budget_w'), mode?.budget),
        figure(`${where} cores`, numberIn(row, 'cpu_cores_online'), mode?.cpuCores),
        figure(`${where} CPU clock`, numberIn(row, 'cpu_mhz'), mode?.cpuClock),
        figure(`${where} GPU clock`, numberIn(row, 'gpu_mhz'), mode?.gpuClock),
        figure(`${where} NPU clock`, numberIn(row, 'npu_or_dla_mhz'), mode?.npuClock),
        figure(`${where} memory clock`, numberIn(row, 'emc_mhz'), mode?.memoryClock),
      ].flat()
    })
    expect(compared.length).toBeGreaterThan(300)
    expect(compared.filter(differs).map(describeFigure)).toEqual([])
  })

  test('says which mode is the default, and the catalog has that first', () => {
    const defaults = readTable('power_modes.csv').filter((row) => /^default/.test(row('notes')))
    expect(defaults.length).toBeGreaterThan(8)
    for (const row of defaults) expect(deviceEntry(row('device_id'))?.powerModes[0]?.id).toBe(row('mode'))
  })
})

interface Figure {
  readonly where: string
  readonly table: number
  readonly catalog: number | null
  readonly tolerance: number
}

function figure(where: string, table: number | null, fact: CatalogFact | null | undefined, tolerance = 1e-9): Figure[] {
  return table === null ? [] : [{ where, table, catalog: fact?.value ?? null, tolerance }]
}

function differs({ table, catalog, tolerance }: Figure): boolean {
  return catalog === null || Math.abs(catalog - table) > tolerance * table
}

function describeFigure({ where, table, catalog }: Figure): string {
  return `${where}: ${table} in the table, ${catalog} in the catalog`
}

function unitOf(row: TableRow): UnitEntry | null {
  return deviceEntry(row('device_id'))?.units.find(({ id }) => id === row('unit')) ?? null
}

function unitFigures(row: TableRow): Figure[] {
  const unit = unitOf(row)
  if (unit === null) return []
  const where = `${row('device_id')} ${row('unit')}`
  const tolerance =
    unit.clusters.length > 0 ? (mixedClocks[row('device_id')] ?? cpuTolerance) : isOrin(row) ? roundedProduct : 1e-9
  const peak = (column: string, arithmetic: Arithmetic): Figure[] =>
    figure(`${where} ${column}`, numberIn(row, column), unit.densePeak[arithmetic], tolerance)
  return [
    ...figure(`${where} process`, numberIn(row, 'process_nm'), unit.process),
    ...figure(`${where} clock`, numberIn(row, 'clock_mhz'), unit.clock),
    ...figure(`${where} SRAM`, numberIn(row, 'onchip_sram_kib'), unit.onchip),
    ...figure(`${where} cache`, numberIn(row, 'cache_kib'), unit.cache),
    ...ratesOf(row, unit, where),
    ...peak('peak_tops_int8', 'int8'),
    ...peak('peak_tops_int4', 'int4'),
    ...peak('peak_tflops_fp16', 'fp16'),
    ...peak('peak_tflops_bf16', 'bf16'),
    ...peak('peak_tflops_fp32', 'fp32'),
  ]
}

/** Half-precision rates of tensor processors are kept as the bf16 rates they are. */
function ratesOf(row: TableRow, unit: UnitEntry, where: string): Figure[] {
  const int8 = numberIn(row, 'macs_per_cycle_int8')
  if (unit.clusters.length > 0) {
    const perCycle = unit.clusters.reduce(
      (sum, item) => sum + item.cores.value * (item.macsPerCycle.int8?.value ?? 0),
      0,
    )
    return int8 === null ? [] : [{ where: `${where} MACs per cycle`, table: int8, catalog: perCycle, tolerance: 1e-9 }]
  }
  const half = unit.macsPerCycle.fp16 ?? unit.macsPerCycle.bf16
  return [
    ...figure(`${where} int8 MACs per cycle`, int8, unit.macsPerCycle.int8),
    ...figure(`${where} half-precision MACs per cycle`, numberIn(row, 'macs_per_cycle_fp16'), half),
  ]
}

function isOrin(row: TableRow): boolean {
  return row('device_id').startsWith('jetson-') && row('chip') === 'Orin (T234)'
}

function deviceFigures(row: TableRow): Figure[] {
  const entry: DeviceEntry | null = deviceEntry(row('device_id'))
  if (entry === null) return []
  const flashKib = numberIn(row, 'flash_kib')
  return [
    ...figure(`${entry.id} memory`, numberIn(row, 'dram_gib'), entry.dram?.size),
    ...figure(`${entry.id} bandwidth`, numberIn(row, 'dram_bw_gbs'), entry.dram?.bandwidth),
    ...figure(`${entry.id} flash`, flashKib === 0 ? null : flashKib, entry.flash),
    ...figure(`${entry.id} link`, numberIn(row, 'host_link_gbs'), entry.link?.bandwidth),
    ...figure(`${entry.id} power`, numberIn(row, 'tdp_w'), entry.tdp),
    ...figure(`${entry.id} idle power`, numberIn(row, 'idle_w'), entry.idle),
    ...figure(`${entry.id} price`, numberIn(row, 'price_usd'), entry.price),
    ...figure(`${entry.id} price per hour`, numberIn(row, 'price_per_hour_usd'), entry.pricePerHour),
    ...figure(`${entry.id} year`, numberIn(row, 'release_year'), entry.releaseYear),
  ]
}

/** Names are separated by semicolons; commas belong to names. */
function namedRuntimes(text: string): string[] {
  return text
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
