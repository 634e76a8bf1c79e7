/** Ambiq low-power microcontrollers; power is a marketing figure of the core. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { price } from '../facts.ts'
import { tflm } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'Ambiq',
  segment: 'mcu',
  sources: ['mcu-datasheets'],
} as const satisfies Partial<DeviceSpec>

export const ambiq: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'apollo3-blue',
    name: 'SparkFun Edge / RedBoard Artemis',
    chip: 'AMA3B1KK',
    processNm: 40,
    units: [cpu(tflm, [cluster(1, 'Cortex-M4', 96)], { onchipKib: 384 })],
    flashKib: 1024,
    tdpW: 0.0019,
    idleW: 3.3e-6,
    priceUsd: price(17, 2024),
    releaseYear: 2018,
  }),
  defineDevice({
    ...base,
    id: 'apollo4-plus',
    name: 'Apollo4 Plus EVB',
    chip: 'AMAP42KP',
    processNm: 22,
    units: [cpu(tflm, [cluster(1, 'Cortex-M4', 192)], { onchipKib: 2816 })],
    flashKib: 2048,
    tdpW: 0.0025,
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'apollo510',
    name: 'Apollo510 EVB',
    chip: 'AP510NFA',
    processNm: 22,
    units: [cpu(tflm, [cluster(1, 'Cortex-M55', 250)], { cacheKib: 128, onchipKib: 3840 })],
    flashKib: 4096,
    releaseYear: 2024,
  }),
]
