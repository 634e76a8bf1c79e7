/** iPhones. Apple does not say in which precision it counts TOPS; before the A17 Pro the INT8 and FP16 rates are taken as equal. */
import { cluster, defineDevice } from '../define.ts'
import { assumed, confirmed, derived, price } from '../facts.ts'
import { appleCpu, appleGpu, neuralEngine, wasm, webGl } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const metalBenchmarks = ['metal-benchmarks'] as const
const hollanceNeuralEngineAndApplePress = ['hollance-neural-engine', 'apple-press'] as const
const cpuClocks = ['cpu-clocks'] as const
const applePress = ['apple-press'] as const
const applePressAndCoremltoolsGuides = ['apple-press', 'coremltools-guides'] as const
const appleGpuDerivation = ['apple-gpu-derivation'] as const

const earlyCores = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'apple-cpu',
  runtimes: { ...appleCpu, ...wasm },
} as const satisfies Partial<UnitSpec>

const neonCores = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'apple-cpu',
  sources: cpuClocks,
  runtimes: appleCpu,
} as const satisfies Partial<UnitSpec>

const i8mmCores = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'apple-cpu-i8mm',
  sources: cpuClocks,
  runtimes: appleCpu,
} as const satisfies Partial<UnitSpec>

const aneA18 = {
  id: 'npu',
  kind: 'apple-neural-engine',
  family: 'ane-a18',
  architecture: 'Apple Neural Engine 16-core',
  denseTops: { int8: 35, fp16: derived(17.5, 'half of the INT8 rate') },
  structuredSparsity: false,
  runtimes: neuralEngine,
} as const satisfies Partial<UnitSpec>

const appleGpuA18 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'apple-gpu-a18',
  sources: appleGpuDerivation,
  clockMhz: 1490,
  runtimes: appleGpu,
} as const satisfies Partial<UnitSpec>

const aneA19 = {
  id: 'npu',
  kind: 'apple-neural-engine',
  family: 'ane-a19',
  architecture: 'Apple Neural Engine 16-core',
  structuredSparsity: false,
  runtimes: neuralEngine,
  note: 'TOPS not published. The GPU cores contain matrix units of unpublished rate.',
} as const satisfies Partial<UnitSpec>

const appleGpuA19 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'apple-gpu-a19',
  sources: appleGpuDerivation,
  clockMhz: 1620,
  runtimes: appleGpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Apple',
  segment: 'phone',
} as const satisfies Partial<DeviceSpec>

export const appleIphone: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'iphone-x',
    name: 'Apple iPhone X',
    chip: 'A11 Bionic',
    sources: metalBenchmarks,
    processNm: 10,
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a11',
        architecture: 'Apple GPU 3-core',
        clockMhz: confirmed(1066),
        denseTops: { fp16: confirmed(0.819), fp32: confirmed(0.409) },
        cacheKib: 4096,
        runtimes: { ...appleGpu, ...webGl },
      },
      {
        ...earlyCores,
        architecture: '2x Monsoon + 4x Mistral',
        note: 'No figures in the tables; listed because published results ran here.',
      },
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a11',
        architecture: 'Apple Neural Engine 2-core',
        sources: hollanceNeuralEngineAndApplePress,
        denseTops: { int8: confirmed(0.6), fp16: assumed(0.6, 'taken equal to the INT8 rate') },
        structuredSparsity: false,
        runtimes: {},
        note: 'For Face ID only: Core ML cannot use this Neural Engine.',
      },
    ],
    dram: { type: 'LPDDR4X 64-bit', gib: 3 },
    priceUsd: price(999, 2017),
    releaseYear: 2017,
  }),
  defineDevice({
    ...base,
    id: 'iphone-xs',
    name: 'Apple iPhone XS',
    chip: 'A12 Bionic',
    sources: hollanceNeuralEngineAndApplePress,
    processNm: 7,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a12',
        architecture: 'Apple Neural Engine 8-core',
        denseTops: { int8: confirmed(5), fp16: assumed(5, 'taken equal to the INT8 rate') },
        structuredSparsity: false,
        runtimes: neuralEngine,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a12',
        architecture: 'Apple GPU 4-core',
        sources: metalBenchmarks,
        clockMhz: confirmed(1128),
        denseTops: { fp16: confirmed(1.155), fp32: confirmed(0.578) },
        cacheKib: 8192,
        runtimes: { ...appleGpu, ...webGl },
      },
      {
        ...earlyCores,
        architecture: '2x Vortex + 4x Tempest',
        sources: cpuClocks,
        clusters: [cluster(2, 'Vortex', 2490), cluster(4, 'Tempest', 1590)],
      },
    ],
    dram: { type: 'LPDDR4X 64-bit 2133 MHz', gib: 4, gbPerS: 34.1 },
    priceUsd: price(999, 2018),
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'iphone-11',
    name: 'Apple iPhone 11',
    chip: 'A13 Bionic',
    sources: hollanceNeuralEngineAndApplePress,
    processNm: 7,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a13',
        architecture: 'Apple Neural Engine 8-core',
        denseTops: { int8: confirmed(6), fp16: assumed(6, 'taken equal to the INT8 rate') },
        structuredSparsity: false,
        runtimes: neuralEngine,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a13',
        architecture: 'Apple GPU 4-core',
        sources: metalBenchmarks,
        clockMhz: confirmed(1230),
        denseTops: { fp16: confirmed(1.26), fp32: confirmed(0.63) },
        cacheKib: 16384,
        runtimes: appleGpu,
      },
      {
        ...neonCores,
        architecture: '2x Lightning + 4x Thunder',
        clusters: [cluster(2, 'Lightning', 2650), cluster(4, 'Thunder', 1730)],
      },
    ],
    dram: { type: 'LPDDR4X 64-bit 2133 MHz', gib: 4, gbPerS: 34.1 },
    priceUsd: price(699, 2019),
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'iphone-12',
    name: 'Apple iPhone 12',
    chip: 'A14 Bionic',
    sources: hollanceNeuralEngineAndApplePress,
    processNm: 5,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a14',
        architecture: 'Apple Neural Engine 16-core',
        denseTops: { int8: confirmed(11), fp16: assumed(11, 'taken equal to the INT8 rate') },
        structuredSparsity: false,
        runtimes: neuralEngine,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a14',
        architecture: 'Apple GPU 4-core',
        sources: metalBenchmarks,
        clockMhz: confirmed(1278),
        denseTops: { fp16: confirmed(1.309), fp32: confirmed(0.654) },
        cacheKib: 16384,
        runtimes: appleGpu,
      },
      {
        ...neonCores,
        architecture: '2x Firestorm + 4x Icestorm',
        clusters: [cluster(2, 'Firestorm', 3000), cluster(4, 'Icestorm', 1820)],
        cacheKib: 12288,
        note: 'The matrix unit beside the cores is not counted; it adds 1 to 2 TFLOPS in FP32 per cluster.',
      },
    ],
    dram: { type: 'LPDDR4X 64-bit 2133 MHz', gib: 4, gbPerS: 34.1 },
    priceUsd: price(799, 2020),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'iphone-13-pro',
    name: 'Apple iPhone 13 Pro',
    chip: 'A15 Bionic',
    sources: hollanceNeuralEngineAndApplePress,
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
        architecture: 'Apple GPU 5-core',
        sources: metalBenchmarks,
        clockMhz: confirmed(1338),
        denseTops: { fp16: confirmed(1.713), fp32: confirmed(1.713) },
        cacheKib: 32768,
        runtimes: appleGpu,
      },
      {
        ...neonCores,
        architecture: '2x Avalanche + 4x Blizzard',
        clusters: [cluster(2, 'Avalanche (A15)', 3230), cluster(4, 'Blizzard (A15)', 2020)],
        cacheKib: 16384,
      },
    ],
    dram: { type: 'LPDDR4X 64-bit 2133 MHz', gib: 6, gbPerS: 34.1 },
    priceUsd: price(999, 2021),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'iphone-14-pro',
    name: 'Apple iPhone 14 Pro',
    chip: 'A16 Bionic',
    sources: applePress,
    processNm: 4,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a16',
        architecture: 'Apple Neural Engine 16-core',
        denseTops: { int8: 17, fp16: assumed(17, 'taken equal to the INT8 rate') },
        structuredSparsity: false,
        runtimes: neuralEngine,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a16',
        architecture: 'Apple GPU 5-core',
        sources: metalBenchmarks,
        clockMhz: confirmed(1398),
        denseTops: { fp16: confirmed(1.789), fp32: confirmed(1.789) },
        cacheKib: 24576,
        runtimes: appleGpu,
      },
      {
        ...i8mmCores,
        architecture: '2x Everest + 4x Sawtooth',
        clusters: [cluster(2, 'Apple P-core with I8MM', 3460), cluster(4, 'Apple E-core with I8MM', 2020)],
        cacheKib: 20480,
      },
    ],
    dram: { type: 'LPDDR5 64-bit 3200 MHz', gib: 6, gbPerS: 51.2 },
    priceUsd: price(999, 2022),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'iphone-15-pro',
    name: 'Apple iPhone 15 Pro',
    chip: 'A17 Pro',
    sources: applePressAndCoremltoolsGuides,
    processNm: 3,
    units: [
      {
        id: 'npu',
        kind: 'apple-neural-engine',
        family: 'ane-a17',
        architecture: 'Apple Neural Engine 16-core',
        denseTops: { int8: 35, fp16: derived(17.5, 'half of the INT8 rate') },
        structuredSparsity: false,
        runtimes: neuralEngine,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'apple-gpu-a17',
        architecture: 'Apple GPU 6-core',
        sources: appleGpuDerivation,
        clockMhz: 1398,
        denseTops: { fp16: derived(2.15, 'the FP32 rate'), fp32: derived(2.15, '2 × cores × 128 × clock') },
        cacheKib: 24576,
        runtimes: appleGpu,
      },
      {
        ...i8mmCores,
        architecture: '2x P + 4x E (A17)',
        clusters: [cluster(2, 'Apple P-core with I8MM', 3780), cluster(4, 'Apple E-core with I8MM', 2110)],
      },
    ],
    dram: { type: 'LPDDR5 64-bit 3200 MHz', gib: 8, gbPerS: 51.2 },
    priceUsd: price(999, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'iphone-16',
    name: 'Apple iPhone 16',
    chip: 'A18',
    sources: applePressAndCoremltoolsGuides,
    processNm: 3,
    units: [
      aneA18,
      {
        ...appleGpuA18,
        architecture: 'Apple GPU 5-core',
        denseTops: { fp16: derived(1.9, 'the FP32 rate'), fp32: derived(1.9, '2 × cores × 128 × clock') },
      },
      {
        ...i8mmCores,
        architecture: '2x P + 4x E (A18)',
        clusters: [cluster(2, 'Apple P-core with I8MM', 4040), cluster(4, 'Apple E-core with I8MM', 2420)],
      },
    ],
    dram: { type: 'LPDDR5X 64-bit 3750 MHz', gib: 8, gbPerS: 60 },
    priceUsd: price(799, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'iphone-16-pro',
    name: 'Apple iPhone 16 Pro',
    chip: 'A18 Pro',
    sources: applePressAndCoremltoolsGuides,
    processNm: 3,
    units: [
      aneA18,
      {
        ...appleGpuA18,
        architecture: 'Apple GPU 6-core',
        denseTops: { fp16: derived(2.29, 'the FP32 rate'), fp32: derived(2.29, '2 × cores × 128 × clock') },
      },
      {
        ...i8mmCores,
        architecture: '2x P + 4x E (A18 Pro)',
        clusters: [cluster(2, 'Apple P-core with I8MM', 4040), cluster(4, 'Apple E-core with I8MM', 2420)],
      },
    ],
    dram: { type: 'LPDDR5X 64-bit 3750 MHz', gib: 8, gbPerS: 60 },
    priceUsd: price(999, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'iphone-17',
    name: 'Apple iPhone 17',
    chip: 'A19',
    sources: applePress,
    processNm: 3,
    units: [
      aneA19,
      {
        ...appleGpuA19,
        architecture: 'Apple GPU 5-core',
        denseTops: { fp32: derived(2.07, '2 × cores × 128 × clock') },
      },
      {
        ...i8mmCores,
        architecture: '2x P + 4x E (A19)',
        clusters: [cluster(2, 'Apple P-core with I8MM', 4260), cluster(4, 'Apple E-core with I8MM', 2600)],
      },
    ],
    dram: { type: 'LPDDR5X 64-bit 4266 MHz', gib: 8, gbPerS: 68.3 },
    priceUsd: price(799, 2025),
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'iphone-17-pro',
    name: 'Apple iPhone 17 Pro',
    chip: 'A19 Pro',
    sources: applePress,
    processNm: 3,
    units: [
      aneA19,
      {
        ...appleGpuA19,
        architecture: 'Apple GPU 6-core',
        denseTops: { fp32: derived(2.49, '2 × cores × 128 × clock') },
      },
      {
        ...i8mmCores,
        architecture: '2x P + 4x E (A19 Pro)',
        clusters: [cluster(2, 'Apple P-core with I8MM', 4260), cluster(4, 'Apple E-core with I8MM', 2600)],
      },
    ],
    dram: { type: 'LPDDR5X 64-bit 4800 MHz', gib: 12, gbPerS: 76.8 },
    priceUsd: price(1099, 2025),
    releaseYear: 2025,
  }),
]
