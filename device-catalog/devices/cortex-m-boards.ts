/** Single Cortex-M boards of vendors with one entry. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, measured, price } from '../facts.ts'
import { cortexM, tflm } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  segment: 'mcu',
  processNm: 40,
} as const satisfies Partial<DeviceSpec>

export const cortexMBoards: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'psoc62-cy8c624a',
    name: 'CY8CPROTO-062-4343W',
    vendor: 'Infineon',
    chip: 'CY8C624ABZI',
    sources: ['mlperf-tiny-1.2'],
    units: [
      cpu(cortexM, [cluster(1, 'Cortex-M4', 150)], { architecture: 'Cortex-M4F 150 + M0+ 100', onchipKib: 1024 }),
    ],
    flashKib: 2048,
    priceUsd: price(50, 2024),
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'ra6m4',
    name: 'EK-RA6M4',
    vendor: 'Renesas',
    chip: 'R7FA6M4',
    sources: ['mlperf-tiny-0.7'],
    units: [cpu(cortexM, [cluster(1, 'Cortex-M33', 200)], { onchipKib: 256 })],
    flashKib: 1024,
    tdpW: confirmed(measured(0.0719, 'image classification of MLPerf Tiny, whole board')),
    priceUsd: price(50, 2024),
    releaseYear: 2020,
    note: 'Published results used reference kernels: no limit of the hardware.',
  }),
  defineDevice({
    ...base,
    id: 'ra8d1',
    name: 'EK-RA8D1',
    vendor: 'Renesas',
    chip: 'R7FA8D1AHECBD',
    sources: ['mlperf-tiny-1.2'],
    units: [cpu({ ...cortexM, vendor: ['int8'] }, [cluster(1, 'Cortex-M85', 480)], { cacheKib: 32, onchipKib: 1024 })],
    flashKib: 2048,
    priceUsd: price(130, 2024),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'efr32mg24',
    name: 'xG24-DK2601B',
    vendor: 'Silicon Labs',
    chip: 'EFR32MG24',
    sources: ['mlperf-tiny-1.0'],
    units: [
      cpu(tflm, [cluster(1, 'Cortex-M33', 78)], { architecture: 'Cortex-M33 + MVP accelerator', onchipKib: 256 }),
    ],
    flashKib: 1536,
    tdpW: confirmed(measured(0.0102, 'image classification of MLPerf Tiny, whole board')),
    priceUsd: price(80, 2024),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'imxrt1062',
    name: 'Teensy 4.1',
    vendor: 'NXP',
    chip: 'MIMXRT1062',
    sources: ['mcu-datasheets'],
    units: [cpu(cortexM, [cluster(1, 'Cortex-M7', 600)], { cacheKib: 64, onchipKib: 1024 })],
    flashKib: 8192,
    tdpW: 0.5,
    priceUsd: price(31.5, 2024),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'mcxn947',
    name: 'FRDM-MCXN947 (NPU)',
    vendor: 'NXP',
    chip: 'MCXN947',
    sources: ['elecfans-mcxn', 'nxp-neutron-blog'],
    units: [
      {
        id: 'npu',
        kind: 'mcu-npu',
        family: 'neutron-n1',
        architecture: 'eIQ Neutron N1-16 + 2x Cortex-M33 150',
        clockMhz: confirmed(150),
        macsPerCycle: { int8: derived(16, '4.8 GOPS / (2 × clock)') },
        denseTops: { int8: derived(0.0048, '2 × MACs per cycle × clock') },
        structuredSparsity: false,
        onchipKib: 512,
        runtimes: { 'tflm-npu': ['int8'] },
      },
      cpu(cortexM, [cluster(1, 'Cortex-M33', 150)]),
    ],
    flashKib: confirmed(2048),
    priceUsd: price(23, 2024),
    releaseYear: 2024,
  }),
]
