/** Coral boards: int8 only, 8 MiB on chip, everything beyond it comes over the link at every inference. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, derived, disputed, price } from '../facts.ts'
import { armCpu, edgeTpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const coralTechnology = ['coral-technology'] as const

const edgeTpuUnit = {
  id: 'tpu',
  kind: 'edge-tpu',
  family: 'edge-tpu',
  architecture: 'Edge TPU 64x64 systolic',
  clockMhz: assumed(480, 'academic figure, not printed by the vendor'),
  macsPerCycle: { int8: assumed(4096, '64 × 64 array, academic figure') },
  denseTops: { int8: disputed(derived(3.93, '2 × 4096 × 480 MHz'), 4, 'vendor figure') },
  structuredSparsity: false,
  onchipKib: 8192,
  runtimes: edgeTpu,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Google Coral',
  chip: 'Edge TPU',
  silicon: 'Edge TPU',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const coralEdgeTpu: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'coral-usb-accelerator',
    name: 'Coral USB Accelerator',
    sources: ['coral-technology', 'coral-usb-datasheet'],
    units: [edgeTpuUnit],
    link: { kind: 'USB 3.0 SuperSpeed', gbPerS: 0.5 },
    tdpW: 4.5,
    priceUsd: price(59.99, 2020),
    releaseYear: 2019,
    note: 'The standard runtime halves the clock. On USB 2.0 the link gives about 0.04 GB/s, on USB 3 0.3 to 0.4.',
  }),
  defineDevice({
    ...base,
    id: 'coral-m2-accelerator',
    name: 'Coral M.2 Accelerator A+E / B+M',
    sources: coralTechnology,
    units: [edgeTpuUnit],
    link: { kind: 'PCIe Gen2 x1', gbPerS: 0.5 },
    tdpW: 2,
    priceUsd: price(24.99, 2020),
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'coral-m2-dual',
    name: 'Coral M.2 Accelerator with Dual Edge TPU',
    sources: coralTechnology,
    units: [edgeTpuUnit],
    link: { kind: '2x PCIe Gen2 x1', gbPerS: 0.5 },
    tdpW: 4,
    priceUsd: price(39.99, 2021),
    releaseYear: 2021,
    note: 'Figures are per Edge TPU; the module has two, each on its own lane.',
  }),
  defineDevice({
    ...base,
    id: 'coral-dev-board',
    name: 'Coral Dev Board',
    sources: coralTechnology,
    units: [
      edgeTpuUnit,
      cpu(armCpu, [cluster(4, 'Cortex-A53', 1500)], { sources: ['coral-datasheets'], cacheKib: 1024 }),
    ],
    dram: { type: 'LPDDR4 32-bit 1600 MHz', gib: 1, gbPerS: 12.8 },
    link: { kind: 'PCIe Gen2 x1 (on SoM)', gbPerS: 0.5 },
    tdpW: 5,
    priceUsd: price(129.99, 2020),
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'coral-dev-board-mini',
    name: 'Coral Dev Board Mini',
    sources: coralTechnology,
    units: [edgeTpuUnit, cpu(armCpu, [cluster(4, 'Cortex-A35', 1500)], { sources: ['coral-datasheets'] })],
    dram: { type: 'LPDDR3', gib: 2 },
    link: { kind: 'USB 2.0', gbPerS: 0.06 },
    tdpW: 3,
    priceUsd: price(99.99, 2021),
    releaseYear: 2021,
    note: 'The Edge TPU hangs on USB 2.0: models beyond 8 MiB crawl.',
  }),
]
