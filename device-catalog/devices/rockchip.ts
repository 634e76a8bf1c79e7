/** Rockchip processors with RKNPU; peaks sum all NPU cores, one model normally uses one. */
import { cluster, defineDevice } from '../define.ts'
import { assumed, confirmed, derived, disputed, price } from '../facts.ts'
import { armCpu, boardCpu, boardHalfCpu, maliLinux, rkllm, rknn, rknnInteger } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const rockchipDatasheets = ['rockchip-datasheets'] as const

const rknpu2 = {
  id: 'npu',
  kind: 'npu',
  family: 'rknpu-2',
  structuredSparsity: false,
  runtimes: { ...rknn, ...rkllm },
} as const satisfies Partial<UnitSpec>

const maliBifrost = {
  id: 'gpu',
  kind: 'gpu',
  family: 'mali-bifrost',
  runtimes: maliLinux,
} as const satisfies Partial<UnitSpec>

const maliG52At800 = {
  ...maliBifrost,
  architecture: 'Mali-G52 2EE',
  clockMhz: 800,
} as const satisfies Partial<UnitSpec>

const cortexA72Cpu = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'cortex-a72',
  runtimes: boardCpu,
} as const satisfies Partial<UnitSpec>

const rknpu22 = {
  id: 'npu',
  kind: 'npu',
  family: 'rknpu-2',
  architecture: 'RKNPU v1 1 core',
  macsPerCycle: { int8: 512, fp16: 256 },
  structuredSparsity: false,
  runtimes: rknn,
} as const satisfies Partial<UnitSpec>

const cortexA55Cpu = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'cortex-a55',
  runtimes: boardHalfCpu,
} as const satisfies Partial<UnitSpec>

const rknpu23 = {
  id: 'npu',
  kind: 'npu',
  family: 'rknpu-2',
  architecture: 'RKNPU (rv1106 core)',
  denseTops: { int8: 0.5 },
  structuredSparsity: false,
  runtimes: rknnInteger,
} as const satisfies Partial<UnitSpec>

const cortexA7Cpu = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'cortex-a7',
  runtimes: armCpu,
} as const satisfies Partial<UnitSpec>

const cortexA7At1200 = {
  ...cortexA7Cpu,
  architecture: '1x Cortex-A7 1.2',
  clusters: [cluster(1, 'Cortex-A7', 1200)],
} as const satisfies Partial<UnitSpec>

const rknpu1 = {
  id: 'npu',
  kind: 'npu',
  family: 'rknpu-1',
  architecture: 'RKNPU v1',
  structuredSparsity: false,
  runtimes: rknnInteger,
} as const satisfies Partial<UnitSpec>

const rknpu12 = {
  id: 'npu',
  kind: 'npu',
  family: 'rknpu-1',
  structuredSparsity: false,
  runtimes: rknn,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Rockchip',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const rockchip: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'rk3588',
    name: 'Rockchip RK3588 (Orange Pi 5 / ROCK 5B class)',
    chip: 'RK3588',
    sources: ['rockchip-datasheets', 'rk3588-board-spec'],
    processNm: 8,
    units: [
      {
        ...rknpu2,
        architecture: 'RKNPU2 v2 3 cores',
        clockMhz: 1000,
        macsPerCycle: { int8: 3072, fp16: 1536 },
        denseTops: { int8: confirmed(6), int4: confirmed(12), fp16: confirmed(3) },
        onchipKib: 1152,
        note: 'Three cores of 2 TOPS; one model runs on one unless the core mask says otherwise.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-valhall',
        architecture: 'Mali-G610 MP4',
        sources: rockchipDatasheets,
        clockMhz: 1000,
        denseTops: {
          fp16: derived(1.024, '4 × 4 cores × 64 × clock'),
          fp32: derived(0.512, '2 × 4 cores × 64 × clock'),
        },
        runtimes: maliLinux,
      },
      {
        id: 'cpu',
        kind: 'cpu-simd',
        family: 'cortex-a76',
        architecture: '4x Cortex-A76 2.4 + 4x A55 1.8',
        sources: ['rk3588-board-spec'],
        clusters: [cluster(4, 'Cortex-A76', confirmed(2400)), cluster(4, 'Cortex-A55', 1800)],
        cacheKib: 5120,
        runtimes: boardHalfCpu,
      },
    ],
    dram: { type: 'LPDDR4X-4224 / LPDDR5-5500 64-bit', gib: 8, gbPerS: disputed(33.8, 44, 'with LPDDR5-5500') },
    tdpW: 12,
    priceUsd: price(90, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'rk3576',
    name: 'Rockchip RK3576 (ROCK 4D / NanoPi M5 class)',
    chip: 'RK3576',
    sources: ['rk3576-spec-page'],
    processNm: 8,
    units: [
      {
        ...rknpu2,
        architecture: 'RKNPU 2 cores',
        denseTops: { int8: confirmed(6), int4: confirmed(12) },
        note: 'Two cores; split and clock not verified.',
      },
      { ...maliBifrost, architecture: 'Mali-G52 MC3', clockMhz: 900, denseTops: { fp32: confirmed(0.145) } },
      {
        ...cortexA72Cpu,
        architecture: '4x Cortex-A72 2.2 + 4x A53 2.0',
        clusters: [cluster(4, 'Cortex-A72', confirmed(2200)), cluster(4, 'Cortex-A53', 2000)],
        cacheKib: 1536,
      },
    ],
    dram: { type: 'LPDDR4X-4224 / LPDDR5-5472 32-bit', gib: 8, gbPerS: 16.9 },
    tdpW: 8,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'rk3568',
    name: 'Rockchip RK3568',
    chip: 'RK3568',
    sources: rockchipDatasheets,
    processNm: 22,
    units: [
      {
        ...rknpu22,
        clockMhz: disputed(1000, 900, 'other board support packages'),
        denseTops: { int8: 1, fp16: 0.5 },
      },
      maliG52At800,
      { ...cortexA55Cpu, architecture: '4x Cortex-A55 2.0', clusters: [cluster(4, 'Cortex-A55', 2000)] },
    ],
    dram: { type: 'DDR4/LPDDR4X-3200 32-bit', gib: 4, gbPerS: 12.8 },
    tdpW: 5,
    priceUsd: price(60, 2022),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'rk3566',
    name: 'Rockchip RK3566',
    chip: 'RK3566',
    sources: rockchipDatasheets,
    processNm: 22,
    units: [
      { ...rknpu22, denseTops: { int8: disputed(0.8, 1, 'later marketing'), fp16: 0.4 } },
      maliG52At800,
      { ...cortexA55Cpu, architecture: '4x Cortex-A55 1.8', clusters: [cluster(4, 'Cortex-A55', 1800)] },
    ],
    dram: { type: 'LPDDR4/4X 32-bit', gib: 4 },
    tdpW: 5,
    priceUsd: price(45, 2022),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'rk3562',
    name: 'Rockchip RK3562',
    chip: 'RK3562',
    sources: rockchipDatasheets,
    processNm: 22,
    units: [
      { ...rknpu2, architecture: 'RKNPU 1 core', denseTops: { int8: 1 } },
      { ...maliBifrost, architecture: 'Mali-G52 2EE' },
      {
        id: 'cpu',
        kind: 'cpu-simd',
        family: 'cortex-a53',
        architecture: '4x Cortex-A53 2.0',
        clusters: [cluster(4, 'Cortex-A53', 2000)],
        runtimes: boardCpu,
      },
    ],
    dram: { type: 'LPDDR4/DDR4 32-bit', gib: 2 },
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'rv1106',
    name: 'Rockchip RV1106 (Luckfox Pico Pro/Max)',
    chip: 'RV1106G2/G3',
    sources: rockchipDatasheets,
    processNm: 22,
    units: [rknpu23, cortexA7At1200],
    dram: { type: 'DDR3L 16-bit in package', gib: 0.125 },
    tdpW: 1,
    priceUsd: price(17, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'rv1103',
    name: 'Rockchip RV1103 (Luckfox Pico/Mini)',
    chip: 'RV1103',
    sources: rockchipDatasheets,
    processNm: 22,
    units: [rknpu23, cortexA7At1200],
    dram: { type: 'DDR2 16-bit in package', gib: 0.0625 },
    tdpW: 1,
    priceUsd: price(10, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'rv1126',
    name: 'Rockchip RV1126',
    chip: 'RV1126',
    sources: ['opencv-zoo'],
    processNm: 14,
    units: [
      { ...rknpu1, denseTops: { int8: confirmed(2) } },
      {
        ...cortexA7Cpu,
        architecture: '4x Cortex-A7 1.5',
        sources: rockchipDatasheets,
        clusters: [cluster(4, 'Cortex-A7', 1500)],
      },
    ],
    dram: { type: 'DDR3/DDR4/LPDDR4 32-bit', gib: 1 },
    tdpW: 1.5,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'rv1109',
    name: 'Rockchip RV1109',
    chip: 'RV1109',
    sources: rockchipDatasheets,
    processNm: 14,
    units: [
      { ...rknpu1, denseTops: { int8: 1.2 } },
      { ...cortexA7Cpu, architecture: '2x Cortex-A7 1.5', clusters: [cluster(2, 'Cortex-A7', 1500)] },
    ],
    dram: { type: 'DDR3/DDR4/LPDDR4 32-bit', gib: 1 },
    tdpW: 1.5,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'rk1808',
    name: 'Rockchip RK1808 (AI compute stick)',
    chip: 'RK1808',
    sources: rockchipDatasheets,
    processNm: 22,
    units: [
      {
        ...rknpu12,
        architecture: 'RKNPU v1',
        clockMhz: assumed(800, 'not confirmed by any document'),
        macsPerCycle: { int8: assumed(1920, 'not confirmed by any document') },
        denseTops: { int8: 3, fp16: 0.1 },
        onchipKib: 2048,
      },
      {
        id: 'cpu',
        kind: 'cpu-simd',
        family: 'cortex-a35',
        architecture: '2x Cortex-A35 1.6',
        clusters: [cluster(2, 'Cortex-A35', 1600)],
        runtimes: boardCpu,
      },
    ],
    dram: { type: 'LPDDR3/DDR4 32-bit', gib: 1 },
    tdpW: 3,
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'rk3399pro',
    name: 'Rockchip RK3399Pro',
    chip: 'RK3399Pro',
    sources: rockchipDatasheets,
    processNm: 28,
    units: [
      {
        ...rknpu12,
        architecture: 'RKNPU v1 (RK1808-class die, USB3/PCIe link)',
        clockMhz: assumed(800, 'as RK1808'),
        macsPerCycle: { int8: assumed(1920, 'as RK1808') },
        denseTops: { int8: 3 },
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-midgard',
        architecture: 'Mali-T860 MP4',
        clockMhz: 800,
        runtimes: maliLinux,
      },
      {
        ...cortexA72Cpu,
        architecture: '2x A72 1.8 + 4x A53 1.4',
        clusters: [cluster(2, 'Cortex-A72', 1800), cluster(4, 'Cortex-A53', 1400)],
      },
    ],
    dram: { type: 'LPDDR4 64-bit + LPDDR3 for NPU', gib: 4 },
    tdpW: 8,
    releaseYear: 2018,
  }),
]
