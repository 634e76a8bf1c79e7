/** Pixel phones with Google Tensor; the vendor prints no TOPS. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { price } from '../facts.ts'
import { androidCpu, mobileGpu, tensorTpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const googleTensorTpu = {
  id: 'tpu',
  kind: 'npu',
  family: 'google-tensor-tpu',
  runtimes: tensorTpu,
  note: 'No TOPS printed.',
} as const satisfies Partial<UnitSpec>

const tpuGen3 = {
  ...googleTensorTpu,
  architecture: 'Google edge TPU gen3 (rio)',
} as const satisfies Partial<UnitSpec>

const maliBifrost = {
  id: 'gpu',
  kind: 'gpu',
  family: 'mali-bifrost',
  runtimes: mobileGpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Google',
  segment: 'phone',
  sources: ['phone-soc-tables'],
} as const satisfies Partial<DeviceSpec>

export const googleTensor: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'pixel-6',
    name: 'Google Pixel 6 (Tensor G1)',
    chip: 'Tensor G1 (GS101)',
    processNm: 5,
    units: [
      { ...googleTensorTpu, architecture: 'Google edge TPU gen1 (abrolhos)' },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-valhall',
        architecture: 'Mali-G78 MP20',
        clockMhz: 848,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [cluster(2, 'Cortex-X1', 2802), cluster(2, 'Cortex-A76', 2250), cluster(4, 'Cortex-A55', 1800)]),
    ],
    dram: { type: 'LPDDR5 4x16-bit 2750-3200 MHz', gib: 8, gbPerS: 51.2 },
    priceUsd: price(599, 2021),
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'pixel-7',
    name: 'Google Pixel 7 (Tensor G2)',
    chip: 'Tensor G2 (GS201)',
    processNm: 5,
    units: [
      { ...googleTensorTpu, architecture: 'Google edge TPU gen2 (janeiro)' },
      { ...maliBifrost, architecture: 'Mali-G710 MP7', clockMhz: 848 },
      cpu(androidCpu, [cluster(2, 'Cortex-X1', 2850), cluster(2, 'Cortex-A78', 2350), cluster(4, 'Cortex-A55', 1800)]),
    ],
    dram: { type: 'LPDDR5 4x16-bit 3200 MHz', gib: 8, gbPerS: 51.2 },
    priceUsd: price(599, 2022),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'pixel-8',
    name: 'Google Pixel 8 (Tensor G3)',
    chip: 'Tensor G3 (zuma)',
    processNm: 4,
    units: [
      tpuGen3,
      { ...maliBifrost, architecture: 'Mali-G715 MC7', clockMhz: 890 },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X3', 2910),
        cluster(4, 'Cortex-A715', 2370),
        cluster(4, 'Cortex-A510', 1700),
      ]),
    ],
    dram: { type: 'LPDDR5X 4x16-bit', gib: 8 },
    priceUsd: price(699, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'pixel-9',
    name: 'Google Pixel 9 (Tensor G4)',
    chip: 'Tensor G4 (zumapro)',
    processNm: 4,
    units: [
      tpuGen3,
      { ...maliBifrost, architecture: 'Mali-G715 MC7', clockMhz: 940 },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X4', 3105),
        cluster(3, 'Cortex-A720', 2600),
        cluster(4, 'Cortex-A520', 1920),
      ]),
    ],
    dram: { type: 'LPDDR5X 4x16-bit', gib: 12 },
    priceUsd: price(799, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'pixel-10',
    name: 'Google Pixel 10 (Tensor G5)',
    chip: 'Tensor G5',
    processNm: 3,
    units: [
      { ...googleTensorTpu, architecture: 'Google edge TPU gen4' },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'powervr-dxt',
        architecture: 'Imagination DXT-48-1536',
        clockMhz: 1100,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X4', 3780),
        cluster(5, 'Cortex-A725', 3050),
        cluster(2, 'Cortex-A520', 2250),
      ]),
    ],
    dram: { type: 'LPDDR5X 4x16-bit', gib: 12 },
    priceUsd: price(799, 2025),
    releaseYear: 2025,
  }),
]
