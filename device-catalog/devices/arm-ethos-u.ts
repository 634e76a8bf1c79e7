/** Arm Ethos-U as IP, at a reference clock; boards are in `ethos-u-boards.ts`. */
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived } from '../facts.ts'
import { ethosU } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const vela = ['vela'] as const
const u65Sources = ['vela', 'arm-nxp-ethos-u65'] as const
const u85Sources = ['xpu-pub-ethos-u85', 'arm-ethos-u85-mirror'] as const

const ethosU55 = {
  id: 'npu',
  kind: 'ethos-u',
  family: 'ethos-u55',
  architecture: 'Ethos-U systolic MAC engine + weight decoder',
  clockMhz: assumed(500, 'reference clock; that of a product differs'),
  structuredSparsity: false,
  runtimes: ethosU,
} as const satisfies Partial<UnitSpec>

const ethosU65 = {
  id: 'npu',
  kind: 'ethos-u',
  family: 'ethos-u65',
  architecture: 'Ethos-U systolic MAC engine + weight decoder',
  clockMhz: assumed(1000, 'reference clock; that of a product differs'),
  structuredSparsity: false,
  runtimes: ethosU,
} as const satisfies Partial<UnitSpec>

const ethosU85 = {
  id: 'npu',
  kind: 'ethos-u',
  family: 'ethos-u85',
  architecture: 'Ethos-U85 (Helium-class host or Cortex-A)',
  clockMhz: assumed(1000, 'reference clock; that of a product differs'),
  structuredSparsity: true,
  runtimes: ethosU,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Arm',
  chip: 'Ethos-U IP',
  segment: 'mcu',
  lifecycle: 'reference-ip',
} as const satisfies Partial<DeviceSpec>

export const armEthosU: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'ethos-u55-32',
    name: 'Arm Ethos-U55-32 (IP, reference clock)',
    sources: vela,
    units: [
      {
        ...ethosU55,
        macsPerCycle: { int8: confirmed(32) },
        denseTops: { int8: derived(0.032, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(16),
      },
    ],
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u55-64',
    name: 'Arm Ethos-U55-64 (IP, reference clock)',
    sources: vela,
    units: [
      {
        ...ethosU55,
        macsPerCycle: { int8: confirmed(64) },
        denseTops: { int8: derived(0.064, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(16),
      },
    ],
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u55-128',
    name: 'Arm Ethos-U55-128 (IP, reference clock)',
    sources: vela,
    units: [
      {
        ...ethosU55,
        macsPerCycle: { int8: confirmed(128) },
        denseTops: { int8: derived(0.128, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(24),
      },
    ],
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u55-256',
    name: 'Arm Ethos-U55-256 (IP, reference clock)',
    sources: vela,
    units: [
      {
        ...ethosU55,
        macsPerCycle: { int8: confirmed(256) },
        denseTops: { int8: derived(0.256, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(48),
      },
    ],
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u65-256',
    name: 'Arm Ethos-U65-256 (IP)',
    sources: u65Sources,
    units: [
      {
        ...ethosU65,
        macsPerCycle: { int8: confirmed(256) },
        denseTops: { int8: derived(0.512, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(48),
      },
    ],
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u65-512',
    name: 'Arm Ethos-U65-512 (IP)',
    sources: u65Sources,
    units: [
      {
        ...ethosU65,
        macsPerCycle: { int8: confirmed(512) },
        denseTops: { int8: derived(1.024, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(96),
      },
    ],
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u85-128',
    name: 'Arm Ethos-U85-128 (IP)',
    sources: u85Sources,
    units: [
      {
        ...ethosU85,
        macsPerCycle: { int8: confirmed(128) },
        denseTops: { int8: derived(0.256, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(29),
      },
    ],
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'ethos-u85-256',
    name: 'Arm Ethos-U85-256 (IP)',
    sources: u85Sources,
    units: [
      {
        ...ethosU85,
        macsPerCycle: { int8: confirmed(256) },
        denseTops: { int8: derived(0.512, '2 × MACs per cycle × clock') },
      },
    ],
    releaseYear: 2024,
    note: 'Sizes between 128 and 2048 MACs have no published memory.',
  }),
  defineDevice({
    ...base,
    id: 'ethos-u85-512',
    name: 'Arm Ethos-U85-512 (IP)',
    sources: u85Sources,
    units: [
      {
        ...ethosU85,
        macsPerCycle: { int8: confirmed(512) },
        denseTops: { int8: derived(1.024, '2 × MACs per cycle × clock') },
      },
    ],
    releaseYear: 2024,
    note: 'Sizes between 128 and 2048 MACs have no published memory.',
  }),
  defineDevice({
    ...base,
    id: 'ethos-u85-1024',
    name: 'Arm Ethos-U85-1024 (IP)',
    sources: u85Sources,
    units: [
      {
        ...ethosU85,
        macsPerCycle: { int8: confirmed(1024) },
        denseTops: { int8: derived(2.048, '2 × MACs per cycle × clock') },
      },
    ],
    releaseYear: 2024,
    note: 'Sizes between 128 and 2048 MACs have no published memory.',
  }),
  defineDevice({
    ...base,
    id: 'ethos-u85-2048',
    name: 'Arm Ethos-U85-2048 (IP)',
    sources: u85Sources,
    units: [
      {
        ...ethosU85,
        macsPerCycle: { int8: confirmed(2048) },
        denseTops: { int8: derived(4.096, '2 × MACs per cycle × clock') },
        onchipKib: confirmed(267),
      },
    ],
    releaseYear: 2024,
  }),
]
