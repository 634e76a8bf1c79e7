/** Horizon Journey processors; "equivalent" TOPS may contain sparsity. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { horizonBpu, hostCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const bpuBernoulli = {
  id: 'npu',
  kind: 'npu',
  family: 'bpu-bernoulli',
  runtimes: horizonBpu,
} as const satisfies Partial<UnitSpec>

const bpuNash = {
  id: 'npu',
  kind: 'npu',
  family: 'bpu-nash',
  architecture: 'BPU Nash',
  runtimes: horizonBpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Horizon Robotics',
  segment: 'automotive',
  sources: ['horizon-pages'],
} as const satisfies Partial<DeviceSpec>

export const horizonJourney: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'horizon-journey-2',
    name: 'Horizon Journey 2',
    chip: 'Journey 2',
    processNm: 28,
    units: [
      { ...bpuBernoulli, architecture: '2x BPU Bernoulli', denseTops: { int8: 4 } },
      cpu(hostCpu, [cluster(2, 'Cortex-A53', 1000)]),
    ],
    tdpW: 2,
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'horizon-journey-3',
    name: 'Horizon Journey 3',
    chip: 'Journey 3',
    processNm: 16,
    units: [
      { ...bpuBernoulli, architecture: '2x BPU Bernoulli2', denseTops: { int8: 5 } },
      cpu(hostCpu, [cluster(4, 'Cortex-A53', 1200)]),
    ],
    tdpW: 2.5,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'horizon-journey-5',
    name: 'Horizon Journey 5',
    chip: 'Journey 5',
    processNm: 16,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'bpu-bayes',
        architecture: '2x BPU Bayes',
        denseTops: { int8: 128 },
        runtimes: horizonBpu,
        note: '"Equivalent" TOPS; sparsity may be in it.',
      },
      cpu(hostCpu, [cluster(8, 'Cortex-A55', 1200)]),
    ],
    tdpW: 30,
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'horizon-journey-6e',
    name: 'Horizon Journey 6E',
    chip: 'Journey 6E',
    units: [{ ...bpuNash, denseTops: { int8: 80 } }],
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'horizon-journey-6m',
    name: 'Horizon Journey 6M',
    chip: 'Journey 6M',
    units: [{ ...bpuNash, denseTops: { int8: 128 } }],
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'horizon-journey-6p',
    name: 'Horizon Journey 6P',
    chip: 'Journey 6P',
    units: [{ ...bpuNash, denseTops: { int8: 560 } }],
    releaseYear: 2025,
  }),
]
