/** Hailo dataflow processors; Hailo-8 has no DRAM, large networks reload contexts over the link. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, disputed, fact, price } from '../facts.ts'
import { armCpu, hailort } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { UnitSpec } from '../spec.ts'

const hailo8Sources = ['hailo-press', 'branes-ai-hailo'] as const
const hailoBriefs = ['hailo-briefs'] as const

const hailo8 = {
  id: 'npu',
  kind: 'dataflow',
  family: 'hailo-8',
  architecture: 'Hailo structure-defined dataflow',
  structuredSparsity: false,
  runtimes: hailort,
} as const satisfies Partial<UnitSpec>

const hailo8Full = {
  ...hailo8,
  denseTops: { int8: confirmed(26), int4: 52 },
} as const satisfies Partial<UnitSpec>

const hailo8Half = {
  ...hailo8,
  denseTops: { int8: 13, int4: 26 },
} as const satisfies Partial<UnitSpec>

const hailo15 = {
  id: 'npu',
  kind: 'dataflow',
  family: 'hailo-15',
  architecture: 'Hailo structure-defined dataflow',
  structuredSparsity: false,
  runtimes: hailort,
} as const satisfies Partial<UnitSpec>

export const hailo: readonly DeviceEntry[] = [
  defineDevice({
    id: 'hailo-8',
    name: 'Hailo-8 M.2',
    vendor: 'Hailo',
    chip: 'Hailo-8',
    silicon: 'Hailo-8',
    segment: 'embedded',
    sources: hailo8Sources,
    units: [hailo8Full],
    link: { kind: 'PCIe Gen3 x4 (M key) / x2 (A+E, B+M)', gbPerS: 3.94 },
    tdpW: confirmed(disputed(fact(2.5, { note: 'typical' }), 8.65, 'peak')),
    releaseYear: 2020,
  }),
  defineDevice({
    id: 'hailo-8-pi-ai-hat-26t',
    name: 'Raspberry Pi AI HAT+ 26T (Hailo-8)',
    vendor: 'Hailo',
    chip: 'Hailo-8',
    silicon: 'Hailo-8',
    segment: 'embedded',
    sources: hailo8Sources,
    units: [hailo8Full],
    link: { kind: 'PCIe Gen3 x1 (Pi 5)', gbPerS: 0.985 },
    tdpW: confirmed(disputed(fact(2.5, { note: 'typical' }), 8.65, 'peak')),
    priceUsd: price(110, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    id: 'hailo-8l',
    name: 'Hailo-8L M.2 / Raspberry Pi AI Kit',
    vendor: 'Hailo',
    chip: 'Hailo-8L',
    segment: 'embedded',
    sources: hailoBriefs,
    units: [hailo8Half],
    link: {
      kind: 'PCIe Gen3 x2 (Pi 5: x1, Gen2 by default, Gen3 opt-in)',
      gbPerS: disputed(derived(1.97, 'two lanes of Gen3'), 0.985, 'on a Raspberry Pi 5, one lane'),
    },
    tdpW: 1.5,
    priceUsd: price(70, 2024),
    releaseYear: 2023,
    note: 'At Gen 2, the default of the AI Kit, the link gives half.',
  }),
  defineDevice({
    id: 'hailo-8r',
    name: 'Hailo-8R mPCIe',
    vendor: 'Hailo',
    chip: 'Hailo-8R',
    segment: 'embedded',
    sources: hailoBriefs,
    units: [hailo8Half],
    link: { kind: 'PCIe Gen3 x1', gbPerS: 0.985 },
    tdpW: 1.65,
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'hailo-8-automotive',
    name: 'Hailo-8 automotive (AEC-Q100)',
    vendor: 'Hailo',
    chip: 'Hailo-8',
    silicon: 'Hailo-8',
    segment: 'automotive',
    sources: hailo8Sources,
    units: [hailo8Full],
    link: { kind: 'PCIe Gen3 x4', gbPerS: 3.94 },
    tdpW: confirmed(disputed(fact(2.5, { note: 'typical' }), 8.65, 'peak')),
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'hailo-10h',
    name: 'Hailo-10H M.2 / Raspberry Pi AI HAT+ 2',
    vendor: 'Hailo',
    chip: 'Hailo-10H',
    segment: 'embedded',
    sources: ['hailo-press', 'register-2024-04-10'],
    units: [
      {
        id: 'npu',
        kind: 'dataflow',
        family: 'hailo-10',
        architecture: 'Hailo structure-defined dataflow',
        denseTops: { int8: confirmed(20), int4: confirmed(40) },
        structuredSparsity: false,
        runtimes: hailort,
        note: '40 TOPS is INT4. The width of the memory is not known.',
      },
    ],
    dram: { type: 'LPDDR4/4X on module', gib: confirmed(disputed(8, 4, 'smaller variant')) },
    link: { kind: 'PCIe Gen3 x4 (Pi: x1)', gbPerS: 3.94 },
    tdpW: confirmed(fact(2.5, { note: 'typical' })),
    priceUsd: confirmed(fact(130, { note: 'Raspberry Pi AI HAT+ 2, price of 2026' })),
    releaseYear: 2025,
  }),
  defineDevice({
    id: 'hailo-15h',
    name: 'Hailo-15H VPU',
    vendor: 'Hailo',
    chip: 'Hailo-15H',
    segment: 'embedded',
    sources: hailoBriefs,
    units: [{ ...hailo15, denseTops: { int8: 20, int4: 40 } }, cpu(armCpu, [cluster(4, 'Cortex-A53', 1300)])],
    dram: { type: 'LPDDR4/4X 32-bit' },
    releaseYear: 2023,
  }),
  defineDevice({
    id: 'hailo-15m',
    name: 'Hailo-15M VPU',
    vendor: 'Hailo',
    chip: 'Hailo-15M',
    segment: 'embedded',
    sources: hailoBriefs,
    units: [{ ...hailo15, denseTops: { int8: 11, int4: 22 } }, cpu(armCpu, [cluster(4, 'Cortex-A53', 1300)])],
    dram: { type: 'LPDDR4/4X 32-bit' },
    releaseYear: 2023,
  }),
  defineDevice({
    id: 'hailo-15l',
    name: 'Hailo-15L VPU',
    vendor: 'Hailo',
    chip: 'Hailo-15L',
    segment: 'embedded',
    sources: hailoBriefs,
    units: [{ ...hailo15, denseTops: { int8: 7, int4: 14 } }],
    releaseYear: 2023,
  }),
]
