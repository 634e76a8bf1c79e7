/** Espressif ESP32. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, price } from '../facts.ts'
import { espressif } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'Espressif',
  segment: 'mcu',
} as const satisfies Partial<DeviceSpec>

export const espressifBoards: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'esp32',
    name: 'ESP32-WROOM-32',
    chip: 'ESP32',
    sources: ['mcu-datasheets'],
    processNm: 40,
    units: [cpu(espressif, [cluster(2, 'Xtensa LX6', 240)], { onchipKib: 520 })],
    flashKib: 4096,
    tdpW: 0.16,
    idleW: 3e-5,
    priceUsd: price(3, 2024),
    releaseYear: 2016,
  }),
  defineDevice({
    ...base,
    id: 'esp32-s3',
    name: 'ESP32-S3-DevKitC / XIAO ESP32S3',
    chip: 'ESP32-S3',
    sources: ['mcu-datasheets'],
    processNm: 40,
    units: [
      cpu(espressif, [cluster(2, 'Xtensa LX7', 240)], {
        architecture: '2x Xtensa LX7 + PIE 128-bit SIMD',
        onchipKib: 512,
        note: 'Kernels mostly use one of the two cores.',
      }),
    ],
    dram: { type: 'OctalSPI PSRAM', gib: 0.0078, gbPerS: 0.16 },
    flashKib: 8192,
    tdpW: 0.33,
    idleW: 2.5e-5,
    priceUsd: price(4, 2024),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'esp32-p4',
    name: 'ESP32-P4-Function-EV',
    chip: 'ESP32-P4',
    sources: ['zephyr-esp32p4', 'espressif-docs'],
    processNm: confirmed(40),
    units: [
      cpu(espressif, [cluster(2, 'ESP32-P4 core', confirmed(400))], {
        architecture: '2x RISC-V HP (AI/DSP SIMD ext) + LP core',
        onchipKib: confirmed(768),
        note: 'The SIMD rate is taken from the ESP32-S3.',
      }),
    ],
    dram: { type: 'HexSPI PSRAM', gib: confirmed(0.03125), gbPerS: 0.8 },
    flashKib: 16384,
    priceUsd: price(6, 2025),
    releaseYear: 2024,
  }),
]
