/** Ambarella vision processors; the vendor prints no TOPS. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
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
    units: [cvflowVector, cpu(armCpu, [cluster(4, 'Cortex-A53', 1000)])],
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv25',
    name: 'Ambarella CV25',
    chip: 'CV25',
    segment: 'embedded',
    processNm: 10,
    units: [cvflowVector, cpu(armCpu, [cluster(4, 'Cortex-A53', 1000)])],
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv5',
    name: 'Ambarella CV5',
    chip: 'CV5',
    segment: 'embedded',
    processNm: 5,
    units: [cvflowVector, cpu(armHalfCpu, [cluster(2, 'Cortex-A76', 1600)])],
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv72',
    name: 'Ambarella CV72S',
    chip: 'CV72S',
    segment: 'embedded',
    processNm: 5,
    units: [cvflowVector, cpu(armHalfCpu, [cluster(2, 'Cortex-A76', 1600)])],
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'ambarella-cv3-ad685',
    name: 'Ambarella CV3-AD685',
    chip: 'CV3-AD685',
    segment: 'automotive',
    processNm: 5,
    units: [{ ...cvflow, architecture: 'CVflow NVP + GVP' }, cpu(hostCpu, [cluster(12, 'Cortex-A78AE', 1800)])],
    dram: { type: 'LPDDR5 256-bit' },
    releaseYear: 2023,
  }),
]
