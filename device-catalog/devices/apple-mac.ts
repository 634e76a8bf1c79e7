/** MacBooks. 18 TOPS of the M3 and 38 of the M4 count different precisions. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived, price } from '../facts.ts'
import { appleCpu, appleGpu, neuralEngine } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const neuralEngineSources = ['hollance-neural-engine', 'apple-press'] as const
const cpuClocks = ['cpu-clocks'] as const
const int8EngineSources = ['apple-press', 'coremltools-guides'] as const

const aneA14 = {
  id: 'npu',
  kind: 'apple-neural-engine',
  family: 'ane-a14',
  architecture: 'Apple Neural Engine 16-core',
  denseTops: { int8: confirmed(11), fp16: assumed(11, 'taken equal to the INT8 rate') },
  structuredSparsity: false,
  runtimes: neuralEngine,
} as const satisfies Partial<UnitSpec>

const appleGpuA14 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'apple-gpu-a14',
  sources: ['metal-benchmarks'],
  runtimes: appleGpu,
} as const satisfies Partial<UnitSpec>

const aneA17 = {
  id: 'npu',
  kind: 'apple-neural-engine',
  family: 'ane-a17',
  architecture: 'Apple Neural Engine 16-core',
  denseTops: { int8: 18, fp16: assumed(18, 'taken equal to the INT8 rate') },
  structuredSparsity: false,
  runtimes: neuralEngine,
  note: '18 TOPS counts half precision; the 38 of the M4 count INT8.',
} as const satisfies Partial<UnitSpec>

const appleGpuA17 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'apple-gpu-a17',
  sources: ['apple-gpu-derivation'],
  clockMhz: 1380,
  runtimes: appleGpu,
} as const satisfies Partial<UnitSpec>

const aneA18 = {
  id: 'npu',
  kind: 'apple-neural-engine',
  family: 'ane-a18',
  architecture: 'Apple Neural Engine 16-core',
  denseTops: { int8: 38, fp16: derived(19, 'half of the INT8 rate') },
  structuredSparsity: false,
  runtimes: neuralEngine,
} as const satisfies Partial<UnitSpec>

const appleGpuA18 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'apple-gpu-a18',
  sources: ['apple-gpu-derivation'],
  runtimes: appleGpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Apple',
  segment: 'laptop',
} as const satisfies Partial<DeviceSpec>

export const appleMac: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'macbook-air-m1',
    name: 'Apple M1 (MacBook Air 2020)',
    chip: 'M1',
    sources: neuralEngineSources,
    processNm: 5,
    units: [
      aneA14,
      {
        ...appleGpuA14,
        architecture: 'Apple GPU 8-core',
        clockMhz: confirmed(1278),
        denseTops: { fp16: confirmed(2.617), fp32: confirmed(2.617) },
        cacheKib: 8192,
      },
      cpu(appleCpu, [cluster(4, 'Firestorm', 3200), cluster(4, 'Icestorm', 2065)], {
        sources: cpuClocks,
        cacheKib: 16384,
        note: 'The matrix unit beside the cores is not counted; it adds 1 to 2 TFLOPS in FP32 per cluster.',
      }),
    ],
    dram: { type: 'LPDDR4X-4266 128-bit', gib: 8, gbPerS: 68.3 },
    tdpW: 15,
    priceUsd: price(999, 2020),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'macbook-pro-m1-max',
    name: 'Apple M1 Max',
    chip: 'M1 Max',
    sources: neuralEngineSources,
    processNm: 5,
    units: [
      aneA14,
      {
        ...appleGpuA14,
        architecture: 'Apple GPU 32-core',
        clockMhz: confirmed(1296),
        denseTops: { fp16: confirmed(10.617), fp32: confirmed(10.617) },
        cacheKib: 49152,
      },
      cpu(appleCpu, [cluster(8, 'Firestorm', 3228), cluster(2, 'Icestorm', 2065)], {
        sources: cpuClocks,
        cacheKib: 28672,
      }),
    ],
    dram: { type: 'LPDDR5-6400 512-bit', gib: 32, gbPerS: 400 },
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'macbook-air-m2',
    name: 'Apple M2',
    chip: 'M2',
    sources: neuralEngineSources,
    processNm: 5,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a15',
        architecture: 'Apple Neural Engine 16-core',
        denseTops: { int8: confirmed(15.8), fp16: assumed(15.8, 'taken equal to the INT8 rate') },
        structuredSparsity: false,
        runtimes: neuralEngine,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a15',
        architecture: 'Apple GPU 10-core',
        sources: ['metal-benchmarks'],
        clockMhz: confirmed(1398),
        denseTops: { fp16: confirmed(3.579), fp32: confirmed(3.579) },
        cacheKib: 8192,
        runtimes: appleGpu,
      },
      cpu(appleCpu, [cluster(4, 'Apple P-core with I8MM', 3490), cluster(4, 'Apple E-core with I8MM', 2420)], {
        architecture: '4x Avalanche + 4x Blizzard',
        sources: cpuClocks,
        cacheKib: 20480,
      }),
    ],
    dram: { type: 'LPDDR5-6400 128-bit', gib: 8, gbPerS: 102.4 },
    tdpW: 20,
    priceUsd: price(1199, 2022),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'macbook-air-m3',
    name: 'Apple M3',
    chip: 'M3',
    sources: ['apple-press'],
    processNm: 3,
    units: [
      aneA17,
      {
        ...appleGpuA17,
        architecture: 'Apple GPU 10-core',
        denseTops: { fp16: derived(3.53, 'the FP32 rate'), fp32: derived(3.53, '2 × cores × 128 × clock') },
        cacheKib: 8192,
      },
      cpu(appleCpu, [cluster(4, 'Apple P-core with I8MM', 4050), cluster(4, 'Apple E-core with I8MM', 2750)], {
        architecture: '4x P + 4x E (M3)',
        sources: cpuClocks,
        cacheKib: 20480,
      }),
    ],
    dram: { type: 'LPDDR5-6400 128-bit', gib: 8, gbPerS: 102.4 },
    priceUsd: price(1099, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'macbook-pro-m3-max',
    name: 'Apple M3 Max (40-core GPU)',
    chip: 'M3 Max',
    sources: ['apple-press'],
    processNm: 3,
    units: [
      aneA17,
      {
        ...appleGpuA17,
        architecture: 'Apple GPU 40-core',
        denseTops: { fp16: derived(14.13, 'the FP32 rate'), fp32: derived(14.13, '2 × cores × 128 × clock') },
      },
      cpu(appleCpu, [cluster(12, 'Apple P-core with I8MM', 4050), cluster(4, 'Apple E-core with I8MM', 2750)], {
        architecture: '12x P + 4x E (M3)',
        sources: cpuClocks,
      }),
    ],
    dram: { type: 'LPDDR5-6400 512-bit', gib: 48, gbPerS: 409.6 },
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'macbook-air-m4',
    name: 'Apple M4',
    chip: 'M4',
    sources: int8EngineSources,
    processNm: 3,
    units: [
      aneA18,
      {
        ...appleGpuA18,
        architecture: 'Apple GPU 10-core',
        clockMhz: 1470,
        denseTops: { fp16: derived(3.76, 'the FP32 rate'), fp32: derived(3.76, '2 × cores × 128 × clock') },
      },
      cpu(appleCpu, [cluster(4, 'Apple P-core with I8MM', 4410), cluster(6, 'Apple E-core with I8MM', 2890)], {
        architecture: '4x P + 6x E (M4)',
        sources: cpuClocks,
      }),
    ],
    dram: { type: 'LPDDR5X-7500 128-bit', gib: 16, gbPerS: 120 },
    priceUsd: price(999, 2025),
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'macbook-pro-m4-max',
    name: 'Apple M4 Max (40-core GPU)',
    chip: 'M4 Max',
    sources: int8EngineSources,
    processNm: 3,
    units: [
      aneA18,
      {
        ...appleGpuA18,
        architecture: 'Apple GPU 40-core',
        clockMhz: 1580,
        denseTops: { fp16: derived(16.2, 'the FP32 rate'), fp32: derived(16.2, '2 × cores × 128 × clock') },
      },
      cpu(appleCpu, [cluster(12, 'Apple P-core with I8MM', 4510), cluster(4, 'Apple E-core with I8MM', 2590)], {
        architecture: '12x P + 4x E (M4)',
        sources: cpuClocks,
      }),
    ],
    dram: { type: 'LPDDR5X-8533 512-bit', gib: 48, gbPerS: 546 },
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'macbook-pro-m5',
    name: 'Apple M5',
    chip: 'M5',
    sources: ['m5-press'],
    processNm: 3,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a19',
        architecture: 'Apple Neural Engine 16-core',
        structuredSparsity: false,
        runtimes: neuralEngine,
        note: 'TOPS not published: one press page says 38 and 60 % faster than the M4 at once.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a19',
        architecture: 'Apple GPU 10-core',
        clockMhz: 1620,
        denseTops: { fp32: confirmed(4.15) },
        runtimes: appleGpu,
      },
      cpu(appleCpu, [cluster(4, 'Apple P-core with I8MM', 4600), cluster(6, 'Apple E-core with I8MM', 3060)], {
        architecture: '4x P + 6x E (M5)',
      }),
    ],
    dram: { type: 'LPDDR5X-9600 128-bit', gib: 16, gbPerS: confirmed(153.6) },
    priceUsd: price(1599, 2025),
    releaseYear: 2025,
  }),
]
