/** Raspberry Pi computers; power is that of the whole board. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, measured, price } from '../facts.ts'
import { armLinuxCpu, boardCpu, boardHalfCpu, ncnnOnGpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const boardSources = ['raspberry-pi-datasheets', 'raspberry-pi-power'] as const
const measuredSources = ['raspberry-pi-datasheets', 'pidramble-power'] as const

const base = {
  vendor: 'Raspberry Pi',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const raspberryPi: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'raspberry-pi-3b-plus',
    name: 'Raspberry Pi 3 Model B+',
    chip: 'BCM2837B0',
    sources: boardSources,
    processNm: 40,
    units: [
      cpu(boardCpu, [cluster(4, 'Cortex-A53', confirmed(1400))], {
        sources: measuredSources,
        cacheKib: 512,
      }),
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'videocore-4',
        architecture: 'VideoCore IV',
        clockMhz: 400,
        denseTops: { fp32: 0.0384 },
        runtimes: ncnnOnGpu,
        note: 'Usually slower than the CPU.',
      },
    ],
    dram: { type: 'LPDDR2-900 32-bit', gib: 1, gbPerS: 3.6 },
    tdpW: confirmed(measured(5.1, 'whole board, all cores loaded', 'pidramble-power')),
    idleW: confirmed(measured(1.9, 'whole board', 'pidramble-power')),
    priceUsd: price(35, 2018),
    releaseYear: 2018,
    note: 'Memory reads sustain 40 to 70 % of the peak.',
  }),
  defineDevice({
    ...base,
    id: 'raspberry-pi-4b',
    name: 'Raspberry Pi 4 Model B',
    chip: 'BCM2711',
    sources: boardSources,
    processNm: 28,
    units: [
      cpu(boardCpu, [cluster(4, 'Cortex-A72', 1800)], {
        sources: measuredSources,
        cacheKib: 1024,
      }),
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'videocore-6',
        architecture: 'VideoCore VI',
        clockMhz: 500,
        denseTops: { fp32: 0.032 },
        runtimes: ncnnOnGpu,
        note: 'Usually slower than the CPU.',
      },
    ],
    dram: { type: 'LPDDR4-3200 32-bit', gib: 4, gbPerS: 12.8 },
    tdpW: confirmed(measured(6.4, 'whole board, all cores loaded', 'pidramble-power')),
    idleW: confirmed(measured(2.7, 'whole board', 'pidramble-power')),
    priceUsd: price(55, 2019),
    releaseYear: 2019,
    note: 'Memory reads sustain 40 to 70 % of the peak.',
  }),
  defineDevice({
    ...base,
    id: 'raspberry-pi-5',
    name: 'Raspberry Pi 5',
    chip: 'BCM2712',
    sources: boardSources,
    processNm: 16,
    units: [
      cpu(boardHalfCpu, [cluster(4, 'Cortex-A76', 2400)], { cacheKib: 4096 }),
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'videocore-7',
        architecture: 'VideoCore VII',
        clockMhz: 800,
        denseTops: { fp32: 0.0768 },
        runtimes: ncnnOnGpu,
        note: 'Usually slower than the CPU.',
      },
    ],
    dram: { type: 'LPDDR4X-4267 32-bit', gib: 8, gbPerS: 17.1 },
    tdpW: measured(10, 'whole board, all cores loaded', 'raspberry-pi-power'),
    idleW: measured(2.7, 'whole board', 'raspberry-pi-power'),
    priceUsd: price(80, 2023),
    releaseYear: 2023,
    note: 'Memory reads sustain 40 to 70 % of the peak.',
  }),
  defineDevice({
    ...base,
    id: 'raspberry-pi-zero-2w',
    name: 'Raspberry Pi Zero 2 W',
    chip: 'RP3A0 (BCM2710A1)',
    sources: ['raspberry-pi-datasheets', 'cnx-otii-zero2w'],
    processNm: 40,
    units: [cpu(armLinuxCpu, [cluster(4, 'Cortex-A53', 1000)], { cacheKib: 512 })],
    dram: { type: 'LPDDR2-900 32-bit', gib: 0.5, gbPerS: 3.6 },
    tdpW: measured(2.9, 'whole board, all cores loaded', 'raspberry-pi-power'),
    idleW: confirmed(measured(0.6, 'whole board', 'cnx-otii-zero2w')),
    priceUsd: price(15, 2021),
    releaseYear: 2021,
    note: 'Memory reads sustain 40 to 70 % of the peak.',
  }),
]
