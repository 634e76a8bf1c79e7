/** NVIDIA DRIVE; vendor totals are sparse and halved here. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { derived, disputed } from '../facts.ts'
import { dla, hostCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'NVIDIA',
  segment: 'automotive',
} as const satisfies Partial<DeviceSpec>

export const nvidiaDrive: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'nvidia-drive-orin',
    name: 'NVIDIA DRIVE AGX Orin',
    chip: 'Orin (T234)',
    silicon: 'T234',
    sources: ['nvidia-drive-pages'],
    processNm: 8,
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'ampere',
        architecture: 'Ampere 2048 CUDA, 64 TC',
        clockMhz: 1275,
        macsPerCycle: { int8: 32768, fp16: 16384 },
        denseTops: {
          int8: derived(83.6, 'half of the sparse 167 TOPS'),
          fp16: 41.8,
          bf16: 41.8,
          fp32: 5.2,
          tf32: derived(20.9, 'half of the BF16 rate'),
        },
        structuredSparsity: true,
        runtimes: { tensorrt: ['int8', 'fp16', 'fp32'] },
      },
      {
        id: 'npu',
        kind: 'npu',
        family: 'nvdla-2',
        architecture: '2x NVDLA 2.0',
        clockMhz: 1600,
        macsPerCycle: { int8: 16384 },
        denseTops: {
          int8: disputed(
            derived(52.4, '2 × MACs per cycle × clock'),
            43.5,
            'half of the sparse 87 TOPS of the documents',
          ),
        },
        structuredSparsity: true,
        onchipKib: 2048,
        runtimes: dla,
      },
      cpu(hostCpu, [cluster(12, 'Cortex-A78AE', 2200)]),
    ],
    dram: { type: 'LPDDR5 256-bit 3200 MHz', gib: 32, gbPerS: 204.8 },
    tdpW: 65,
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'nvidia-drive-thor-u',
    name: 'NVIDIA DRIVE AGX Thor (Thor-U)',
    chip: 'Thor (T264)',
    silicon: 'T264',
    sources: ['nvidia-drive-pages', 'driveos-profiles'],
    processNm: 4,
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'blackwell',
        architecture: 'Blackwell 2560 CUDA class, 5th-gen TC',
        structuredSparsity: true,
        runtimes: { tensorrt: ['fp8', 'fp16', 'int8', 'fp32'] },
        note: '1000 INT8 TOPS are sparse or dense, the pages do not say; the peak stays open.',
      },
      cpu(hostCpu, [cluster(14, 'Neoverse V3AE', 2600)], { architecture: '14x Neoverse-V3AE' }),
    ],
    dram: { type: 'LPDDR5X 256-bit 4266 MHz', gib: 64, gbPerS: 273 },
    tdpW: 130,
    releaseYear: 2025,
  }),
]
