/** Rockchip processors with RKNPU; peaks sum all NPU cores, one model normally uses one. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
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

const rknpu22 = {
  id: 'npu',
  kind: 'npu',
  family: 'rknpu-2',
  architecture: 'RKNPU v1 1 core',
  macsPerCycle: { int8: 512, fp16: 256 },
  structuredSparsity: false,
  runtimes: rknn,
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
        cores: { total: confirmed(3), perModel: confirmed(1) },
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
      cpu(boardHalfCpu, [cluster(4, 'Cortex-A76', confirmed(2400)), cluster(4, 'Cortex-A55', 1800)], {
        sources: ['rk3588-board-spec'],
        cacheKib: 5120,
      }),
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
        cores: { total: 2, perModel: assumed(1, 'as on the RK3588; not verified') },
        note: 'Two cores; split and clock not verified.',
      },
      { ...maliBifrost, architecture: 'Mali-G52 MC3', clockMhz: 900, denseTops: { fp32: confirmed(0.145) } },
      cpu(boardCpu, [cluster(4, 'Cortex-A72', confirmed(2200)), cluster(4, 'Cortex-A53', 2000)], { cacheKib: 1536 }),
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
      cpu(boardHalfCpu, [cluster(4, 'Cortex-A55', 2000)]),
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
      cpu(boardHalfCpu, [cluster(4, 'Cortex-A55', 1800)]),
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
      cpu(boardCpu, [cluster(4, 'Cortex-A53', 2000)]),
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
    units: [rknpu23, cpu(armCpu, [cluster(1, 'Cortex-A7', 1200)])],
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
    units: [rknpu23, cpu(armCpu, [cluster(1, 'Cortex-A7', 1200)])],
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
      cpu(armCpu, [cluster(4, 'Cortex-A7', 1500)], { sources: rockchipDatasheets }),
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
    units: [{ ...rknpu1, denseTops: { int8: 1.2 } }, cpu(armCpu, [cluster(2, 'Cortex-A7', 1500)])],
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
      cpu(boardCpu, [cluster(2, 'Cortex-A35', 1600)]),
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
      cpu(boardCpu, [cluster(2, 'Cortex-A72', 1800), cluster(4, 'Cortex-A53', 1400)]),
    ],
    dram: { type: 'LPDDR4 64-bit + LPDDR3 for NPU', gib: 4 },
    tdpW: 8,
    releaseYear: 2018,
  }),
]
