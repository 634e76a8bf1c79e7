/** One vCPU of AWS instances: half a core on Intel and Milan, a whole one on Graviton and Genoa. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, derived, hourly } from '../facts.ts'
import { armHalfLinuxCpu, x86Cpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'AWS',
  chip: 'not stated',
  segment: 'cloud',
  sources: ['ccf-coefficients', 'aws-price-list'],
} as const satisfies Partial<DeviceSpec>

export const cloudVcpus: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'vcpu-c5-clx',
    name: 'AWS c5 vCPU (Skylake/Cascade Lake)',
    units: [cpu(x86Cpu, [cluster(1, 'Cascade Lake thread', 3000)], { architecture: 'half AVX-512 VNNI core (SMT)' })],
    dram: { type: 'DDR', gib: 2, gbPerS: 2.9 },
    tdpW: confirmed(derived(4.063, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(0.69, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.0425, 'c5.large $0.085/2'),
    releaseYear: 2017,
  }),
  defineDevice({
    ...base,
    id: 'vcpu-c7i-spr',
    name: 'AWS c7i vCPU (Sapphire Rapids AMX)',
    units: [cpu(x86Cpu, [cluster(1, 'Sapphire Rapids thread', 2600)], { architecture: 'half AMX core (SMT)' })],
    dram: { type: 'DDR', gib: 2, gbPerS: 3.2 },
    tdpW: confirmed(derived(4.16, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(1.036, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.04463, 'c7i.large $0.08925/2'),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'vcpu-c6a-milan',
    name: 'AWS c6a vCPU (EPYC Milan)',
    units: [cpu(x86Cpu, [cluster(1, 'Zen 3 thread', 3400)], { architecture: 'half Zen3 core (SMT)' })],
    dram: { type: 'DDR', gib: 2, gbPerS: 1.6 },
    tdpW: confirmed(derived(1.957, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(0.456, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.03825, 'c6a.large $0.0765/2'),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'vcpu-c7a-genoa',
    name: 'AWS c7a vCPU (EPYC Genoa, full core)',
    units: [cpu(x86Cpu, [cluster(1, 'Zen 4', 3500)], { architecture: 'full Zen4 core (no SMT)' })],
    dram: { type: 'DDR', gib: 2, gbPerS: 4.8 },
    tdpW: confirmed(derived(2.282, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(0.739, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.05132, 'c7a.medium'),
    releaseYear: 2023,
    note: 'Power assumes one of two threads per core; this vCPU is a whole core: double it.',
  }),
  defineDevice({
    ...base,
    id: 'vcpu-c6g-graviton2',
    name: 'AWS c6g vCPU (Graviton2 core)',
    units: [cpu(armHalfLinuxCpu, [cluster(1, 'Neoverse N1', 2500)])],
    dram: { type: 'DDR', gib: 2, gbPerS: 3.2 },
    tdpW: confirmed(derived(1.693, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(0.474, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.034, 'c6g.large $0.068/2'),
    releaseYear: 2020,
    note: 'Power coefficients of all Gravitons are copies of an EPYC.',
  }),
  defineDevice({
    ...base,
    id: 'vcpu-c7g-graviton3',
    name: 'AWS c7g vCPU (Graviton3 core)',
    units: [cpu(armHalfLinuxCpu, [cluster(1, 'Neoverse V1', 2600)])],
    dram: { type: 'DDR', gib: 2, gbPerS: 4.8 },
    tdpW: confirmed(derived(1.693, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(0.474, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.03625, 'c7g.large $0.0725/2'),
    releaseYear: 2022,
    note: 'Power coefficients of all Gravitons are copies of an EPYC.',
  }),
  defineDevice({
    ...base,
    id: 'vcpu-c8g-graviton4',
    name: 'AWS c8g vCPU (Graviton4 core)',
    units: [cpu(armHalfLinuxCpu, [cluster(1, 'Neoverse V2', 2800)])],
    dram: { type: 'DDR', gib: 2, gbPerS: 5.6 },
    tdpW: confirmed(derived(1.693, 'SPECpower at full load per vCPU')),
    idleW: confirmed(derived(0.474, 'SPECpower at idle per vCPU')),
    pricePerHourUsd: hourly(0.03988, 'c8g.large $0.07976/2'),
    releaseYear: 2024,
    note: 'Power coefficients of all Gravitons are copies of an EPYC.',
  }),
]
