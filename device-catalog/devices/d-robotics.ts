/** D-Robotics RDK boards; peaks sum all BPU cores. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, price } from '../facts.ts'
import { boardCpu, boardHalfCpu, horizonBpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'D-Robotics',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const dRobotics: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'rdk-x3',
    name: 'D-Robotics RDK X3',
    chip: 'Sunrise 3 (J3 class)',
    sources: ['d-robotics-model-zoo'],
    processNm: 16,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'bpu-bernoulli',
        architecture: '2x BPU Bernoulli2',
        denseTops: { int8: confirmed(5) },
        structuredSparsity: false,
        runtimes: horizonBpu,
        note: 'Two cores.',
      },
      cpu(boardCpu, [cluster(4, 'Cortex-A53', 1500)]),
    ],
    dram: { type: 'LPDDR4 32-bit', gib: 4 },
    tdpW: 5,
    priceUsd: price(59, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'rdk-x5',
    name: 'D-Robotics RDK X5',
    chip: 'Sunrise 5',
    sources: ['d-robotics-model-zoo'],
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'bpu-bayes',
        architecture: '1x BPU Bayes-e',
        clockMhz: confirmed(1000),
        denseTops: { int8: confirmed(10) },
        structuredSparsity: false,
        runtimes: horizonBpu,
        note: '"Equivalent" TOPS; sparsity may be in it.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'vivante-gc',
        architecture: '32 GFLOPS GPU',
        denseTops: { fp32: 0.032 },
        runtimes: {},
        note: 'OpenCL only; no inference runtime drives it.',
      },
      cpu(boardHalfCpu, [cluster(8, 'Cortex-A55', 1500)]),
    ],
    dram: { type: 'LPDDR4 32-bit', gib: 8 },
    tdpW: 10,
    priceUsd: price(99, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'rdk-s100',
    name: 'D-Robotics RDK S100',
    chip: 'S100 (J6 class)',
    sources: ['d-robotics-pages'],
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'bpu-nash',
        architecture: 'BPU Nash',
        clockMhz: 1000,
        denseTops: { int8: 80 },
        structuredSparsity: false,
        runtimes: horizonBpu,
      },
      cpu(boardHalfCpu, [cluster(6, 'Cortex-A78AE', 1500)]),
    ],
    dram: { type: 'LPDDR5 96-bit', gib: 12 },
    tdpW: 25,
    priceUsd: price(399, 2025),
    releaseYear: 2025,
  }),
]
