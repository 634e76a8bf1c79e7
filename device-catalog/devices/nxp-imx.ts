/** NXP i.MX application processors. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed } from '../facts.ts'
import { armCpu, armHalfCpu, ethosU, mobileGpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const nxpDatasheets = ['nxp-datasheets'] as const

const base = {
  vendor: 'NXP',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const nxpImx: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'imx8mp-evk',
    name: 'NXP i.MX 8M Plus EVK',
    chip: 'i.MX 8M Plus',
    sources: ['emb-exp-npus'],
    processNm: 14,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'vivante-vip',
        architecture: 'VeriSilicon VIP8000Nano (1152 MAC)',
        clockMhz: 1000,
        macsPerCycle: { int8: 1152 },
        denseTops: { int8: confirmed(2.3) },
        structuredSparsity: false,
        onchipKib: 256,
        runtimes: { 'tflite-npu': ['int8'], 'tim-vx': ['int8', 'fp16'] },
        note: 'Graphs are compiled at the first inference, which takes seconds.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'vivante-gc',
        architecture: 'Vivante GC7000UL',
        sources: nxpDatasheets,
        clockMhz: 1000,
        denseTops: { fp32: 0.016 },
        runtimes: { 'tflite-gpu': ['fp16', 'fp32'] },
      },
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1800)], { sources: nxpDatasheets }),
    ],
    dram: { type: 'LPDDR4-4000 32-bit', gib: 6, gbPerS: 16 },
    tdpW: 5,
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'imx93-evk',
    name: 'NXP i.MX 93 EVK (11x11)',
    chip: 'i.MX 93',
    sources: ['vela', 'emb-exp-npus'],
    processNm: 16,
    units: [
      {
        id: 'npu',
        kind: 'ethos-u',
        family: 'ethos-u65',
        architecture: 'Arm Ethos-U65-256',
        clockMhz: 1000,
        macsPerCycle: { int8: 256 },
        denseTops: { int8: confirmed(0.512) },
        structuredSparsity: false,
        onchipKib: 384,
        runtimes: ethosU,
      },
      cpu(armHalfCpu, [cluster(2, 'Cortex-A55', 1700)], { sources: ['nxp-datasheets', 'vela'] }),
    ],
    dram: { type: 'LPDDR4X-3733 16-bit', gib: 2, gbPerS: 7.5 },
    tdpW: 2.5,
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'imx95-evk',
    name: 'NXP i.MX 95 EVK',
    chip: 'i.MX 95',
    sources: ['emb-exp-npus'],
    processNm: 16,
    units: [
      {
        id: 'npu',
        kind: 'npu',
        family: 'neutron-n3',
        architecture: 'eIQ Neutron N3-1024S',
        clockMhz: 1000,
        macsPerCycle: { int8: 1024 },
        denseTops: { int8: confirmed(2) },
        structuredSparsity: false,
        runtimes: { 'tflite-neutron': ['int8'] },
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-bifrost',
        architecture: 'Mali-G310',
        sources: nxpDatasheets,
        clockMhz: 1000,
        runtimes: mobileGpu,
      },
      cpu(armHalfCpu, [cluster(6, 'Cortex-A55', 1800)], { sources: nxpDatasheets }),
    ],
    dram: { type: 'LPDDR5-6400 32-bit', gib: 8, gbPerS: 25.6 },
    tdpW: 6,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'imx8mm-evk',
    name: 'NXP i.MX 8M Mini EVK',
    chip: 'i.MX 8M Mini',
    sources: nxpDatasheets,
    processNm: 14,
    units: [cpu(armCpu, [cluster(4, 'Cortex-A53', 1800)])],
    dram: { type: 'LPDDR4-3000 32-bit', gib: 2, gbPerS: 12 },
    tdpW: 3.5,
    releaseYear: 2019,
  }),
]
