/** Microcontrollers with an Ethos-U55 beside the core. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, price } from '../facts.ts'
import { cortexM, ethosU } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { UnitSpec } from '../spec.ts'

const alifSwrm = ['alif-swrm'] as const
const mcuDatasheets = ['mcu-datasheets'] as const

const ethosU55 = {
  id: 'npu',
  kind: 'ethos-u',
  family: 'ethos-u55',
  structuredSparsity: false,
  runtimes: ethosU,
} as const satisfies Partial<UnitSpec>

export const ethosUBoards: readonly DeviceEntry[] = [
  defineDevice({
    id: 'alif-e3-hp-npu',
    name: 'Alif Ensemble E3 (HP: M55 + U55-256)',
    vendor: 'Alif',
    chip: 'AE302F80F5582',
    silicon: 'Ensemble E3',
    segment: 'mcu',
    sources: alifSwrm,
    processNm: 22,
    units: [
      {
        ...ethosU55,
        architecture: 'Ethos-U55-256 @400 MHz with Cortex-M55 400 MHz',
        clockMhz: confirmed(400),
        macsPerCycle: { int8: confirmed(256) },
        denseTops: { int8: derived(0.2048, '2 × MACs per cycle × clock') },
        onchipKib: 13824,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M55', 400)]),
    ],
    flashKib: 5632,
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'alif-e3-he-npu',
    name: 'Alif Ensemble E3 (HE: M55 + U55-128)',
    vendor: 'Alif',
    chip: 'AE302F80F5582',
    silicon: 'Ensemble E3',
    segment: 'mcu',
    sources: alifSwrm,
    processNm: 22,
    units: [
      {
        ...ethosU55,
        architecture: 'Ethos-U55-128 @160 MHz with Cortex-M55 160 MHz',
        clockMhz: confirmed(160),
        macsPerCycle: { int8: confirmed(128) },
        denseTops: { int8: derived(0.04096, '2 × MACs per cycle × clock') },
        onchipKib: 13824,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M55', 160)]),
    ],
    flashKib: 5632,
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'alif-e7-hp-npu',
    name: 'Alif Ensemble E7 AppKit',
    vendor: 'Alif',
    chip: 'AE722F80F55D5',
    segment: 'mcu',
    sources: alifSwrm,
    processNm: 22,
    units: [
      {
        ...ethosU55,
        architecture: 'Ethos-U55-256 @400 MHz (+2x Cortex-A32 800 MHz, 2x M55)',
        clockMhz: confirmed(400),
        macsPerCycle: { int8: confirmed(256) },
        denseTops: { int8: derived(0.2048, '2 × MACs per cycle × clock') },
        onchipKib: 13824,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M55', 400)]),
    ],
    flashKib: 5632,
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'psoc-edge-e84',
    name: 'PSoC Edge E84 EVK',
    vendor: 'Infineon',
    chip: 'PSE846',
    segment: 'mcu',
    sources: mcuDatasheets,
    processNm: 22,
    units: [
      {
        ...ethosU55,
        architecture: 'Cortex-M55 400 + Ethos-U55-128 + M33 200 + NNLite',
        clockMhz: 400,
        macsPerCycle: { int8: 128 },
        denseTops: { int8: derived(0.1024, '2 × MACs per cycle × clock') },
        onchipKib: 5120,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M55', 400)]),
    ],
    flashKib: 512,
    releaseYear: 2024,
  }),
  defineDevice({
    id: 'ra8p1',
    name: 'EK-RA8P1 (NPU)',
    vendor: 'Renesas',
    chip: 'R7KA8P1',
    segment: 'mcu',
    sources: mcuDatasheets,
    processNm: 22,
    units: [
      {
        ...ethosU55,
        architecture: 'Ethos-U55-256 @500 MHz + Cortex-M85 1 GHz + M33 250',
        clockMhz: 500,
        macsPerCycle: { int8: 256 },
        denseTops: { int8: derived(0.256, '2 × MACs per cycle × clock') },
        onchipKib: 2048,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M85', 1000)]),
    ],
    flashKib: 1024,
    releaseYear: 2025,
  }),
  defineDevice({
    id: 'himax-we2',
    name: 'Grove Vision AI V2',
    vendor: 'Himax',
    chip: 'HX6538-A (WiseEye2)',
    segment: 'mcu',
    sources: ['mcu-datasheets', 'hackaday-grove-v2'],
    processNm: 22,
    units: [
      {
        ...ethosU55,
        architecture: 'Ethos-U55-64 @400 MHz + Cortex-M55 400/150',
        clockMhz: 400,
        macsPerCycle: { int8: 64 },
        denseTops: { int8: derived(0.0512, '2 × MACs per cycle × clock') },
        onchipKib: 2432,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M55', 400)]),
    ],
    tdpW: 0.35,
    priceUsd: price(16, 2024),
    releaseYear: 2023,
  }),
  defineDevice({
    id: 'numaker-m55m1',
    name: 'NuMaker-X-M55M1D',
    vendor: 'Nuvoton',
    chip: 'M55M1',
    segment: 'mcu',
    sources: mcuDatasheets,
    processNm: 40,
    units: [
      {
        ...ethosU55,
        architecture: 'Ethos-U55-256 @220 MHz + Cortex-M55 220',
        clockMhz: 220,
        macsPerCycle: { int8: 256 },
        denseTops: { int8: derived(0.1126, '2 × MACs per cycle × clock') },
        onchipKib: 1500,
      },
      cpu(cortexM, [cluster(1, 'Cortex-M55', 220)]),
    ],
    flashKib: 2048,
    releaseYear: 2024,
  }),
]
