/** Renesas R-Car. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { hostCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const rcarCnn = {
  id: 'npu',
  kind: 'npu',
  family: 'rcar-cnn',
  structuredSparsity: false,
  runtimes: { vendor: ['int8'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Renesas',
  segment: 'automotive',
  sources: ['renesas-pages'],
} as const satisfies Partial<DeviceSpec>

export const renesasRcar: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'renesas-rcar-v4h',
    name: 'Renesas R-Car V4H',
    chip: 'R-Car V4H',
    processNm: 7,
    units: [
      { ...rcarCnn, architecture: 'CNN-IP + DSP', denseTops: { int8: 34 } },
      cpu(hostCpu, [cluster(4, 'Cortex-A76', 1700)]),
    ],
    dram: { type: 'LPDDR5' },
    tdpW: 15,
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'renesas-rcar-v3h',
    name: 'Renesas R-Car V3H',
    chip: 'R-Car V3H',
    processNm: 16,
    units: [
      { ...rcarCnn, architecture: 'CNN-IP', denseTops: { int8: 4.2 } },
      cpu(hostCpu, [cluster(4, 'Cortex-A53', 1000)]),
    ],
    dram: { type: 'LPDDR4' },
    tdpW: 8,
    releaseYear: 2019,
  }),
]
