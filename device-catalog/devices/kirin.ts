/** Huawei Kirin phones; the vendor prints no TOPS. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { androidCpu, daVinci, mobileGpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const daVinciUnit = {
  id: 'npu',
  kind: 'npu',
  family: 'da-vinci',
  runtimes: daVinci,
  note: 'No TOPS printed.',
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'HiSilicon',
  segment: 'phone',
  sources: ['phone-soc-tables'],
} as const satisfies Partial<DeviceSpec>

export const kirin: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'kirin-990-5g',
    name: 'Huawei Kirin 990 5G',
    chip: 'Kirin 990 5G',
    processNm: 7,
    units: [
      { ...daVinciUnit, architecture: 'Da Vinci NPU 2 big + 1 tiny' },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-bifrost',
        architecture: 'Mali-G76 MP16',
        clockMhz: 600,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [cluster(2, 'Cortex-A76', 2860), cluster(2, 'Cortex-A76', 2360), cluster(4, 'Cortex-A55', 1950)]),
    ],
    dram: { type: 'LPDDR4X 4x16-bit 2133 MHz', gib: 8, gbPerS: 34.1 },
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'kirin-9000',
    name: 'Huawei Kirin 9000',
    chip: 'Kirin 9000',
    processNm: 5,
    units: [
      { ...daVinciUnit, architecture: 'Da Vinci 2.0 NPU 2 big + 1 tiny' },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-valhall',
        architecture: 'Mali-G78 MP24',
        clockMhz: 759,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [cluster(1, 'Cortex-A77', 3130), cluster(3, 'Cortex-A77', 2540), cluster(4, 'Cortex-A55', 2040)]),
    ],
    dram: { type: 'LPDDR5 4x16-bit', gib: 8 },
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'kirin-9000s',
    name: 'Huawei Kirin 9000S',
    chip: 'Kirin 9000S',
    processNm: 7,
    units: [
      { ...daVinciUnit, architecture: 'Da Vinci NPU 1 big + 1 tiny' },
      { id: 'gpu', kind: 'gpu', family: 'maleoon', architecture: 'Maleoon 910', clockMhz: 750, runtimes: mobileGpu },
    ],
    dram: { type: 'LPDDR5 4x16-bit', gib: 12 },
    releaseYear: 2023,
  }),
]
