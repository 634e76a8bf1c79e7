/** Snapdragon X laptops. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived } from '../facts.ts'
import { adreno, hexagon, snapdragonCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const socTables = ['soc-tables'] as const

const hexagonV73 = {
  id: 'npu',
  kind: 'hexagon-htp',
  family: 'hexagon-v73',
  architecture: 'Hexagon HTP v73',
  clockMhz: derived(1373, 'TOPS / (2 × MACs per cycle)'),
  macsPerCycle: { int8: assumed(16384, '16384 per HTP, from one secondary write-up') },
  structuredSparsity: false,
  onchipKib: confirmed(8192),
  runtimes: hexagon,
} as const satisfies Partial<UnitSpec>

const adrenoX1 = {
  id: 'gpu',
  kind: 'gpu',
  family: 'adreno-x1',
  sources: ['gpu-databases'],
  runtimes: adreno,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Qualcomm',
  segment: 'laptop',
} as const satisfies Partial<DeviceSpec>

export const snapdragonX: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'snapdragon-x-elite-crd',
    name: 'Snapdragon X Elite CRD',
    chip: 'SC8380XP (X1E-80/84)',
    sources: ['qai-direct-helper', 'register-2024-04-10'],
    processNm: 4,
    units: [
      { ...hexagonV73, denseTops: { int8: confirmed(45) } },
      {
        ...adrenoX1,
        architecture: 'Adreno X1-85',
        clockMhz: 1500,
        macsPerCycle: { fp16: 3072 },
        denseTops: { fp16: 9.2, fp32: 4.6 },
      },
      cpu(snapdragonCpu, [cluster(12, 'Oryon', 3400)], {
        architecture: '12x Oryon gen1 (3.4-3.8 GHz, boost 4.2)',
        sources: socTables,
        cacheKib: 43008,
      }),
    ],
    dram: { type: 'LPDDR5X-8448 128-bit', gib: 32, gbPerS: confirmed(135) },
    tdpW: 23,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'snapdragon-x-plus-8-core-crd',
    name: 'Snapdragon X Plus 8-Core CRD',
    chip: 'SC8340XP (X1P-42/46)',
    sources: ['executorch-qualcomm', 'qualcomm-ai-hub'],
    processNm: 4,
    units: [
      { ...hexagonV73, denseTops: { int8: 45 } },
      {
        ...adrenoX1,
        architecture: 'Adreno X1-45',
        clockMhz: 1107,
        macsPerCycle: { fp16: 1536 },
        denseTops: { fp16: 3.4, fp32: 1.7 },
      },
      cpu(snapdragonCpu, [cluster(8, 'Oryon', 3200)], {
        architecture: '8x Oryon gen1 3.2-3.4 GHz',
        sources: socTables,
        cacheKib: 30720,
      }),
    ],
    dram: { type: 'LPDDR5X-8448 128-bit', gib: 16, gbPerS: 135 },
    tdpW: 20,
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'snapdragon-x2-elite',
    name: 'Snapdragon X2 Elite (X2E-88)',
    chip: 'SC8480XP',
    sources: ['x2-elite-press'],
    processNm: 3,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v81',
        architecture: 'Hexagon HTP v81',
        denseTops: { int8: confirmed(80) },
        structuredSparsity: false,
        runtimes: hexagon,
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'adreno-x2',
        architecture: 'Adreno X2-85/90',
        sources: ['gpu-databases'],
        clockMhz: 1700,
        runtimes: adreno,
      },
      cpu(snapdragonCpu, [cluster(12, 'Oryon', 4400), cluster(6, 'Oryon', 3400)], {
        architecture: '12x Oryon gen3 prime + 6x performance',
        sources: socTables,
      }),
    ],
    dram: { type: 'LPDDR5X-9523 128-bit', gib: 32, gbPerS: 152 },
    releaseYear: 2026,
  }),
]
