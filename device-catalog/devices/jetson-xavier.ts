/** Jetson Xavier: Volta GPU and two NVDLA 1.0. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, price } from '../facts.ts'
import { boardHalfCpu, dla, jetson } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'
import { capped, uncapped } from './nvpmodel.ts'

const volta = {
  id: 'gpu',
  kind: 'gpu',
  family: 'volta',
  structuredSparsity: false,
  cacheKib: 512,
  runtimes: jetson,
} as const satisfies Partial<UnitSpec>

/** Both cores together, with the 4 MiB they share. */
const nvdla1 = {
  id: 'npu',
  kind: 'npu',
  family: 'nvdla-1',
  architecture: '2x NVDLA 1.0',
  macsPerCycle: { int8: 4096, fp16: 2048 },
  structuredSparsity: false,
  onchipKib: 4096,
  runtimes: dla,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'NVIDIA',
  chip: 'Tegra Xavier (T194)',
  silicon: 'T194',
  segment: 'embedded',
  sources: ['lineageos-nvpmodel', 'nvidia-jetson-modules'],
  processNm: 12,
} as const satisfies Partial<DeviceSpec>

export const jetsonXavier: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'jetson-xavier-nx',
    name: 'NVIDIA Jetson Xavier NX 8GB',
    units: [
      {
        ...volta,
        architecture: 'Volta GV11B 384 CUDA cores, 48 tensor cores (sm_72)',
        clockMhz: 1109.25,
        macsPerCycle: { int8: 6144, fp16: 3072 },
        denseTops: { int8: derived(13.6, '2 × 48 tensor cores × 128 × clock'), fp16: 6.8, fp32: 0.852 },
        note: 'The 21 TOPS of the module add 12.3 here and 4.5 of each DLA.',
      },
      { ...nvdla1, clockMhz: 1100.8, denseTops: { int8: 9, fp16: 4.5 } },
      cpu(boardHalfCpu, [cluster(6, 'Carmel', 1420.8)], { cacheKib: 4096 }),
    ],
    dram: { type: 'LPDDR4x 128-bit 1866 MHz', busBits: 128, gib: 8, gbPerS: 59.7 },
    gpuClusters: 3,
    powerModes: [
      capped('15W_2CORE', { budgetW: 15, cpu: [2, 1907.2], gpu: [3, 1109.25], npuMhz: 1100.8, memoryMhz: 1600 }),
      capped('15W_4CORE', { budgetW: 15, cpu: [4, 1420.8], gpu: [3, 1109.25], npuMhz: 1100.8, memoryMhz: 1600 }),
      capped('15W_6CORE', { budgetW: 15, cpu: [6, 1420.8], gpu: [3, 1109.25], npuMhz: 1100.8, memoryMhz: 1600 }),
      capped('10W_2CORE', { budgetW: 10, cpu: [2, 1497.6], gpu: [3, 803.25], npuMhz: 896, memoryMhz: 1600 }),
      capped('10W_4CORE', { budgetW: 10, cpu: [4, 1190.4], gpu: [3, 803.25], npuMhz: 896, memoryMhz: 1600 }),
      capped('10W_DESKTOP', { budgetW: 10, cpu: [4, 1907.2], gpu: [3, 510], npuMhz: 896, memoryMhz: 1600 }),
      capped('20W_2CORE', { budgetW: 20, cpu: [2, 1907.2], gpu: [3, 1109.25], npuMhz: 1100.8, memoryMhz: 1866 }),
      capped('20W_4CORE', { budgetW: 20, cpu: [4, 1420.8], gpu: [3, 1109.25], npuMhz: 1100.8, memoryMhz: 1866 }),
      capped('20W_6CORE', { budgetW: 20, cpu: [6, 1420.8], gpu: [3, 1109.25], npuMhz: 1100.8, memoryMhz: 1866 }),
    ],
    tdpW: 20,
    priceUsd: price(399, 2020),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'jetson-agx-xavier',
    name: 'NVIDIA Jetson AGX Xavier 32GB',
    units: [
      {
        ...volta,
        architecture: 'Volta GV11B 512 CUDA cores, 64 tensor cores (sm_72)',
        clockMhz: 1377,
        macsPerCycle: { int8: 8192, fp16: 4096 },
        denseTops: { int8: 22.6, fp16: 11.3, fp32: 1.41 },
        note: 'The 32 TOPS of the module are 22.6 here and 11.4 of the two DLA.',
      },
      {
        ...nvdla1,
        sources: ['orin-brief-summary', 'lineageos-nvpmodel'],
        clockMhz: 1395.2,
        denseTops: { int8: confirmed(11.4), fp16: 5.7 },
      },
      cpu(boardHalfCpu, [cluster(8, 'Carmel', 2265.6)], { cacheKib: 12288 }),
    ],
    dram: { type: 'LPDDR4x 256-bit 2133 MHz', busBits: 256, gib: 32, gbPerS: 136.5 },
    gpuClusters: 4,
    powerModes: [
      uncapped('MAXN', { cpu: [8, 2265.6], gpu: [4, 1377], npuMhz: 1395.2, memoryMhz: 2133 }),
      capped('10W', { budgetW: 10, cpu: [2, 1200], gpu: [2, 520], npuMhz: 550, memoryMhz: 1065.6 }),
      capped('15W', { budgetW: 15, cpu: [4, 1200], gpu: [4, 670], npuMhz: 750, memoryMhz: 1331.2 }),
      capped('30W_ALL', { budgetW: 30, cpu: [8, 1200], gpu: [4, 900], npuMhz: 1050, memoryMhz: 1600 }),
      capped('30W_6CORE', { budgetW: 30, cpu: [6, 1450], gpu: [4, 900], npuMhz: 1050, memoryMhz: 1600 }),
      capped('30W_4CORE', { budgetW: 30, cpu: [4, 1780], gpu: [4, 900], npuMhz: 1050, memoryMhz: 1600 }),
      capped('30W_2CORE', { budgetW: 30, cpu: [2, 2100], gpu: [4, 900], npuMhz: 1050, memoryMhz: 1600 }),
      capped('15W_DESKTOP', { budgetW: 15, cpu: [4, 2188.8], gpu: [4, 670], npuMhz: 115.2, memoryMhz: 1331.2 }),
    ],
    tdpW: 30,
    priceUsd: price(699, 2019),
    releaseYear: 2018,
  }),
]
