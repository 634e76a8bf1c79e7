/** AMD Ryzen laptops with XDNA; graphics rates count dual issue. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived } from '../facts.ts'
import { radeon, ryzenNpu, x86Cpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const xdnaSources = ['amd-ryzen-pages', 'kernel-amdxdna', 'mlir-aie'] as const
const amdRyzenPages = ['amd-ryzen-pages'] as const

const xdna1 = {
  id: 'npu',
  kind: 'npu',
  family: 'xdna-1',
  architecture: 'XDNA 20 AIE-ML tiles (4x5)',
  macsPerCycle: { int8: 5120 },
  structuredSparsity: false,
  onchipKib: 3840,
  runtimes: ryzenNpu,
  note: 'The open toolchain exposes 16 of the 20 tiles.',
} as const satisfies Partial<UnitSpec>

const rdna3 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'rdna3',
  architecture: 'RDNA3 Radeon 780M 12 CU',
  sources: amdRyzenPages,
  clockMhz: 2700,
  denseTops: { fp16: 16.6, fp32: 8.29 },
  runtimes: radeon,
} as const satisfies Partial<UnitSpec>

const xdna2 = {
  id: 'npu',
  kind: 'npu',
  family: 'xdna-2',
  architecture: 'XDNA2 32 AIE-ML v2 tiles (4x8)',
  clockMhz: derived(1526, 'TOPS / (2 × MACs per cycle), 512 INT8 MACs per tile assumed'),
  macsPerCycle: { int8: 16384 },
  denseTops: { int8: 50 },
  structuredSparsity: false,
  onchipKib: 6144,
  runtimes: ryzenNpu,
} as const satisfies Partial<UnitSpec>

const rdna35 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'rdna3.5',
  sources: amdRyzenPages,
  runtimes: radeon,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'AMD',
  segment: 'laptop',
  processNm: 4,
} as const satisfies Partial<DeviceSpec>

export const amdRyzen: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'ryzen-7-7840u',
    name: 'AMD Ryzen 7 7840U (Phoenix, XDNA1)',
    chip: 'Phoenix',
    sources: xdnaSources,
    units: [
      { ...xdna1, clockMhz: 1000, denseTops: { int8: 10.2 } },
      rdna3,
      cpu(x86Cpu, [cluster(8, 'Zen 4', 4200)], { architecture: '8x Zen4', sources: amdRyzenPages }),
    ],
    dram: { type: 'LPDDR5X-7500 128-bit', gib: 32, gbPerS: 120 },
    tdpW: 28,
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'ryzen-7-8845hs',
    name: 'AMD Ryzen 7 8845HS (Hawk Point, XDNA1)',
    chip: 'Hawk Point',
    sources: ['amd-ryzen-pages', 'kernel-amdxdna', 'mlir-aie', 'hawk-point-press'],
    units: [
      { ...xdna1, clockMhz: 1600, denseTops: { int8: confirmed(16.4) } },
      rdna3,
      cpu(x86Cpu, [cluster(8, 'Zen 4', 4600)], { architecture: '8x Zen4', sources: amdRyzenPages }),
    ],
    dram: { type: 'LPDDR5X-7500 128-bit', gib: 32, gbPerS: 120 },
    tdpW: 45,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'ryzen-ai-9-hx-370',
    name: 'AMD Ryzen AI 9 HX 370 (Strix Point, XDNA2)',
    chip: 'Strix Point',
    sources: xdnaSources,
    units: [
      xdna2,
      {
        ...rdna35,
        architecture: 'RDNA3.5 Radeon 890M 16 CU',
        clockMhz: 2900,
        denseTops: { fp16: 23.8, fp32: 11.9 },
      },
      cpu(x86Cpu, [cluster(4, 'Zen 5 mobile', 4500), cluster(8, 'Zen 5 mobile', 3300)], {
        architecture: '4x Zen5 + 8x Zen5c',
        sources: amdRyzenPages,
      }),
    ],
    dram: { type: 'LPDDR5X-7500 128-bit', gib: 32, gbPerS: 120 },
    tdpW: 28,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'ryzen-ai-7-350',
    name: 'AMD Ryzen AI 7 350 (Krackan, XDNA2)',
    chip: 'Krackan Point',
    sources: xdnaSources,
    units: [
      xdna2,
      { ...rdna35, architecture: 'RDNA3.5 Radeon 860M 8 CU', clockMhz: 3000, denseTops: { fp16: 12.3, fp32: 6.1 } },
      cpu(x86Cpu, [cluster(4, 'Zen 5 mobile', 4500), cluster(4, 'Zen 5 mobile', 3500)], {
        architecture: '4x Zen5 + 4x Zen5c',
        sources: amdRyzenPages,
      }),
    ],
    dram: { type: 'LPDDR5X-8000 128-bit', gib: 32, gbPerS: 128 },
    tdpW: 28,
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'ryzen-ai-max-395',
    name: 'AMD Ryzen AI Max+ 395 (Strix Halo, XDNA2)',
    chip: 'Strix Halo',
    sources: xdnaSources,
    units: [
      xdna2,
      {
        ...rdna35,
        architecture: 'RDNA3.5 Radeon 8060S 40 CU',
        clockMhz: 2900,
        denseTops: { fp16: 59.4, fp32: 29.7 },
        cacheKib: 32768,
      },
      cpu(x86Cpu, [cluster(16, 'Zen 5', 4500)], { architecture: '16x Zen5 (512-bit)', sources: amdRyzenPages }),
    ],
    dram: { type: 'LPDDR5X-8000 256-bit', gib: 128, gbPerS: 256 },
    tdpW: 55,
    releaseYear: 2025,
  }),
]
