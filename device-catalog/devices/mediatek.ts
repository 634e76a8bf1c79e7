/** MediaTek Dimensity phones and Genio boards; Dimensity has no printed TOPS. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { disputed } from '../facts.ts'
import { androidCpu, mobileGpu, neuropilot } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const mediatekApu = {
  id: 'npu',
  kind: 'npu',
  family: 'mediatek-apu',
  runtimes: neuropilot,
} as const satisfies Partial<UnitSpec>

const maliValhall = {
  id: 'gpu',
  kind: 'gpu',
  family: 'mali-valhall',
  runtimes: mobileGpu,
} as const satisfies Partial<UnitSpec>

const maliGen5 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'mali-gen5',
  runtimes: mobileGpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'MediaTek',
  sources: ['phone-soc-tables'],
} as const satisfies Partial<DeviceSpec>

export const mediatek: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'dimensity-9000',
    name: 'MediaTek Dimensity 9000',
    chip: 'MT6983',
    segment: 'phone',
    processNm: 4,
    units: [
      { ...mediatekApu, architecture: 'APU 590', note: 'No TOPS printed.' },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-bifrost',
        architecture: 'Mali-G710 MC10',
        clockMhz: 850,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X2', 3050),
        cluster(3, 'Cortex-A710', 2850),
        cluster(4, 'Cortex-A510', 1800),
      ]),
    ],
    dram: { type: 'LPDDR5X-7500 4x16-bit', gib: 12, gbPerS: 60 },
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'dimensity-9200',
    name: 'MediaTek Dimensity 9200',
    chip: 'MT6985',
    segment: 'phone',
    processNm: 4,
    units: [
      { ...mediatekApu, architecture: 'APU 690', note: 'No TOPS printed.' },
      { ...maliValhall, architecture: 'Immortalis-G715 MC11', clockMhz: 981 },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X3', 3050),
        cluster(3, 'Cortex-A715', 2850),
        cluster(4, 'Cortex-A510', 1800),
      ]),
    ],
    dram: { type: 'LPDDR5X-8533 4x16-bit', gib: 12, gbPerS: 68.3 },
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'dimensity-9300',
    name: 'MediaTek Dimensity 9300',
    chip: 'MT6989',
    segment: 'phone',
    processNm: 4,
    units: [
      { ...mediatekApu, architecture: 'APU 790 (NPU 790)', note: 'No TOPS printed.' },
      { ...maliGen5, architecture: 'Immortalis-G720 MC12', clockMhz: 1300 },
      cpu(androidCpu, [cluster(1, 'Cortex-X4', 3250), cluster(3, 'Cortex-X4', 2850), cluster(4, 'Cortex-A720', 2000)]),
    ],
    dram: { type: 'LPDDR5T-9600 4x16-bit', gib: 16, gbPerS: 76.8 },
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'dimensity-9400',
    name: 'MediaTek Dimensity 9400',
    chip: 'MT6991',
    segment: 'phone',
    processNm: 3,
    units: [
      { ...mediatekApu, architecture: 'NPU 890', note: 'No TOPS printed.' },
      { ...maliGen5, architecture: 'Immortalis-G925 MC12', clockMhz: 1612 },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X925', 3620),
        cluster(3, 'Cortex-X4', 3300),
        cluster(4, 'Cortex-A720', 2400),
      ]),
    ],
    dram: { type: 'LPDDR5X-10667 4x16-bit', gib: 16, gbPerS: 85.3 },
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'dimensity-9500',
    name: 'MediaTek Dimensity 9500',
    chip: 'MT6993',
    segment: 'phone',
    processNm: 3,
    units: [
      { ...mediatekApu, architecture: 'NPU 990 (with compute-in-memory efficient NPU)', note: 'No TOPS printed.' },
      { ...maliGen5, architecture: 'Mali-G1 Ultra MC12' },
    ],
    dram: { type: 'LPDDR5X-10667 4x16-bit', gib: 16, gbPerS: 85.3 },
    releaseYear: 2025,
  }),
  defineDevice({
    ...base,
    id: 'genio-1200-evk',
    name: 'MediaTek Genio 1200 EVK',
    chip: 'MT8395',
    segment: 'embedded',
    processNm: 6,
    units: [
      { ...mediatekApu, architecture: 'APU 3.0 (2x VP6 + 2-core MDLA)', denseTops: { int8: 4.8 } },
      { ...maliValhall, architecture: 'Mali-G57 MC5' },
      cpu(androidCpu, [cluster(4, 'Cortex-A78', 2200), cluster(4, 'Cortex-A55', 2000)]),
    ],
    dram: { type: 'LPDDR4X-4266 64-bit', gib: 8, gbPerS: 34.1 },
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'genio-700-evk',
    name: 'MediaTek Genio 700 EVK',
    chip: 'MT8390',
    segment: 'embedded',
    processNm: 6,
    units: [
      { ...mediatekApu, architecture: 'MDLA 3.0 + VP6', denseTops: { int8: 4 } },
      { ...maliValhall, architecture: 'Mali-G57 MC3' },
      cpu(androidCpu, [cluster(2, 'Cortex-A78', 2200), cluster(6, 'Cortex-A55', 2000)]),
    ],
    dram: { type: 'LPDDR4X-3733 64-bit', gib: 8 },
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'genio-510-evk',
    name: 'MediaTek Genio 510 EVK',
    chip: 'MT8370',
    segment: 'embedded',
    processNm: 6,
    units: [
      { ...mediatekApu, architecture: 'MDLA 3.0 + VP6', denseTops: { int8: disputed(3.2, 2.8, 'some sheets') } },
      { ...maliValhall, architecture: 'Mali-G57 MC2' },
      cpu(androidCpu, [cluster(2, 'Cortex-A78', 2200), cluster(4, 'Cortex-A55', 2000)]),
    ],
    dram: { type: 'LPDDR4X-3733 64-bit', gib: 4 },
    releaseYear: 2023,
  }),
]
