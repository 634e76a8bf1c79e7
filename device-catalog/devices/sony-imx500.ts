/** Sony IMX500: a network inside the image sensor. */
import { defineDevice } from '../define.ts'
import { price } from '../facts.ts'
import type { DeviceEntry } from '../schema.ts'

export const sonyImx500: readonly DeviceEntry[] = [
  defineDevice({
    id: 'sony-imx500',
    name: 'Sony IMX500 (Raspberry Pi AI Camera)',
    vendor: 'Sony',
    chip: 'IMX500',
    segment: 'embedded',
    sources: ['imx500-isscc-2021'],
    processNm: 22,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'imx500',
        architecture: 'in-sensor CNN DSP 2304 MAC',
        clockMhz: 262.5,
        macsPerCycle: { int8: 2304 },
        denseTops: { int8: 1.21 },
        structuredSparsity: false,
        onchipKib: 8192,
        runtimes: { imx500: ['int8'] },
      },
    ],
    link: { kind: 'MIPI CSI-2' },
    tdpW: 0.3,
    priceUsd: price(70, 2024),
    releaseYear: 2020,
  }),
]
