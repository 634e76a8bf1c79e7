/** Raspberry Pi microcontrollers. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { price } from '../facts.ts'
import { tflm } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'Raspberry Pi',
  segment: 'mcu',
  sources: ['mcu-datasheets'],
  processNm: 40,
} as const satisfies Partial<DeviceSpec>

export const raspberryPiPico: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'rp2040',
    name: 'Raspberry Pi Pico',
    chip: 'RP2040',
    units: [
      cpu(tflm, [cluster(1, 'Cortex-M0+', 133)], {
        architecture: '2x Cortex-M0+',
        cacheKib: 16,
        onchipKib: 264,
        note: 'One core counted, as the kernels use one; 0.13 MAC per cycle sustained.',
      }),
    ],
    flashKib: 2048,
    tdpW: 0.09,
    idleW: 0.0013,
    priceUsd: price(4, 2024),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'rp2350',
    name: 'Raspberry Pi Pico 2',
    chip: 'RP2350',
    units: [
      cpu(tflm, [cluster(2, 'Cortex-M33', 150)], {
        cacheKib: 16,
        onchipKib: 520,
        note: 'Kernels mostly use one of the two cores.',
      }),
    ],
    flashKib: 4096,
    priceUsd: price(5, 2024),
    releaseYear: 2024,
  }),
]
