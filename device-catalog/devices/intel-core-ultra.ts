/** Intel Core Ultra laptops with NPU, Arc graphics and two kinds of cores. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, disputed } from '../facts.ts'
import { intelGpu, intelNpu, x86Cpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const intelArk = ['intel-ark'] as const

const intelNpu3 = {
  id: 'npu',
  kind: 'npu',
  family: 'intel-npu-3',
  architecture: 'NPU 3720 (2 NCE tiles)',
  macsPerCycle: { int8: 4096, fp16: 2048 },
  structuredSparsity: false,
  onchipKib: 4096,
  runtimes: intelNpu,
} as const satisfies Partial<UnitSpec>

const xeLpg = {
  id: 'gpu',
  kind: 'gpu',
  family: 'xe-lpg',
  runtimes: intelGpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Intel',
  segment: 'laptop',
} as const satisfies Partial<DeviceSpec>

export const intelCoreUltra: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'core-ultra-7-155h',
    name: 'Intel Core Ultra 7 155H (Meteor Lake)',
    chip: 'Meteor Lake-H',
    sources: ['meteor-lake-press'],
    processNm: 7,
    units: [
      {
        ...intelNpu3,
        clockMhz: 1400,
        denseTops: {
          int8: confirmed(disputed(11.5, 11, 'another report of the same slides')),
          fp16: confirmed(derived(5.75, 'half of the INT8 rate')),
        },
      },
      {
        ...xeLpg,
        architecture: 'Xe-LPG 8 Xe-cores',
        sources: intelArk,
        clockMhz: 2250,
        macsPerCycle: { int8: 4096 },
        denseTops: { int8: 18.4, fp16: 9.2, fp32: 4.6 },
      },
      cpu(x86Cpu, [cluster(6, 'Redwood Cove', 4000), cluster(10, 'Crestmont', 3000)], {
        architecture: '6x Redwood Cove + 8x Crestmont + 2x LP-E',
        sources: intelArk,
        note: 'All-core clocks under load are lower.',
      }),
    ],
    dram: { type: 'LPDDR5X-7467 128-bit', gib: 32, gbPerS: 119.5 },
    tdpW: 28,
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'core-ultra-7-258v',
    name: 'Intel Core Ultra 7 258V (Lunar Lake)',
    chip: 'Lunar Lake',
    sources: ['lunar-lake-press'],
    processNm: 3,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'intel-npu-4',
        architecture: 'NPU 4 (6 NCE tiles)',
        clockMhz: 1950,
        macsPerCycle: { int8: 12288, fp16: 6144 },
        denseTops: {
          int8: confirmed(
            disputed(
              disputed(derived(47.9, '2 × 12288 × clock'), 47, 'listed for the 258V'),
              48,
              'vendor figure, at the clock of the 288V',
            ),
          ),
          fp16: confirmed(derived(23.95, 'half of the INT8 rate')),
        },
        structuredSparsity: false,
        onchipKib: 9216,
        runtimes: intelNpu,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'xe2',
        architecture: 'Xe2-LPG 8 Xe-cores (XMX)',
        sources: intelArk,
        clockMhz: 1950,
        macsPerCycle: { int8: 16384 },
        denseTops: { int8: disputed(64, 67, 'vendor figure at 2.05 GHz'), fp16: 32, fp32: 4 },
        runtimes: intelGpu,
      },
      cpu(x86Cpu, [cluster(4, 'Lion Cove', 4800), cluster(4, 'Skymont', 3700)], {
        sources: intelArk,
        note: 'All-core clocks under load are lower.',
      }),
    ],
    dram: { type: 'LPDDR5X-8533 128-bit on package', gib: 32, gbPerS: 136.5 },
    tdpW: 17,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'core-ultra-9-285h',
    name: 'Intel Core Ultra 9 285H (Arrow Lake-H)',
    chip: 'Arrow Lake-H',
    sources: intelArk,
    processNm: 3,
    units: [
      { ...intelNpu3, clockMhz: 1600, denseTops: { int8: 13, fp16: derived(6.5, 'half of the INT8 rate') } },
      { ...xeLpg, architecture: 'Xe-LPG+ 8 Xe-cores (XMX)', clockMhz: 2350, denseTops: { int8: 77 } },
      cpu(x86Cpu, [cluster(6, 'Lion Cove', 5400), cluster(8, 'Skymont', 4500)], {
        architecture: '6x Lion Cove + 8x Skymont + 2x LP-E',
        note: 'All-core clocks under load are lower.',
      }),
    ],
    dram: { type: 'LPDDR5X-8400 128-bit', gib: 32, gbPerS: 134.4 },
    tdpW: 45,
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'core-ultra-x7-358h',
    name: 'Intel Core Ultra X7 358H (Panther Lake)',
    chip: 'Panther Lake',
    sources: ['panther-lake-press'],
    processNm: 2,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'intel-npu-5',
        architecture: 'NPU 5 (3 NCE tiles)',
        denseTops: { int8: confirmed(50), fp16: confirmed(derived(25, 'half of the INT8 rate')) },
        structuredSparsity: false,
        runtimes: intelNpu,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'xe3',
        architecture: 'Xe3 12 Xe-cores (XMX)',
        sources: intelArk,
        denseTops: { int8: 120 },
        runtimes: intelGpu,
      },
    ],
    dram: { type: 'LPDDR5X-9600 128-bit', gib: 32, gbPerS: 153.6 },
    tdpW: 25,
    releaseYear: 2026,
  }),
]
