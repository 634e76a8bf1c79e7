/** AMD Instinct accelerators, dense peaks. */
import { defineDevice } from '../define.ts'
import { confirmed, derived, disputed, price } from '../facts.ts'
import { rocm } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const cdna3 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'cdna3',
  clockMhz: 2100,
  macsPerCycle: { int8: 622619, fp16: 311190 },
  denseTops: {
    int8: confirmed(2615),
    fp16: confirmed(1307),
    bf16: confirmed(1307),
    fp32: confirmed(163.4),
    tf32: derived(653.5, 'half of the BF16 rate'),
  },
  structuredSparsity: true,
  onchipKib: 29184,
  cacheKib: 262144,
  runtimes: rocm,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'AMD',
  segment: 'cloud',
  sources: ['ml-engineering'],
} as const satisfies Partial<DeviceSpec>

export const amdInstinct: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'amd-mi250x',
    name: 'AMD Instinct MI250X',
    chip: '2x Aldebaran GCD',
    processNm: 6,
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'cdna2',
        architecture: 'CDNA2: 220 CU, 880 MC',
        clockMhz: 1700,
        macsPerCycle: { int8: 112647, fp16: 112647 },
        denseTops: { int8: confirmed(383), fp16: confirmed(383), bf16: confirmed(383), fp32: confirmed(47.9) },
        structuredSparsity: false,
        onchipKib: 14080,
        cacheKib: 16384,
        runtimes: rocm,
      },
    ],
    dram: { type: 'HBM2e', gib: 128, gbPerS: confirmed(3277) },
    link: { kind: 'PCIe4 x16 / IF', gbPerS: 32 },
    tdpW: confirmed(disputed(560, 500, 'TDP; the figure in use is peak board power')),
    idleW: 90,
    releaseYear: 2021,
    note: 'Appears as two devices of half the size.',
  }),
  defineDevice({
    ...base,
    id: 'amd-mi300x',
    name: 'AMD Instinct MI300X',
    chip: '8x XCD',
    processNm: 5,
    units: [
      {
        ...cdna3,
        architecture: 'CDNA3: 304 CU, 1216 MC (256 fp16 FMA/clk)',
        note: 'Measured matrix products reach half of the peak.',
      },
    ],
    dram: { type: 'HBM3', gib: 192, gbPerS: confirmed(5300) },
    link: { kind: 'PCIe5 x16 / IF', gbPerS: 64 },
    tdpW: confirmed(750),
    idleW: 140,
    priceUsd: price(15000, 2024),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'amd-mi325x',
    name: 'AMD Instinct MI325X',
    chip: '8x XCD',
    processNm: 5,
    units: [{ ...cdna3, architecture: 'CDNA3: 304 CU' }],
    dram: { type: 'HBM3e', gib: 256, gbPerS: confirmed(6000) },
    link: { kind: 'PCIe5 x16 / IF', gbPerS: 64 },
    tdpW: confirmed(1000),
    idleW: 160,
    releaseYear: 2024,
  }),
]
