/** Axera vision processors. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { disputed } from '../facts.ts'
import { boardCpu, boardHalfCpu, ncnnOnGpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const axeraNpu = {
  id: 'npu',
  kind: 'npu',
  family: 'axera-npu',
  structuredSparsity: false,
  runtimes: { pulsar2: ['int8', 'int8-w8a16'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Axera',
  segment: 'embedded',
  sources: ['axera-docs'],
} as const satisfies Partial<DeviceSpec>

export const axera: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'axera-ax650n',
    name: 'Axera AX650N (MaixPilot / M4N-Dock)',
    chip: 'AX650N',
    units: [
      {
        ...axeraNpu,
        architecture: 'NPU 3-core configurable',
        denseTops: { int8: 18, int4: disputed(72, 43.2, 'other sheets') },
        cores: { total: 3, perModel: 3 },
      },
      cpu(boardHalfCpu, [cluster(8, 'Cortex-A55', 1700)]),
    ],
    dram: { type: 'LPDDR4X-4266 64-bit', gib: 8, gbPerS: 34.1 },
    tdpW: 10,
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'axera-ax630c',
    name: 'Axera AX630C (M5 LLM Module, MaixCAM2 class)',
    chip: 'AX630C',
    units: [
      { ...axeraNpu, architecture: 'NPU', denseTops: { int8: 3.2, int4: 12.8 } },
      cpu(boardCpu, [cluster(2, 'Cortex-A53', 1200)]),
    ],
    dram: { type: 'LPDDR4X 32-bit', gib: 4 },
    tdpW: 2,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'axera-ax620a',
    name: 'Axera AX620A (MaixIII)',
    chip: 'AX620A',
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'axera-npu',
        architecture: 'NPU',
        denseTops: { int8: 3.6, int4: 14.4 },
        cores: { total: 2, perModel: 1 },
        structuredSparsity: false,
        runtimes: { pulsar2: ['int8'] },
        note: 'In its usual mode (virtual NPU 1_1) one model runs on half of it.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'undisclosed-gpu',
        architecture: 'Vulkan device of the published ncnn runs',
        runtimes: ncnnOnGpu,
        note: 'Not described by the vendor; listed because published results name it.',
      },
      cpu(boardCpu, [cluster(4, 'Cortex-A7', 1000)]),
    ],
    dram: { type: 'LPDDR4X', gib: 2 },
    tdpW: 3,
    releaseYear: 2022,
  }),
]
