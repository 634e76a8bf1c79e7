/** Renesas RZ/V with DRP-AI. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived } from '../facts.ts'
import { armCpu, armHalfCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const renesasPages = ['renesas-pages'] as const

const drpAi = {
  id: 'npu',
  kind: 'npu',
  family: 'drp-ai',
  architecture: 'DRP-AI',
  structuredSparsity: false,
  runtimes: { 'drpai-tvm': ['fp16'] },
} as const satisfies Partial<UnitSpec>

const drpAi3 = {
  id: 'npu',
  kind: 'npu',
  family: 'drp-ai3',
  architecture: 'DRP-AI3',
  structuredSparsity: false,
  runtimes: { 'drpai-tvm': ['int8'] },
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Renesas',
  segment: 'embedded',
} as const satisfies Partial<DeviceSpec>

export const renesasRzV: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'rzv2l',
    name: 'Renesas RZ/V2L',
    chip: 'R9A07G054',
    sources: renesasPages,
    units: [
      { ...drpAi, clockMhz: 400, denseTops: { fp16: 0.5 } },
      cpu({ ...armHalfCpu, 'tvm-cpu': ['fp32'] }, [cluster(2, 'Cortex-A55', 1200)]),
    ],
    dram: { type: 'DDR4/DDR3L 16-bit' },
    tdpW: 4,
    releaseYear: 2021,
  }),
  defineDevice({
    ...base,
    id: 'rzv2m',
    name: 'Renesas RZ/V2M',
    chip: 'R9A09G011',
    sources: renesasPages,
    units: [
      { ...drpAi, denseTops: { fp16: 1 } },
      cpu({ ...armCpu, 'tvm-cpu': ['fp32'] }, [cluster(2, 'Cortex-A53', 1000)]),
    ],
    dram: { type: 'LPDDR4-3200 32-bit', gbPerS: 12.8 },
    tdpW: 4,
    releaseYear: 2020,
  }),
  defineDevice({
    ...base,
    id: 'rzv2h',
    name: 'Renesas RZ/V2H',
    chip: 'R9A09G057',
    sources: ['rzv2h-rdk'],
    units: [
      {
        ...drpAi3,
        clockMhz: assumed(1000, 'not published'),
        macsPerCycle: { int8: derived(4096, 'TOPS / (2 × clock)') },
        denseTops: { int8: confirmed(8) },
        note: '80 TOPS is the sparse claim.',
      },
      cpu({ ...armHalfCpu, 'tvm-cpu': ['fp32'] }, [cluster(4, 'Cortex-A55', 1800)], { sources: renesasPages }),
    ],
    dram: { type: 'LPDDR4X-3200 2x32-bit', gib: 8, gbPerS: 25.6 },
    tdpW: 10,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'rzv2n',
    name: 'Renesas RZ/V2N',
    chip: 'R9A09G056',
    sources: renesasPages,
    units: [
      { ...drpAi3, denseTops: { int8: 4 }, note: '15 TOPS is the sparse claim.' },
      cpu({ ...armHalfCpu, 'tvm-cpu': ['fp32'] }, [cluster(4, 'Cortex-A55', 1800)]),
    ],
    dram: { type: 'LPDDR4X-3200 32-bit', gbPerS: 12.8 },
    tdpW: 6,
    releaseYear: 2025,
  }),
]
