/** Jetson Nano and TX2: no integer dot product, no tensor cores, so TensorRT has no int8 path here. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { price } from '../facts.ts'
import { boardCpu, jetsonMaxwell } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'
import { capped, uncapped } from './nvpmodel.ts'

const base = { vendor: 'NVIDIA', segment: 'embedded' } as const satisfies Partial<DeviceSpec>

export const jetsonNanoTx2: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'jetson-nano',
    name: 'NVIDIA Jetson Nano 4GB',
    chip: 'Tegra X1 (T210)',
    sources: ['nvidia-jetson-modules'],
    processNm: 20,
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'maxwell',
        architecture: 'Maxwell GM20B 128 CUDA cores (sm_53)',
        clockMhz: 921.6,
        macsPerCycle: { fp16: 256 },
        denseTops: { fp16: 0.472, fp32: 0.236 },
        structuredSparsity: false,
        cacheKib: 256,
        runtimes: jetsonMaxwell,
      },
      cpu(boardCpu, [cluster(4, 'Cortex-A57', 1479)], { cacheKib: 2048 }),
    ],
    dram: { type: 'LPDDR4 64-bit 1600 MHz', busBits: 64, gib: 4, gbPerS: 25.6 },
    powerModes: [
      {
        id: '10W (MAXN)',
        sources: ['nvidia-l4t-guide'],
        budgetW: 10,
        cpuCores: 4,
        cpuMhz: 1479,
        gpuMhz: 921.6,
        memoryMhz: 1600,
      },
      { id: '5W', sources: ['nvidia-l4t-guide'], budgetW: 5, cpuCores: 2, cpuMhz: 918, gpuMhz: 640, memoryMhz: 1600 },
    ],
    tdpW: 10,
    priceUsd: price(99, 2019),
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'jetson-tx2',
    name: 'NVIDIA Jetson TX2 8GB',
    chip: 'Tegra X2 (T186)',
    sources: ['lineageos-nvpmodel', 'nvidia-jetson-modules'],
    processNm: 16,
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'pascal',
        architecture: 'Pascal GP10B 256 CUDA cores (sm_62)',
        sources: ['tx2-gist', 'lineageos-nvpmodel'],
        clockMhz: 1300.5,
        macsPerCycle: { fp16: 512 },
        denseTops: { fp16: 1.332, fp32: 0.666 },
        structuredSparsity: false,
        cacheKib: 512,
        runtimes: jetsonMaxwell,
      },
      cpu(boardCpu, [cluster(2, 'Denver2', 2035), cluster(4, 'Cortex-A57', 2035)], { cacheKib: 4096 }),
    ],
    dram: { type: 'LPDDR4 128-bit 1866 MHz', busBits: 128, gib: 8, gbPerS: 59.7 },
    powerModes: [
      uncapped('MAXN', { cpu: [6, 2035.2], gpu: [null, 1300.5], memoryMhz: 1866 }),
      capped('MAXQ', { budgetW: 7.5, cpu: [4, 1200], gpu: [null, 850], memoryMhz: 1331.2 }),
      capped('MAXP_CORE_ALL', { budgetW: 15, cpu: [6, 1400], gpu: [null, 1120], memoryMhz: 1600 }),
      capped('MAXP_CORE_ARM', { budgetW: 15, cpu: [4, 2000], gpu: [null, 1120], memoryMhz: 1600 }),
    ],
    tdpW: 15,
    priceUsd: price(399, 2019),
    releaseYear: 2017,
    note: 'MAXQ and MAXP_CORE_ARM switch the Denver cores off.',
  }),
]
