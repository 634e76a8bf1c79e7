/** SiMa.ai systems on chip. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { armHalfCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'SiMa.ai',
  segment: 'embedded',
  sources: ['sima-brief'],
} as const satisfies Partial<DeviceSpec>

export const sima: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'sima-mlsoc',
    name: 'SiMa.ai MLSoC (gen1)',
    chip: 'MLSoC',
    processNm: 16,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'sima-mla',
        architecture: 'MLA',
        denseTops: { int8: 50 },
        structuredSparsity: false,
        runtimes: { palette: ['int8'] },
      },
      cpu(armHalfCpu, [cluster(4, 'Cortex-A65', 1150)]),
    ],
    dram: { type: 'LPDDR4/4X 128-bit', gib: 16 },
    tdpW: 15,
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'sima-modalix',
    name: 'SiMa.ai Modalix 50',
    chip: 'Modalix',
    processNm: 6,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'sima-mla',
        architecture: 'MLA gen2',
        denseTops: { int8: 50 },
        structuredSparsity: false,
        runtimes: { palette: ['int8', 'bf16'] },
      },
      cpu(armHalfCpu, [cluster(8, 'Cortex-A65 class', 1500)], { architecture: '8x Cortex-A65-class' }),
    ],
    dram: { type: 'LPDDR5' },
    tdpW: 15,
    releaseYear: 2024,
  }),
]
