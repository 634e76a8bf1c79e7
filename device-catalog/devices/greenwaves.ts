/** GreenWaves GAP8 and GAP9. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, disputed, measured } from '../facts.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const gap9Ne16 = {
  id: 'npu',
  kind: 'mcu-npu',
  family: 'gap9-ne16',
  architecture: '9x RISC-V cluster + FC + NE16 conv accelerator',
  macsPerCycle: { int8: disputed(200, 162, 'lower nominal figure') },
  structuredSparsity: false,
  onchipKib: 1664,
  runtimes: { gapflow: ['int8', 'fp16'], vendor: ['int8'] },
  note: 'Effective rate in MLPerf Tiny: 54 MACs per cycle.',
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'GreenWaves',
  segment: 'mcu',
} as const satisfies Partial<DeviceSpec>

export const greenwaves: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'gap8',
    name: 'GAPuino / AI-deck',
    chip: 'GAP8',
    sources: ['mcu-datasheets'],
    processNm: 55,
    units: [
      cpu({ gapflow: ['int8'] }, [cluster(8, 'RI5CY', 175)], {
        architecture: '8x RI5CY cluster + FC + HWCE',
        onchipKib: 592,
      }),
    ],
    tdpW: 0.096,
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'gap9-240',
    name: 'GAP9 EVK @240 MHz 0.65 V',
    chip: 'GAP9',
    silicon: 'GAP9',
    sources: ['mlperf-tiny-1.0'],
    processNm: 22,
    units: [{ ...gap9Ne16, clockMhz: 240, denseTops: { int8: derived(0.096, '2 × MACs per cycle × clock') } }],
    flashKib: 2048,
    tdpW: confirmed(measured(0.0289, 'image classification of MLPerf Tiny, whole board')),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'gap9-370',
    name: 'GAP9 EVK @370 MHz 0.8 V',
    chip: 'GAP9',
    silicon: 'GAP9',
    sources: ['mlperf-tiny-1.0'],
    processNm: 22,
    units: [{ ...gap9Ne16, clockMhz: 370, denseTops: { int8: derived(0.148, '2 × MACs per cycle × clock') } }],
    flashKib: 2048,
    tdpW: confirmed(measured(0.0649, 'image classification of MLPerf Tiny, whole board')),
    releaseYear: 2022,
  }),
]
