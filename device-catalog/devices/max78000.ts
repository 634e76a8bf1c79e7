/** Analog Devices CNN accelerators: 64 processors × 3×3 taps; a 1×1 convolution uses a ninth. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { derived, price } from '../facts.ts'
import { cortexM } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const max7800xCnn = {
  id: 'npu',
  kind: 'mcu-npu',
  family: 'max7800x-cnn',
  macsPerCycle: { int8: derived(576, '64 processors × 3 × 3 taps') },
  structuredSparsity: false,
  runtimes: { ai8x: ['int8', 'int4'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Analog Devices',
  segment: 'mcu',
  processNm: 40,
} as const satisfies Partial<DeviceSpec>

export const max78000Boards: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'max78000',
    name: 'MAX78000FTHR',
    chip: 'MAX78000',
    sources: ['ai8x-training', 'electronics-weekly-2020'],
    units: [
      {
        ...max7800xCnn,
        architecture: '64-processor CNN accelerator + M4F 100 MHz + RISC-V 60 MHz',
        clockMhz: 50,
        denseTops: { int8: derived(0.0576, '2 × MACs per cycle × clock') },
        onchipKib: 1082,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M4', 100)]),
    ],
    flashKib: 512,
    idleW: 1e-5,
    priceUsd: price(30, 2024),
    releaseYear: 2020,
    note: 'Weights cannot come from outside: a model must fit.',
  }),
  defineDevice({
    ...base,
    id: 'max78002',
    name: 'MAX78002EVKIT',
    chip: 'MAX78002',
    sources: ['ai8x-training', 'adi-an7664'],
    units: [
      {
        ...max7800xCnn,
        architecture: '64-processor CNN accelerator + M4F 120 MHz + RISC-V',
        clockMhz: 200,
        denseTops: { int8: derived(0.2304, '2 × MACs per cycle × clock') },
        onchipKib: 3800,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M4', 120)]),
    ],
    flashKib: 2560,
    priceUsd: price(180, 2024),
    releaseYear: 2022,
    note: 'Weights cannot come from outside: a model must fit.',
  }),
]
