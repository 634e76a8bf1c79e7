/** Texas Instruments processors with C7x DSP and matrix accelerator; peaks sum all of them. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { price } from '../facts.ts'
import { armCpu, hostCpu, tidl } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const c7x = {
  id: 'npu',
  kind: 'dsp',
  family: 'ti-c7x',
  clockMhz: 1000,
  structuredSparsity: false,
  runtimes: tidl,
} as const satisfies Partial<UnitSpec>

const c71x = {
  ...c7x,
  architecture: 'C71x DSP + MMA',
  macsPerCycle: { int8: 4096 },
  denseTops: { int8: 8 },
  onchipKib: 8704,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Texas Instruments',
  sources: ['ti-processor-pages'],
  processNm: 16,
} as const satisfies Partial<DeviceSpec>

export const tiC7x: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'tda4vm',
    name: 'TI TDA4VM (SK-TDA4VM, BeagleBone AI-64)',
    chip: 'TDA4VM (J721E)',
    silicon: 'J721E',
    segment: 'embedded',
    units: [c71x, cpu(armCpu, [cluster(2, 'Cortex-A72', 2000)])],
    dram: { type: 'LPDDR4-4266 32-bit', gib: 4, gbPerS: 17.1 },
    tdpW: 10,
    priceUsd: price(199, 2022),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'am62a',
    name: 'TI AM62A7 (SK-AM62A-LP)',
    chip: 'AM62A7',
    segment: 'embedded',
    units: [
      {
        ...c7x,
        architecture: 'C7x256V DSP + MMA',
        macsPerCycle: { int8: 1024 },
        denseTops: { int8: 2 },
        onchipKib: 1280,
      },
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1400)]),
    ],
    dram: { type: 'LPDDR4-3733 32-bit', gib: 2, gbPerS: 14.9 },
    tdpW: 3,
    priceUsd: price(199, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'am67a',
    name: 'TI AM67A / TDA4AEN J722S (BeagleY-AI)',
    chip: 'AM67A (J722S)',
    segment: 'embedded',
    units: [
      {
        ...c7x,
        architecture: '2x C7x256V DSP + MMA',
        macsPerCycle: { int8: 2048 },
        denseTops: { int8: 4 },
        onchipKib: 4096,
        cores: { total: 2, perModel: 1 },
        note: 'Two C7x; one model on one of them gets half.',
      },
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1400)]),
    ],
    dram: { type: 'LPDDR4-4000 32-bit', gib: 4, gbPerS: 16 },
    tdpW: 5,
    priceUsd: price(70, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'am68a',
    name: 'TI AM68A / TDA4AL (SK-AM68)',
    chip: 'AM68A (J721S2)',
    segment: 'embedded',
    units: [
      {
        ...c7x,
        architecture: 'C7x DSP + MMAv2',
        macsPerCycle: { int8: 4096 },
        denseTops: { int8: 8 },
        onchipKib: 4608,
      },
      cpu(armCpu, [cluster(2, 'Cortex-A72', 2000)]),
    ],
    dram: { type: 'LPDDR4-4266 2x32-bit', gib: 16, gbPerS: 34.1 },
    tdpW: 8,
    priceUsd: price(199, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'am69a',
    name: 'TI AM69A / TDA4VH (SK-AM69)',
    chip: 'AM69A (J784S4)',
    silicon: 'J784S4',
    segment: 'embedded',
    units: [
      {
        ...c7x,
        architecture: '4x C7x DSP + MMAv2',
        macsPerCycle: { int8: 16384 },
        denseTops: { int8: 32 },
        onchipKib: 10240,
        cores: { total: 4, perModel: 1 },
        note: 'Four C7x; one model on one of them gets a quarter.',
      },
      cpu(armCpu, [cluster(8, 'Cortex-A72', 2000)]),
    ],
    dram: { type: 'LPDDR4-4266 4x32-bit', gib: 32, gbPerS: 68.3 },
    tdpW: 25,
    priceUsd: price(399, 2023),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'ti-tda4vm-q1',
    name: 'TI TDA4VM-Q1',
    chip: 'TDA4VM (J721E)',
    silicon: 'J721E',
    segment: 'automotive',
    units: [c71x, cpu(hostCpu, [cluster(2, 'Cortex-A72', 2000)])],
    dram: { type: 'LPDDR4-4266 32-bit', gib: 4, gbPerS: 17.1 },
    tdpW: 10,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ti-tda4vh-q1',
    name: 'TI TDA4VH-Q1',
    chip: 'TDA4VH (J784S4)',
    silicon: 'J784S4',
    segment: 'automotive',
    units: [
      {
        ...c7x,
        architecture: '4x C7x + MMAv2',
        macsPerCycle: { int8: 16384 },
        denseTops: { int8: 32 },
        onchipKib: 10240,
        cores: { total: 4, perModel: 1 },
        note: 'Four C7x; one model on one of them gets a quarter.',
      },
      cpu(hostCpu, [cluster(8, 'Cortex-A72', 2000)]),
    ],
    dram: { type: 'LPDDR4-4266 4x32-bit', gib: 32, gbPerS: 68.3 },
    tdpW: 25,
    releaseYear: 2022,
  }),
]
