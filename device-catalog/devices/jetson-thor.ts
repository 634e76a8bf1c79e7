/** Jetson Thor: Blackwell GPU; the headline is sparse FP4. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, price } from '../facts.ts'
import { boardHalfCpu, jetsonThor } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const blackwell = {
  id: 'gpu',
  kind: 'gpu',
  family: 'blackwell',
  structuredSparsity: true,
  runtimes: jetsonThor,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'NVIDIA',
  chip: 'Thor (T264)',
  silicon: 'T264',
  segment: 'embedded',
  processNm: 4,
} as const satisfies Partial<DeviceSpec>

export const jetsonThorModules: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'jetson-thor-t5000',
    name: 'NVIDIA Jetson Thor T5000 (AGX Thor dev kit)',
    sources: ['ridgerun-thor', 'hf-jetson-t5000'],
    units: [
      {
        ...blackwell,
        architecture: 'Blackwell 2560 CUDA cores, 96 5th-gen tensor cores (sm_110)',
        clockMhz: confirmed(1575),
        denseTops: {
          fp16: confirmed(258.5),
          bf16: confirmed(258.5),
          fp32: confirmed(8.06),
          tf32: derived(129.25, 'half of the BF16 rate'),
          fp8: derived(517, 'half of the sparse 1035 TFLOPS'),
        },
        note: 'The 2070 TFLOPS of the module are sparse FP4. A dense int8 rate was not found. No DLA.',
      },
      cpu(boardHalfCpu, [cluster(14, 'Neoverse V3AE', confirmed(2601))], {
        architecture: '14x Neoverse-V3AE',
        cacheKib: 16384,
      }),
    ],
    dram: { type: 'LPDDR5X 256-bit 4266 MHz', busBits: 256, gib: 128, gbPerS: 273 },
    gpuClusters: 10,
    powerModes: [
      {
        id: 'MAXN',
        sources: ['ridgerun-thor'],
        cpuCores: confirmed(14),
        cpuMhz: confirmed(2601),
        gpuMhz: confirmed(1575),
        memoryMhz: confirmed(4266),
        gpuClusters: confirmed(10),
      },
      {
        id: '120W',
        sources: ['ridgerun-thor'],
        budgetW: 120,
        cpuCores: 12,
        cpuMhz: 2601,
        gpuMhz: 1386,
        memoryMhz: 4266,
      },
    ],
    tdpW: 130,
    priceUsd: price(3499, 2025),
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'jetson-thor-t4000',
    name: 'NVIDIA Jetson Thor T4000',
    sources: ['nvidia-jetson-modules'],
    units: [
      {
        ...blackwell,
        architecture: 'Blackwell 1536 CUDA cores, 64 5th-gen tensor cores (sm_110)',
        clockMhz: 1530,
        denseTops: {
          fp16: derived(150, '1200 sparse FP4 TFLOPS / 8'),
          bf16: derived(150, '1200 sparse FP4 TFLOPS / 8'),
        },
      },
    ],
    dram: { type: 'LPDDR5X 256-bit 4266 MHz', busBits: 256, gib: 64, gbPerS: 273 },
    tdpW: 70,
    priceUsd: price(1999, 2026),
    releaseYear: 2026,
  }),
]
