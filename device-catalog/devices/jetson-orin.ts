/** Jetson Orin: Ampere GPU with up to two NVDLA 2.0; all rates dense, half of the headlines. */
import { hzFromMhz, topsFromMacsPerS } from '../../simulator/quantities.ts'
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, type Num, plainValue, price } from '../facts.ts'
import { boardHalfCpu, dla, jetson } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'
import { capped, uncapped } from './nvpmodel.ts'

/** GA10B: per tensor core 512 INT8 MACs and cycle and 32 CUDA cores, per SM 4 tensor cores and 192 KiB. */
function ga10b(tensorCores: number, clockMhz: Num, cacheKib: Num): UnitSpec {
  const cudaCores = 32 * tensorCores
  const tops = (macsPerCycle: number): number => topsFromMacsPerS(macsPerCycle * hzFromMhz(plainValue(clockMhz)))
  return {
    id: 'gpu',
    kind: 'gpu',
    family: 'ampere',
    architecture: `Ampere GA10B ${cudaCores} CUDA cores, ${tensorCores} tensor cores (sm_87)`,
    clockMhz,
    macsPerCycle: {
      int8: derived(512 * tensorCores, '512 per tensor core, half of the sparse figure'),
      fp16: derived(256 * tensorCores, '256 per tensor core, half of the sparse figure'),
    },
    denseTops: {
      int8: derived(tops(512 * tensorCores), '2 × 512 × tensor cores × clock'),
      int4: derived(tops(1024 * tensorCores), 'twice the INT8 rate'),
      fp16: derived(tops(256 * tensorCores), '2 × 256 × tensor cores × clock'),
      bf16: derived(tops(256 * tensorCores), 'the FP16 rate'),
      tf32: derived(tops(128 * tensorCores), 'half of the BF16 rate'),
      fp32: derived(tops(cudaCores), '2 × CUDA cores × clock'),
    },
    structuredSparsity: true,
    onchipKib: derived(48 * tensorCores, '192 KiB per SM'),
    cacheKib,
    runtimes: jetson,
  }
}

/** One or two NVDLA 2.0 together; FP16 runs much slower at an unpublished rate. */
function nvdla2(cores: 1 | 2, clockMhz: Num): UnitSpec {
  const int8Macs = 8192 * cores
  return {
    id: 'npu',
    kind: 'npu',
    family: 'nvdla-2',
    architecture: `${cores}x NVDLA 2.0`,
    clockMhz,
    macsPerCycle: { int8: derived(int8Macs, '8192 per core, from 52.5 sparse TOPS at 1.6 GHz') },
    denseTops: {
      int8: derived(topsFromMacsPerS(int8Macs * hzFromMhz(plainValue(clockMhz))), '2 × MACs per cycle × clock'),
    },
    structuredSparsity: true,
    onchipKib: 1024 * cores,
    runtimes: dla,
  }
}

/** Cortex-A78AE in clusters of up to four with 2 MiB L3 each, and 4 MiB of system cache. */
function a78ae(cores: number, clockMhz: Num, cacheKib = 8192): UnitSpec {
  return cpu(boardHalfCpu, [cluster(confirmed(cores), 'Cortex-A78AE', clockMhz)], { cacheKib })
}

const base = {
  vendor: 'NVIDIA',
  chip: 'Orin (T234)',
  silicon: 'T234',
  segment: 'embedded',
  sources: ['lineageos-nvpmodel', 'nvidia-jetson-modules'],
  processNm: 8,
  gpuClusters: 4,
} as const satisfies Partial<DeviceSpec>

const nxMemory = { type: 'LPDDR5 128-bit 3200 MHz', busBits: 128, gbPerS: 102.4 } as const

export const jetsonOrin: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'jetson-agx-orin-64gb',
    name: 'NVIDIA Jetson AGX Orin 64GB',
    sources: ['lineageos-nvpmodel', 'orin-brief-summary', 'branes-ai-graphs'],
    units: [
      ga10b(64, confirmed(1300.5), confirmed(4096)),
      nvdla2(2, confirmed(1600)),
      a78ae(12, confirmed(2201.6), 10240),
    ],
    dram: { type: 'LPDDR5 256-bit 3200 MHz', busBits: 256, gib: 64, gbPerS: 204.8 },
    gpuClusters: 8,
    powerModes: [
      capped('30W', { budgetW: 30, cpu: [8, 1728], gpu: [4, 612], npuMhz: 1369.6, memoryMhz: 3199 }),
      capped('MAXN', { cpu: [12, 2201.6], gpu: [8, 1300.5], npuMhz: 1600, memoryMhz: 3199 }, 'branes-ai-graphs'),
      capped('15W', { budgetW: 15, cpu: [4, 1113.6], gpu: [3, 408], npuMhz: 614.4, memoryMhz: 2133 }),
      capped('50W', { budgetW: 50, cpu: [12, 1497.6], gpu: [8, 816], npuMhz: 1369.6, memoryMhz: 3199 }),
    ],
    tdpW: 60,
    priceUsd: price(1999, 2023),
    releaseYear: 2022,
    note: 'An additive stream reaches 187 GB/s in MAXN, 128 in 30W and 79 in 15W: it follows the GPU clusters too.',
  }),
  defineDevice({
    ...base,
    id: 'jetson-agx-orin-32gb',
    name: 'NVIDIA Jetson AGX Orin 32GB',
    units: [ga10b(56, 930.75, 4096), nvdla2(2, 1408), a78ae(8, 2188.8)],
    dram: { type: 'LPDDR5 256-bit 3200 MHz', busBits: 256, gib: 32, gbPerS: 204.8 },
    gpuClusters: 7,
    powerModes: [
      uncapped('MAXN', { cpu: [8, 2188.8], gpu: [7, 930.75], npuMhz: 1408, memoryMhz: 3199 }),
      capped('15W', { budgetW: 15, cpu: [4, 1113.6], gpu: [3, 408], npuMhz: 614.4, memoryMhz: 2133 }),
      capped('30W', { budgetW: 30, cpu: [8, 1728], gpu: [4, 612], npuMhz: 1369.6, memoryMhz: 3199 }),
      capped('40W', { budgetW: 40, cpu: [8, 1497.6], gpu: [7, 816], npuMhz: 1228.8, memoryMhz: 3199 }),
    ],
    tdpW: 40,
    priceUsd: price(999, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nx-16gb',
    name: 'NVIDIA Jetson Orin NX 16GB',
    sources: ['lineageos-nvpmodel', 'orin-nx-datasheet'],
    units: [ga10b(32, 918, 2048), nvdla2(2, 614.4), a78ae(8, 1984)],
    dram: { ...nxMemory, gib: 16 },
    powerModes: [
      capped('15W', { budgetW: 15, cpu: [4, 1651.2], gpu: [2, 612], npuMhz: 614.4, memoryMhz: 3199 }),
      uncapped('MAXN', { cpu: [8, 1984], gpu: [4, 918], npuMhz: 614.4, memoryMhz: 3199 }),
      capped('10W', { budgetW: 10, cpu: [4, 1190.4], gpu: [2, 612], npuMhz: 153.6, memoryMhz: 2133 }),
      capped('25W', { budgetW: 25, cpu: [8, 1497.6], gpu: [4, 408], npuMhz: 614.4, memoryMhz: 3199 }),
    ],
    tdpW: confirmed(25),
    priceUsd: price(699, 2023),
    releaseYear: 2023,
    note: 'With newer software the 15W mode caps the CPU at 1420.8 MHz.',
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nx-16gb-super',
    name: 'NVIDIA Jetson Orin NX 16GB (Super modes)',
    units: [ga10b(32, confirmed(1173), 2048), nvdla2(2, 1228.8), a78ae(8, 1984)],
    dram: { ...nxMemory, gib: 16 },
    powerModes: [
      capped('40W', { budgetW: 40, cpu: [8, 1497.6], gpu: [4, 1173], npuMhz: 908.8, memoryMhz: 3199 }),
      uncapped('MAXN_SUPER', { cpu: [8, 1984], gpu: [4, 1173], npuMhz: 1228.8, memoryMhz: 3199 }),
      capped('25W', { budgetW: 25, cpu: [8, 1497.6], gpu: [4, 408], npuMhz: 614.4, memoryMhz: 3199 }),
      capped('15W', { budgetW: 15, cpu: [4, 1420.8], gpu: [2, 612], npuMhz: 614.4, memoryMhz: 3199 }),
      capped('10W', { budgetW: 10, cpu: [4, 1190.4], gpu: [2, 612], npuMhz: 153.6, memoryMhz: 2133 }),
    ],
    tdpW: 40,
    priceUsd: price(699, 2025),
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nx-8gb',
    name: 'NVIDIA Jetson Orin NX 8GB',
    units: [ga10b(32, 765, 2048), nvdla2(1, 614.4), a78ae(6, 1984)],
    dram: { ...nxMemory, gib: 8 },
    powerModes: [
      capped('15W', { budgetW: 15, cpu: [4, 1420.8], gpu: [2, 612], npuMhz: 614.4, memoryMhz: 3199 }),
      uncapped('MAXN', { cpu: [6, 1984], gpu: [4, 765], npuMhz: 614.4, memoryMhz: 3199 }),
      capped('10W', { budgetW: 10, cpu: [4, 1190.4], gpu: [2, 612], npuMhz: 153.6, memoryMhz: 2133 }),
      capped('20W', { budgetW: 20, cpu: [6, 1497.6], gpu: [4, 408], npuMhz: 614.4, memoryMhz: 3199 }),
    ],
    tdpW: 20,
    priceUsd: price(479, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nx-8gb-super',
    name: 'NVIDIA Jetson Orin NX 8GB (Super modes)',
    units: [ga10b(32, confirmed(1173), 2048), nvdla2(1, 1228.8), a78ae(6, confirmed(1984))],
    dram: { ...nxMemory, gib: 8 },
    powerModes: [
      capped('40W', { budgetW: 40, cpu: [6, 1984], gpu: [4, 1173], npuMhz: 1203.2, memoryMhz: 3199 }),
      uncapped('MAXN_SUPER', { cpu: [6, 1984], gpu: [4, 1173], npuMhz: 1228.8, memoryMhz: 3199 }),
      capped('20W', { budgetW: 20, cpu: [6, 1497.6], gpu: [4, 408], npuMhz: 614.4, memoryMhz: 3199 }),
      capped('15W', { budgetW: 15, cpu: [4, 1420.8], gpu: [2, 612], npuMhz: 614.4, memoryMhz: 3199 }),
      capped('10W', { budgetW: 10, cpu: [4, 1190.4], gpu: [2, 612], npuMhz: 153.6, memoryMhz: 2133 }),
    ],
    tdpW: 40,
    priceUsd: price(479, 2025),
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nano-8gb',
    name: 'NVIDIA Jetson Orin Nano 8GB',
    sources: ['lineageos-nvpmodel', 'orin-nano-pages'],
    units: [ga10b(32, confirmed(624.75), 2048), a78ae(6, 1510.4)],
    dram: { type: 'LPDDR5 128-bit 2133 MHz', busBits: 128, gib: 8, gbPerS: confirmed(68.3) },
    powerModes: [
      uncapped('15W', { budgetW: 15, cpu: [6, 1510.4], gpu: [4, 624.75], memoryMhz: 2133 }),
      capped('7W', { budgetW: 7, cpu: [4, 960], gpu: [2, 408], memoryMhz: 2133 }),
    ],
    tdpW: 15,
    priceUsd: price(499, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nano-8gb-super',
    name: 'NVIDIA Jetson Orin Nano 8GB (Super modes)',
    sources: ['lineageos-nvpmodel', 'orin-nano-pages'],
    units: [ga10b(32, confirmed(1020), 2048), a78ae(6, confirmed(1728))],
    dram: { ...nxMemory, gib: 8, gbPerS: confirmed(102.4) },
    powerModes: [
      capped('25W', { budgetW: 25, cpu: [6, 1344], gpu: [4, 918], memoryMhz: 3199 }),
      uncapped('MAXN_SUPER', { cpu: [6, 1728], gpu: [4, 1020], memoryMhz: 3199 }),
      capped('15W', { budgetW: 15, cpu: [6, 1497.6], gpu: [4, 612], memoryMhz: 2133 }),
      uncapped('7W', { budgetW: 7, cpu: [4, 960], gpu: [2, 408], memoryMhz: 2133 }),
    ],
    tdpW: confirmed(25),
    priceUsd: price(249, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nano-4gb',
    name: 'NVIDIA Jetson Orin Nano 4GB',
    units: [ga10b(16, 624.75, 2048), a78ae(6, 1510.4)],
    dram: { type: 'LPDDR5 64-bit 2133 MHz', busBits: 64, gib: 4, gbPerS: 34.1 },
    gpuClusters: 2,
    powerModes: [
      uncapped('10W', { budgetW: 10, cpu: [6, 1510.4], gpu: [2, 624.75], memoryMhz: 2133 }),
      capped('7W_AI', { budgetW: 7, cpu: [4, 806.4], gpu: [2, 408], memoryMhz: 2133 }),
      capped('7W_CPU', { budgetW: 7, cpu: [4, 960], gpu: [2, 306], memoryMhz: 2133 }),
    ],
    tdpW: 10,
    priceUsd: price(199, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'jetson-orin-nano-4gb-super',
    name: 'NVIDIA Jetson Orin Nano 4GB (Super modes)',
    units: [ga10b(16, confirmed(1020), 2048), a78ae(6, confirmed(1728))],
    dram: { type: 'LPDDR5 64-bit 3200 MHz', busBits: 64, gib: 4, gbPerS: 51.2 },
    gpuClusters: 2,
    powerModes: [
      capped('25W', { budgetW: 25, cpu: [6, 1728], gpu: [2, 1020], memoryMhz: 3199 }),
      uncapped('MAXN_SUPER', { cpu: [6, 1728], gpu: [2, 1020], memoryMhz: 3199 }),
      capped('10W', { budgetW: 10, cpu: [6, 1497.6], gpu: [2, 612], memoryMhz: 2133 }),
    ],
    tdpW: 25,
    priceUsd: price(199, 2024),
    releaseYear: 2024,
  }),
]
