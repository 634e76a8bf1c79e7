/** Devices made in code, one per family of hardware, with round figures that a test can reason about. */
import { runtimes } from '../../device-catalog/index.ts'
import { cyclesPerMac } from '../../device-catalog/silicon.ts'
import type { Arithmetic, PrecisionId } from '../../simulator/graph/precision.ts'
import type { ComputeUnit, Device, Fact, UnitKind, UnitRuntime } from '../../simulator/hardware/device.ts'

export function fact(value: number, status: Fact['status'] = 'vendor'): Fact {
  return { value, status, sourceIds: ['test'] }
}

/** A runtime of the catalog, on a unit. */
export function onUnit(id: string, precisions: readonly PrecisionId[]): UnitRuntime {
  const runtime = runtimes.find((each) => each.id === id)
  if (runtime === undefined) throw new Error(`no runtime ${id}`)
  return { ...runtime, precisions }
}

export interface UnitOptions extends Partial<Omit<ComputeUnit, 'peakMacsPerS' | 'runtimes'>> {
  readonly kind: UnitKind
  readonly peak?: Partial<Record<Arithmetic, number>>
  readonly runtime?: string
  readonly precisions?: readonly PrecisionId[]
}

export function makeUnit({
  kind,
  peak = {},
  runtime = 'vendor',
  precisions = ['int8'],
  ...rest
}: UnitOptions): ComputeUnit {
  const peakMacsPerS: Partial<Record<Arithmetic, Fact>> = {}
  for (const [arithmetic, value] of Object.entries(peak)) peakMacsPerS[arithmetic as Arithmetic] = fact(value) // keys of `peak`
  return {
    id: 'npu',
    architecture: 'test',
    family: `test-${kind}`,
    clockHz: fact(1e9),
    clusters: [],
    onchipBytes: fact(2 ** 20),
    cores: null,
    batchLanes: null,
    alignment: null,
    cyclesPerMac: null,
    roundsToTf32: false,
    activeW: null,
    processNm: fact(7),
    ...rest,
    kind,
    peakMacsPerS,
    runtimes: [onUnit(runtime, precisions)],
  }
}

export function makeDevice(units: readonly ComputeUnit[], rest: Partial<Device> = {}): Device {
  return {
    id: 'test-device',
    name: 'Test device',
    vendor: 'Test',
    chip: 'Test',
    silicon: rest.id ?? 'test-device',
    segment: 'embedded',
    units,
    dramBytes: fact(4 * 2 ** 30),
    dramBytesPerS: fact(20e9),
    flashBytes: null,
    link: null,
    powerModes: [],
    tdpW: fact(10),
    idleW: fact(2),
    linearSupplyV: null,
    priceUsd: fact(100),
    pricePerHourUsd: null,
    releaseYear: 2024,
    ...rest,
  }
}

export const npuDevice = makeDevice([makeUnit({ kind: 'npu', peak: { int8: 2e12 } })], { id: 'npu-device' })

export const cpuDevice = makeDevice(
  [
    makeUnit({
      id: 'cpu',
      kind: 'cpu-simd',
      runtime: 'onnxruntime-cpu',
      precisions: ['fp32', 'int8'],
      clusters: [
        {
          core: 'big',
          inOrder: false,
          cores: 4,
          clockHz: fact(2e9),
          macsPerCycle: { fp32: fact(8), int8: fact(32) },
        },
        {
          core: 'little',
          inOrder: false,
          cores: 4,
          clockHz: fact(1.5e9),
          macsPerCycle: { fp32: fact(4), int8: fact(16) },
        },
      ],
    }),
  ],
  { id: 'cpu-device' },
)

export const gpuDevice = makeDevice(
  [
    makeUnit({
      id: 'gpu',
      kind: 'gpu',
      runtime: 'tensorrt',
      precisions: ['fp16', 'int8', 'fp32'],
      peak: { fp32: 1e12, fp16: 4e12, int8: 8e12 },
    }),
  ],
  {
    id: 'gpu-device',
    powerModes: [
      mode('15W', { budgetW: fact(15), gpuClockHz: fact(0.6e9), memoryBytesPerS: fact(15e9) }),
      mode('MAXN', { gpuClockHz: fact(1e9) }),
    ],
  },
)

export function mode(id: string, rest: Partial<Device['powerModes'][number]> = {}): Device['powerModes'][number] {
  return {
    id,
    budgetW: null,
    cpuCores: null,
    cpuClockHz: null,
    gpuClockHz: null,
    npuClockHz: null,
    memoryBytesPerS: null,
    gpuShare: null,
    supplyV: null,
    ...rest,
  }
}

export const edgeTpuDevice = makeDevice(
  [
    makeUnit({
      id: 'tpu',
      kind: 'edge-tpu',
      peak: { int8: 2e12 },
      clockHz: fact(480e6),
      onchipBytes: fact(8 * 2 ** 20),
    }),
  ],
  {
    id: 'edge-tpu-device',
    dramBytes: null,
    dramBytesPerS: null,
    link: { kind: 'USB 3', bytesPerS: fact(320e6) },
    tdpW: fact(2),
    idleW: fact(0.5),
  },
)

export const dataflowDevice = makeDevice(
  [makeUnit({ kind: 'dataflow', peak: { int8: 13e12 }, onchipBytes: fact(24 * 2 ** 20) })],
  { id: 'dataflow-device', dramBytes: null, dramBytesPerS: null, link: { kind: 'PCIe', bytesPerS: fact(1.6e9) } },
)

export const mcuDevice = makeDevice(
  [
    makeUnit({
      id: 'cpu',
      kind: 'mcu-cpu',
      family: 'cortex-m4',
      cyclesPerMac: cyclesPerMac['cortex-m4'] ?? null,
      runtime: 'tflm',
      precisions: ['int8', 'fp32'],
      peak: { int8: 360e6 },
      clockHz: fact(180e6),
      onchipBytes: fact(320 * 1024),
      processNm: fact(90),
    }),
  ],
  {
    id: 'mcu-device',
    segment: 'mcu',
    dramBytes: null,
    dramBytesPerS: null,
    flashBytes: fact(2 * 2 ** 20),
    tdpW: fact(0.1),
    idleW: fact(0.001),
  },
)

export const ethosDevice = makeDevice(
  [
    makeUnit({
      kind: 'ethos-u',
      family: 'ethos-u55',
      runtime: 'tflite-ethosu',
      peak: { int8: 128e9 },
      clockHz: fact(500e6),
      onchipBytes: fact(2 * 2 ** 20),
    }),
  ],
  {
    id: 'ethos-device',
    segment: 'mcu',
    dramBytes: fact(16 * 2 ** 20),
    dramBytesPerS: fact(0.5e9),
    flashBytes: fact(8 * 2 ** 20),
    tdpW: fact(0.2),
    idleW: fact(0.01),
  },
)

/** The machine behind a tab is not known: no power, no memory size. */
export const browserDevice = makeDevice(
  [
    makeUnit({
      id: 'cpu',
      kind: 'wasm-simd',
      runtime: 'onnxruntime-web-wasm',
      precisions: ['fp32', 'int8'],
      peak: { fp32: 12e9, int8: 24e9 },
      clockHz: fact(3e9),
    }),
  ],
  { id: 'browser-device', segment: 'browser', dramBytes: null, dramBytesPerS: null, tdpW: null, idleW: null },
)

/** A processor with an Edge TPU behind USB 3: link 320 MB/s · 0.9, DRAM 20 GB/s · 0.6. */
export const boardCpu = makeUnit({
  id: 'cpu',
  kind: 'cpu-simd',
  runtime: 'tflite',
  precisions: ['int8', 'fp32'],
  clusters: [
    { core: 'test', inOrder: false, cores: 4, clockHz: fact(2e9), macsPerCycle: { fp32: fact(8), int8: fact(32) } },
  ],
})
export const boardTpu = makeUnit({
  id: 'tpu',
  kind: 'edge-tpu',
  runtime: 'tflite-edgetpu',
  peak: { int8: 2e12 },
  onchipBytes: fact(8 * 2 ** 20),
})
export const edgeTpuBoard = makeDevice([boardTpu, boardCpu], {
  link: { kind: 'USB 3', bytesPerS: fact(320e6) },
  dramBytesPerS: fact(20e9),
})

export const allDevices: readonly Device[] = [
  npuDevice,
  cpuDevice,
  gpuDevice,
  edgeTpuDevice,
  dataflowDevice,
  mcuDevice,
  ethosDevice,
  browserDevice,
]
