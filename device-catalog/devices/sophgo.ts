/** Sophgo tensor processors. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { derived, price } from '../facts.ts'
import { armLinuxCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const sophonTpu = {
  id: 'npu',
  kind: 'npu',
  family: 'sophon-tpu',
  structuredSparsity: false,
  runtimes: { 'sophon-bmrt': ['int8', 'fp16', 'bf16', 'fp32', 'int4-w4f16', 'int4'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Sophgo',
  segment: 'embedded',
  sources: ['sophgo-pages'],
} as const satisfies Partial<DeviceSpec>

export const sophgo: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'bm1684',
    name: 'Sophgo BM1684 (SE5)',
    chip: 'BM1684',
    processNm: 12,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'sophon-tpu',
        architecture: '64 NPU lanes',
        clockMhz: 550,
        macsPerCycle: { int8: derived(16384, 'TOPS / (2 × clock), rounded to a power of two') },
        denseTops: { int8: 17.6, fp32: 2.2 },
        structuredSparsity: false,
        onchipKib: 32768,
        runtimes: { 'sophon-bmrt': ['int8', 'fp32'] },
        note: '35.2 TOPS is with Winograd.',
      },
      cpu(armLinuxCpu, [cluster(8, 'Cortex-A53', 2300)]),
    ],
    dram: { type: 'LPDDR4X 128-bit', gib: 12 },
    tdpW: 16,
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'bm1684x',
    name: 'Sophgo BM1684X (SE7)',
    chip: 'BM1684X',
    processNm: 12,
    units: [
      {
        ...sophonTpu,
        architecture: '64 lanes',
        clockMhz: 1000,
        macsPerCycle: { int8: 16384, fp16: 8192 },
        denseTops: { int8: 32, fp16: 16, bf16: 16, fp32: 2.2 },
        onchipKib: 16384,
      },
      cpu(armLinuxCpu, [cluster(8, 'Cortex-A53', 2300)]),
    ],
    dram: { type: 'LPDDR4X-4266 128-bit', gib: 16, gbPerS: 68.3 },
    tdpW: 20,
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'bm1688',
    name: 'Sophgo BM1688 (SE9-16)',
    chip: 'BM1688',
    units: [
      {
        ...sophonTpu,
        architecture: '2 TPU cores',
        clockMhz: 900,
        denseTops: { int8: 16, int4: 32, fp16: 4, bf16: 4, fp32: 0.5 },
        cores: { total: 2, perModel: 1 },
        note: 'Two cores; a model is compiled for one unless it says two.',
      },
      cpu(armLinuxCpu, [cluster(8, 'Cortex-A53', 1600)]),
    ],
    dram: { type: 'LPDDR4X', gib: 8 },
    tdpW: 12,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'cv186x',
    name: 'Sophgo CV186X/CV186AH (SE9-8)',
    chip: 'CV186AH',
    units: [
      { ...sophonTpu, architecture: '1 TPU core', denseTops: { int8: 7.2, int4: 14.4, fp16: 1.8, bf16: 1.8 } },
      cpu(armLinuxCpu, [cluster(6, 'Cortex-A53', 1600)]),
    ],
    dram: { type: 'LPDDR4X', gib: 8 },
    tdpW: 8,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'sg2002',
    name: 'Sophgo SG2002 (Milk-V Duo 256M, MaixCAM)',
    chip: 'SG2002',
    processNm: 12,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'cvitek-tpu',
        architecture: 'CVITEK TPU',
        clockMhz: 750,
        denseTops: { int8: 1 },
        structuredSparsity: false,
        runtimes: { 'tpu-mlir': ['int8', 'bf16'] },
      },
      cpu(armLinuxCpu, [cluster(1, 'C906', 1000)], { architecture: '1x C906 RISC-V or A53 1.0' }),
    ],
    dram: { type: 'DDR3 in package', gib: 0.25 },
    tdpW: 1,
    priceUsd: price(8, 2024),
    releaseYear: 2023,
  }),
]
