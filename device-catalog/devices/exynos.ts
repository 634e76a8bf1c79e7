/** Samsung Exynos phones. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, fact } from '../facts.ts'
import { androidCpu, mobileGpu, samsungNpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const phoneSocTables = ['phone-soc-tables'] as const

const samsungNpuUnit = {
  id: 'npu',
  kind: 'npu',
  family: 'samsung-npu',
  runtimes: samsungNpu,
} as const satisfies Partial<UnitSpec>

const rdna3 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'rdna3',
  sources: phoneSocTables,
  runtimes: mobileGpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Samsung',
  segment: 'phone',
} as const satisfies Partial<DeviceSpec>

export const exynos: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'exynos-2100',
    name: 'Samsung Exynos 2100 (Galaxy S21 intl.)',
    chip: 'S5E9840',
    sources: phoneSocTables,
    processNm: 5,
    units: [
      { ...samsungNpuUnit, architecture: 'Samsung tri-core NPU + DSP', denseTops: { int8: 26 } },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'mali-valhall',
        architecture: 'Mali-G78 MP14',
        clockMhz: 854,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [cluster(1, 'Cortex-X1', 2910), cluster(3, 'Cortex-A78', 2810), cluster(4, 'Cortex-A55', 2210)]),
    ],
    dram: { type: 'LPDDR5 4x16-bit 3200 MHz', gib: 8, gbPerS: 51.2 },
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'exynos-2200',
    name: 'Samsung Exynos 2200 (Galaxy S22 intl.)',
    chip: 'S5E9925',
    sources: phoneSocTables,
    processNm: 4,
    units: [
      { ...samsungNpuUnit, architecture: 'Samsung dual-core NPU + DSP', note: 'No TOPS printed.' },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'rdna2',
        architecture: 'Xclipse 920 (RDNA2)',
        clockMhz: 1300,
        runtimes: mobileGpu,
      },
      cpu(androidCpu, [
        cluster(1, 'Cortex-X2', 2800),
        cluster(3, 'Cortex-A710', 2520),
        cluster(4, 'Cortex-A510', 1820),
      ]),
    ],
    dram: { type: 'LPDDR5 4x16-bit 3200 MHz', gib: 8, gbPerS: 51.2 },
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'exynos-2400',
    name: 'Samsung Exynos 2400 (Galaxy S24 intl.)',
    chip: 'S5E9945',
    sources: ['exynos-2400-press'],
    processNm: 4,
    units: [
      {
        ...samsungNpuUnit,
        architecture: 'Samsung NPU (2 GNPU + 2 SNPU) + DSP',
        macsPerCycle: { int8: confirmed(17408) },
        denseTops: { int8: derived(42.4, '59 TOPS of the Exynos 2500 / 1.39') },
        onchipKib: confirmed(6144),
      },
      { ...rdna3, architecture: 'Xclipse 940 (RDNA3)', clockMhz: 1095 },
      cpu(
        androidCpu,
        [
          cluster(1, 'Cortex-X4', 3200),
          cluster(2, 'Cortex-A720', 2900),
          cluster(3, 'Cortex-A720', 2600),
          cluster(4, 'Cortex-A520', 1950),
        ],
        { sources: phoneSocTables },
      ),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 4266 MHz', gib: 8, gbPerS: 68.3 },
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'exynos-2500',
    name: 'Samsung Exynos 2500 (Galaxy Z Flip7)',
    chip: 'S5E9955',
    sources: ['exynos-2500-press'],
    processNm: 3,
    units: [
      {
        ...samsungNpuUnit,
        architecture: 'Samsung 24K-MAC NPU (2 GNPU + 2 SNPU) + DSP',
        macsPerCycle: { int8: confirmed(fact(24576, { note: 'printed as 24K' })) },
        denseTops: { int8: confirmed(59) },
      },
      { ...rdna3, architecture: 'Xclipse 950' },
      cpu(
        androidCpu,
        [
          cluster(1, 'Cortex-X925', 3300),
          cluster(2, 'Cortex-A725', 2740),
          cluster(5, 'Cortex-A725', 2360),
          cluster(2, 'Cortex-A520', 1800),
        ],
        { sources: phoneSocTables },
      ),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 4800 MHz', gib: 12, gbPerS: 76.8 },
    releaseYear: 2025,
  }),
]
