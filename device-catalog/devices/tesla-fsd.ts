/** Tesla driving computers, one chip of two. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed } from '../facts.ts'
import { hostCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const teslaNna = {
  id: 'npu',
  kind: 'systolic',
  family: 'tesla-nna',
  structuredSparsity: false,
  runtimes: { vendor: ['int8'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Tesla',
  segment: 'automotive',
} as const satisfies Partial<DeviceSpec>

export const teslaFsd: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'tesla-fsd-hw3',
    name: 'Tesla FSD Computer HW3 (per chip)',
    chip: 'FSD chip',
    sources: ['wikichip-fsd'],
    processNm: 14,
    units: [
      {
        ...teslaNna,
        architecture: '2x NNA, 96x96 MAC each',
        clockMhz: confirmed(2000),
        macsPerCycle: { int8: confirmed(18432) },
        denseTops: { int8: confirmed(73.7) },
        onchipKib: confirmed(65536),
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'tesla-gpu',
        architecture: 'GPU 600 GFLOPS',
        sources: ['tesla-autonomy-day'],
        clockMhz: confirmed(1000),
        denseTops: { fp16: confirmed(0.6), fp32: confirmed(0.6) },
        runtimes: { vendor: ['fp16', 'fp32'] },
      },
      cpu(hostCpu, [cluster(12, 'Cortex-A72', 2200)], { sources: ['tesla-fsd-paper'] }),
    ],
    dram: { type: 'LPDDR4-4266 128-bit', gib: 8, gbPerS: confirmed(68.3) },
    tdpW: 36,
    releaseYear: 2019,
    note: 'The board has two chips that compute the same; 36.86 TOPS per NNA.',
  }),
  defineDevice({
    ...base,
    id: 'tesla-fsd-hw4',
    name: 'Tesla FSD Computer HW4 (per chip)',
    chip: 'FSD2 chip',
    sources: ['hw4-teardowns'],
    processNm: 7,
    units: [{ ...teslaNna, architecture: '3x NNA', clockMhz: 2200, note: 'No TOPS printed.' }],
    dram: { type: 'GDDR6' },
    releaseYear: 2023,
  }),
]
