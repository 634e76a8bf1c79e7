/** Nordic radio microcontrollers. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, price } from '../facts.ts'
import { cortexM, tflm } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'Nordic',
  segment: 'mcu',
} as const satisfies Partial<DeviceSpec>

export const nordic: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'nrf52840',
    name: 'Nordic nRF52840 / Arduino Nano 33 BLE Sense',
    chip: 'nRF52840',
    sources: ['mcu-datasheets', 'nordic-power-blog'],
    processNm: 55,
    units: [cpu(cortexM, [cluster(1, 'Cortex-M4', 64)], { onchipKib: 256 })],
    flashKib: 1024,
    tdpW: confirmed(0.0099),
    idleW: 4.5e-6,
    priceUsd: price(40, 2024),
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'nrf5340-app',
    name: 'nRF5340-DK (app core)',
    chip: 'nRF5340',
    sources: ['mcu-datasheets', 'mlperf-tiny-1.1'],
    processNm: 40,
    units: [
      cpu(cortexM, [cluster(1, 'Cortex-M33', 128)], {
        architecture: 'Cortex-M33 (app) + M33 (net)',
        cacheKib: 8,
        onchipKib: 512,
      }),
    ],
    flashKib: 1024,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'nrf54l15',
    name: 'nRF54L15-DK',
    chip: 'nRF54L15',
    sources: ['nordic-power-blog'],
    processNm: 22,
    units: [
      cpu(cortexM, [cluster(1, 'Cortex-M33', 128)], { architecture: 'Cortex-M33 + RISC-V coproc', onchipKib: 256 }),
    ],
    flashKib: 1524,
    tdpW: confirmed(0.0078),
    idleW: confirmed(8.7e-6),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'nrf54h20',
    name: 'nRF54H20-DK',
    chip: 'nRF54H20',
    sources: ['mcu-datasheets'],
    processNm: 22,
    units: [
      cpu(tflm, [cluster(1, 'Cortex-M33', 320)], { architecture: 'Cortex-M33 (app 320 MHz)+ RISC-V', onchipKib: 1024 }),
    ],
    flashKib: 2048,
    releaseYear: 2024,
  }),
]
