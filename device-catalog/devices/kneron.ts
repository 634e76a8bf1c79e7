/** Kneron NPUs. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { derived, disputed } from '../facts.ts'
import { armHalfCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const kneronUnit = {
  id: 'npu',
  kind: 'npu',
  family: 'kneron',
  structuredSparsity: false,
  runtimes: { kneron: ['int8'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Kneron',
  segment: 'embedded',
  sources: ['kneron-briefs'],
} as const satisfies Partial<DeviceSpec>

export const kneron: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'kneron-kl520',
    name: 'Kneron KL520',
    chip: 'KL520',
    processNm: 40,
    units: [
      {
        ...kneronUnit,
        architecture: 'Kneron NPU',
        clockMhz: 300,
        macsPerCycle: { int8: derived(576, 'GOPS / (2 × clock)') },
        denseTops: { int8: 0.345 },
      },
    ],
    dram: { type: 'LPDDR2 in package', gib: 0.064 },
    tdpW: 0.5,
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'kneron-kl720',
    name: 'Kneron KL720',
    chip: 'KL720',
    processNm: 28,
    units: [
      {
        ...kneronUnit,
        architecture: 'Kneron NPU',
        clockMhz: 700,
        macsPerCycle: { int8: 1024 },
        denseTops: { int8: 1.4 },
      },
    ],
    dram: { type: 'LPDDR3', gib: 0.128 },
    link: { kind: 'USB 3.0', gbPerS: 0.4 },
    tdpW: 1.2,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'kneron-kl730',
    name: 'Kneron KL730',
    chip: 'KL730',
    processNm: 12,
    units: [
      {
        ...kneronUnit,
        architecture: 'Kneron reconfigurable NPU',
        denseTops: { int8: disputed(4, 0.35, 'lower end of the range the vendor gives') },
      },
      cpu(armHalfCpu, [cluster(4, 'Cortex-A55', 1000)]),
    ],
    tdpW: 2,
    releaseYear: 2023,
  }),
]
