/** Other microcontroller-class accelerators. */
import { defineDevice } from '../define.ts'
import { confirmed, derived, measured, price } from '../facts.ts'
import type { DeviceEntry } from '../schema.ts'
import type { UnitSpec } from '../spec.ts'

const ndp120 = {
  id: 'npu',
  kind: 'mcu-npu',
  family: 'ndp120',
  architecture: 'Syntiant Core 2 + HiFi3 + Cortex-M0',
  macsPerCycle: { int8: derived(32, '6.4 GOPS at 98.7 MHz / 2') },
  structuredSparsity: false,
  onchipKib: 1024,
  runtimes: { syntiant: ['int8'], vendor: ['int8'] },
  note: 'Digital near-memory; at most about 896k 8-bit parameters.',
} as const satisfies Partial<UnitSpec>

export const tinyAccelerators: readonly DeviceEntry[] = [
  defineDevice({
    id: 'ndp120-30',
    name: 'Syntiant NDP120 @30.7 MHz 0.9 V',
    vendor: 'Syntiant',
    chip: 'NDP120 (9120)',
    silicon: 'NDP120',
    segment: 'mcu',
    sources: ['mlperf-tiny-1.2'],
    processNm: 40,
    units: [{ ...ndp120, clockMhz: 30.7, denseTops: { int8: derived(0.001965, '2 × MACs per cycle × clock') } }],
    tdpW: confirmed(measured(0.0064, 'image classification of MLPerf Tiny, whole board')),
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'ndp120-98',
    name: 'Syntiant NDP120 @98.7 MHz 1.1 V',
    vendor: 'Syntiant',
    chip: 'NDP120 (9120)',
    silicon: 'NDP120',
    segment: 'mcu',
    sources: ['mlperf-tiny-1.2'],
    processNm: 40,
    units: [{ ...ndp120, clockMhz: 98.7, denseTops: { int8: derived(0.006317, '2 × MACs per cycle × clock') } }],
    tdpW: confirmed(measured(0.0272, 'image classification of MLPerf Tiny, whole board')),
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'akida-akd1000',
    name: 'BrainChip AKD1000 (PCIe / M.2)',
    vendor: 'BrainChip',
    chip: 'AKD1000',
    silicon: 'AKD1000',
    segment: 'mcu',
    sources: ['mcu-datasheets'],
    processNm: 28,
    units: [
      {
        id: 'npu',
        kind: 'dataflow',
        family: 'akida',
        architecture: '80 event-based NPUs (20 nodes x4) + M4 300 MHz',
        clockMhz: 300,
        structuredSparsity: false,
        onchipKib: 8192,
        runtimes: { metatf: ['int4'] },
        note: 'Event-driven: 1.5 TOPS "equivalent" depends on sparsity, so there is no dense peak.',
      },
    ],
    link: { kind: 'PCIe 2.0 x1', gbPerS: 0.5 },
    tdpW: 1,
    priceUsd: price(249, 2025),
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'kendryte-k210',
    name: 'Sipeed MAix / Grove AI HAT',
    vendor: 'Canaan',
    chip: 'K210',
    segment: 'mcu',
    sources: ['mcu-datasheets'],
    processNm: 28,
    units: [
      {
        id: 'npu',
        kind: 'mcu-npu',
        family: 'k210-kpu',
        architecture: 'KPU 64x(3x3) + 2x RV64GC 400 MHz',
        clockMhz: 400,
        macsPerCycle: { int8: derived(576, '64 processors × 3 × 3 taps') },
        denseTops: { int8: derived(0.4608, '2 × MACs per cycle × clock') },
        structuredSparsity: false,
        onchipKib: 8192,
        runtimes: { nncase: ['int8'] },
      },
    ],
    tdpW: 0.3,
    priceUsd: price(8, 2023),
    releaseYear: 2018,
  }),
]
