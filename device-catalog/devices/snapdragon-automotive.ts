/** Qualcomm cockpit and driving platforms. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed } from '../facts.ts'
import { adreno, hexagon, hexagonInteger, snapdragonCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const htpSources = ['executorch-qualcomm', 'qualcomm-ai-hub'] as const
const socTables = ['soc-tables'] as const

const hexagonV73 = {
  id: 'npu',
  kind: 'hexagon-htp',
  family: 'hexagon-v73',
  architecture: 'Hexagon HTP v73 x2',
  runtimes: hexagon,
} as const satisfies Partial<UnitSpec>

const adreno6xx = {
  id: 'gpu',
  kind: 'gpu',
  family: 'adreno-6xx',
  runtimes: adreno,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Qualcomm',
  segment: 'automotive',
} as const satisfies Partial<DeviceSpec>

export const snapdragonAutomotive: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'sa8775p',
    name: 'Qualcomm SA8775P ADP',
    chip: 'SA8775P (Lemans Auto)',
    silicon: 'Lemans',
    sources: htpSources,
    units: [
      {
        ...hexagonV73,
        structuredSparsity: false,
        onchipKib: confirmed(16384),
        cores: { total: 2, perModel: 1 },
        note: 'Two HTPs, one session runs on one. TOPS of this part not verified.',
      },
      { ...adreno6xx, architecture: 'Adreno 663', note: 'As the IQ-9075 of the same silicon; no rates published.' },
      cpu(snapdragonCpu, [cluster(8, 'Cortex-A78', 2360)], {
        architecture: '8x Kryo Gold Prime (A78AE class) 2.36 GHz',
        sources: socTables,
      }),
    ],
    dram: { type: 'LPDDR5 (bus width not verified)', gib: 36 },
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'sa8295p',
    name: 'Qualcomm SA8295P ADP',
    chip: 'SA8295P',
    sources: htpSources,
    processNm: 5,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v68',
        architecture: 'Hexagon HTP v68',
        denseTops: { int8: 30 },
        structuredSparsity: false,
        onchipKib: confirmed(8192),
        runtimes: hexagonInteger,
      },
      { ...adreno6xx, architecture: 'Adreno 695', sources: ['gpu-databases'] },
      cpu(snapdragonCpu, [cluster(4, 'Cortex-X1', 2590), cluster(4, 'Cortex-A78', 2380)], {
        architecture: '4x Kryo (X1 class) 2.59 + 4x (A78 class) 2.38 GHz',
        sources: socTables,
      }),
    ],
    dram: { type: 'LPDDR4X 8x16-bit 2133 MHz', gib: 16, gbPerS: 68.3 },
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'sa7255p',
    name: 'Qualcomm SA7255P ADP',
    chip: 'SA7255P (Monaco Auto)',
    silicon: 'Monaco',
    sources: htpSources,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v75',
        architecture: 'Hexagon HTP v75',
        structuredSparsity: false,
        runtimes: hexagon,
        note: 'Behaves as QCS8275; TOPS of this part not verified.',
      },
      { ...adreno6xx, architecture: 'Adreno 623', note: 'As the QCS8275 of the same silicon; no rates published.' },
      cpu(snapdragonCpu, [cluster(4, 'Cortex-A78', 2360), cluster(4, 'Cortex-A55', 1950)], {
        architecture: '4x Kryo Gold + 4x Kryo Silver',
        sources: socTables,
      }),
    ],
    dram: { type: 'LPDDR5 (bus width not verified)', gib: 16 },
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'snapdragon-ride-sa8650p',
    name: 'Qualcomm Snapdragon Ride SA8650P',
    chip: 'SA8650P',
    sources: ['qualcomm-pages'],
    units: [
      { ...hexagonV73, note: '50 and 100 TOPS are quoted without saying dense or sparse, so the peak stays open.' },
    ],
    dram: { type: 'LPDDR5' },
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'sa8797p',
    name: 'Qualcomm SA8797P (Snapdragon Ride/Cockpit Elite)',
    chip: 'SA8797P',
    sources: ['executorch-qualcomm'],
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v81',
        architecture: 'Hexagon HTP v81',
        onchipKib: confirmed(16384),
        runtimes: hexagon,
      },
    ],
    releaseYear: 2025,
  }),
]
