/** Groq, Cerebras and Graphcore: all weights in SRAM. */
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived, price } from '../facts.ts'
import type { DeviceEntry } from '../schema.ts'
import type { UnitSpec } from '../spec.ts'

const cerebrasWse = {
  id: 'npu',
  kind: 'dataflow',
  family: 'cerebras-wse',
  clockMhz: assumed(1100, 'not published'),
  structuredSparsity: false,
  runtimes: { cerebras: ['fp16'] },
} as const satisfies Partial<UnitSpec>

const graphcoreIpu = {
  id: 'npu',
  kind: 'dataflow',
  family: 'graphcore-ipu',
  structuredSparsity: false,
  onchipKib: 921600,
  runtimes: { poplar: ['fp16', 'fp32'] },
} as const satisfies Partial<UnitSpec>

export const dataflowServers: readonly DeviceEntry[] = [
  defineDevice({
    id: 'groq-lpu-v1',
    name: 'GroqCard (LPU / TSP v1)',
    vendor: 'Groq',
    chip: 'TSP',
    segment: 'cloud',
    sources: ['techpowerup-groq'],
    processNm: 14,
    units: [
      {
        id: 'npu',
        kind: 'dataflow',
        family: 'groq-tsp',
        architecture: 'TSP VLIW streaming: 4x MXM 320x320 + 5120 vector ALU',
        clockMhz: 900,
        macsPerCycle: { int8: 409600 },
        denseTops: { int8: confirmed(750), fp16: confirmed(188) },
        structuredSparsity: false,
        onchipKib: 235520,
        runtimes: { groqware: ['int8', 'fp16'] },
      },
    ],
    link: { kind: 'PCIe4 x16', gbPerS: 32 },
    tdpW: 275,
    priceUsd: price(20000, 2023),
    releaseYear: 2020,
  }),
  defineDevice({
    id: 'cerebras-wse2',
    name: 'Cerebras CS-2 (WSE-2)',
    vendor: 'Cerebras',
    chip: 'WSE-2',
    segment: 'cloud',
    sources: ['nextplatform-wse3', 'awesomeagents-accelerators', 'aiwiki-cerebras'],
    processNm: 7,
    units: [
      {
        ...cerebrasWse,
        architecture: '850k dataflow cores',
        denseTops: { fp16: derived(7480, '2 × 850k cores × 4 × 1.1 GHz') },
        onchipKib: 41943040,
      },
    ],
    tdpW: 23000,
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'cerebras-wse3',
    name: 'Cerebras CS-3 (WSE-3)',
    vendor: 'Cerebras',
    chip: 'WSE-3',
    segment: 'cloud',
    sources: ['nextplatform-wse3', 'awesomeagents-accelerators'],
    processNm: 5,
    units: [
      {
        ...cerebrasWse,
        architecture: '900k dataflow cores',
        denseTops: { fp16: derived(15840, '2 × 900k cores × 8 × 1.1 GHz') },
        onchipKib: 46137344,
        note: '125 PFLOPS in headlines is with sparsity.',
      },
    ],
    tdpW: 23000,
    priceUsd: price(2500000, 2025),
    releaseYear: 2024,
  }),
  defineDevice({
    id: 'graphcore-gc200',
    name: 'Graphcore GC200 IPU',
    vendor: 'Graphcore',
    chip: 'Colossus Mk2',
    segment: 'cloud',
    sources: ['vendor-datasheets'],
    processNm: 7,
    units: [
      {
        ...graphcoreIpu,
        architecture: '1472 tiles x 6 threads',
        clockMhz: 1330,
        denseTops: { fp16: 250, fp32: 62.5 },
      },
    ],
    tdpW: 150,
    releaseYear: 2020,
  }),
  defineDevice({
    id: 'graphcore-bow',
    name: 'Graphcore Bow IPU',
    vendor: 'Graphcore',
    chip: 'Bow (WoW)',
    segment: 'cloud',
    sources: ['vendor-datasheets'],
    processNm: 7,
    units: [{ ...graphcoreIpu, architecture: '1472 tiles', clockMhz: 1850, denseTops: { fp16: 350, fp32: 87 } }],
    tdpW: assumed(300, 'chip share of the system power'),
    releaseYear: 2022,
  }),
]
