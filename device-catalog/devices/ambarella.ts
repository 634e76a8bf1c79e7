/** Ambarella vision processors; the vendor prints no TOPS. */
import { cluster, defineDevice } from '../define.ts'
import { armCpu, armHalfCpu, hostCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const cvflow = {
  id: 'npu',
  kind: 'npu',
  family: 'cvflow',
  runtimes: { cvflow: ['int8'] },
  note: 'No TOPS printed.',
} as const satisfies Partial<UnitSpec>

const cvflowVector = {
  ...cvflow,
  architecture: 'CVflow vector processor',
} as const satisfies Partial<UnitSpec>

const cortexA53Cpu = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'cortex-a53',
  architecture: '4x Cortex-A53',
  clusters: [cluster(4, 'Cortex-A53', 1000)],
  runtimes: armCpu,
} as const satisfies Partial<UnitSpec>

const cortexA76Cpu = {
  id: 'cpu',
  kind: 'cpu-simd',
  family: 'cortex-a76',
  architecture: '2x Cortex-A76',
  clusters: [cluster(2, 'Cortex-A76', 1600)],
  runtimes: armHalfCpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Ambarella',
  sources: ['ambarella-briefs'],
} as const satisfies Partial<DeviceSpec>

export const ambarella: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'ambarella-cv22',
    name: 'Ambarella CV22',
    chip: 'CV22',
    segment: 'embedded',
    processNm: 10,
    units: [cvflowVector, cortexA53Cpu],
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv25',
    name: 'Ambarella CV25',
    chip: 'CV25',
    segment: 'embedded',
    processNm: 10,
    units: [cvflowVector, cortexA53Cpu],
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv5',
    name: 'Ambarella CV5',
    chip: 'CV5',
    segment: 'embedded',
    processNm: 5,
    units: [cvflowVector, cortexA76Cpu],
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv72',
    name: 'Ambarella CV72S',
    chip: 'CV72S',
    segment: 'embedded',
    processNm: 5,
    units: [cvflowVector, cortexA76Cpu],
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv3-ad685',
    name: 'Ambarella CV3-AD685',
    chip: 'CV3-AD685',
    segment: 'automotive',
    processNm: 5,
    units: [
      { ...cvflow, architecture: 'CVflow NVP + GVP' },
      {
        id: 'cpu',
        kind: 'cpu-simd',
        family: 'cortex-a78',
        architecture: '12x Cortex-A78AE',
        clusters: [cluster(12, 'Cortex-A78AE', 1800)],
        runtimes: hostCpu,
      },
    ],
    dram: { type: 'LPDDR5 256-bit' },
    releaseYear: 2023,
  }),
]
