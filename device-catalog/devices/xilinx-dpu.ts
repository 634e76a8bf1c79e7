/** AMD Xilinx boards with a DPU overlay; B4096 counts operations per cycle, 2048 MACs. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, disputed, price } from '../facts.ts'
import { armCpu, vitisAi } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const xilinxVitisAi = ['xilinx-vitis-ai'] as const

const dpuczdx8g = {
  id: 'npu',
  kind: 'fpga-dpu',
  family: 'dpuczdx8g',
  structuredSparsity: false,
  runtimes: vitisAi,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'AMD Xilinx',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const xilinxDpu: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'kria-kv260',
    name: 'AMD Kria KV260 (DPUCZDX8G B4096)',
    chip: 'XCK26 Zynq UltraScale+',
    sources: xilinxVitisAi,
    processNm: 16,
    units: [
      {
        ...dpuczdx8g,
        architecture: 'DPUCZDX8G B4096 x1',
        clockMhz: 300,
        macsPerCycle: { int8: 2048 },
        denseTops: { int8: disputed(derived(1.23, '2 × 2048 × clock'), 1.4, 'module brief') },
      },
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1333)]),
    ],
    dram: { type: 'DDR4-2400 64-bit', gib: 4, gbPerS: 19.2 },
    tdpW: 10,
    priceUsd: price(199, 2021),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'zcu102',
    name: 'AMD ZCU102 (DPUCZDX8G B4096 x3)',
    chip: 'ZU9EG',
    sources: ['amd-ug1354'],
    processNm: 16,
    units: [
      {
        ...dpuczdx8g,
        architecture: 'DPUCZDX8G B4096 x3',
        clockMhz: confirmed(281),
        macsPerCycle: { int8: 6144 },
        denseTops: { int8: confirmed(derived(3.45, '2 × 2048 × cores × clock')) },
        cores: { total: confirmed(3), perModel: 1 },
        note: 'Three cores; one inference uses one.',
      },
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1200)], { sources: xilinxVitisAi }),
    ],
    dram: { type: 'DDR4-2133 64-bit', gib: 4, gbPerS: 17.1 },
    tdpW: 20,
    priceUsd: price(3234, 2022),
    releaseYear: 2017,
  }),
  defineDevice({
    ...base,
    id: 'zcu104',
    name: 'AMD ZCU104 (DPUCZDX8G B4096 x2)',
    chip: 'ZU7EV',
    sources: ['amd-ug1354'],
    processNm: 16,
    units: [
      {
        ...dpuczdx8g,
        architecture: 'DPUCZDX8G B4096 x2',
        clockMhz: confirmed(300),
        macsPerCycle: { int8: 4096 },
        denseTops: { int8: confirmed(derived(2.46, '2 × 2048 × cores × clock')) },
        cores: { total: confirmed(2), perModel: 1 },
        note: 'Two cores; one inference uses one.',
      },
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1200)], { sources: xilinxVitisAi }),
    ],
    dram: { type: 'DDR4-2400 64-bit', gib: 2, gbPerS: 19.2 },
    tdpW: 20,
    priceUsd: price(1678, 2022),
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'vck190',
    name: 'AMD VCK190 (DPUCVDX8G C32B6)',
    chip: 'VC1902 Versal AI Core',
    sources: ['amd-ug1354', 'amd-pg389'],
    processNm: 7,
    units: [
      {
        id: 'npu',
        kind: 'fpga-dpu',
        family: 'dpucvdx8g',
        architecture: 'DPUCVDX8G C32B6CU1 (192 AIE tiles)',
        clockMhz: confirmed(1250),
        macsPerCycle: { int8: 24576 },
        denseTops: { int8: confirmed(61.44) },
        structuredSparsity: false,
        runtimes: vitisAi,
        batchLanes: confirmed(6),
        note: 'A single image uses one of six lanes.',
      },
      cpu(armCpu, [cluster(2, 'Cortex-A72', 1400)], { sources: xilinxVitisAi }),
    ],
    dram: { type: 'DDR4/LPDDR4', gib: 8 },
    priceUsd: price(13195, 2022),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'vek280',
    name: 'AMD VEK280 (DPUCV2DX8G C20B14)',
    chip: 'VE2802 Versal AI Edge',
    sources: xilinxVitisAi,
    processNm: 7,
    units: [
      {
        id: 'npu',
        kind: 'fpga-dpu',
        family: 'dpucv2dx8g',
        architecture: 'DPUCV2DX8G C20B14CU1 (280 of 304 AIE-ML tiles)',
        clockMhz: 1250,
        macsPerCycle: { int8: derived(71680, '14 lanes × 20 tiles × 256 MACs') },
        denseTops: { int8: derived(179.2, '2 × 71680 × clock') },
        structuredSparsity: false,
        runtimes: vitisAi,
        batchLanes: 14,
        sources: ['xilinx-vitis-ai', 'amd-pg425'],
        note: 'A single image uses one of fourteen lanes.',
      },
      cpu(armCpu, [cluster(2, 'Cortex-A72', 1400)]),
    ],
    dram: { type: 'LPDDR4', gib: 12 },
    priceUsd: price(6995, 2023),
    releaseYear: 2023,
  }),
]
