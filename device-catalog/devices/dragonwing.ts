/** Qualcomm Dragonwing boards. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived, price } from '../facts.ts'
import { adreno, hexagon, hexagonInteger, snapdragonCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const socTables = ['soc-tables'] as const

const hexagonV73 = {
  id: 'npu',
  kind: 'hexagon-htp',
  family: 'hexagon-v73',
  structuredSparsity: false,
  runtimes: hexagon,
} as const satisfies Partial<UnitSpec>

const adreno6xx = {
  id: 'gpu',
  kind: 'gpu',
  family: 'adreno-6xx',
  sources: ['gpu-databases'],
  runtimes: adreno,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'Qualcomm',
  segment: 'embedded',
  sources: ['executorch-qualcomm', 'qualcomm-ai-hub'],
} as const satisfies Partial<DeviceSpec>

export const dragonwing: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'dragonwing-iq-9075-evk',
    name: 'Dragonwing IQ-9075 EVK',
    chip: 'QCS9075 (Lemans)',
    silicon: 'Lemans',
    units: [
      {
        ...hexagonV73,
        architecture: 'Hexagon HTP v73 x2',
        clockMhz: derived(1526, 'TOPS / (2 × MACs per cycle)'),
        macsPerCycle: { int8: assumed(32768, '16384 per HTP, from one secondary write-up') },
        denseTops: { int8: 100 },
        onchipKib: confirmed(16384),
        cores: { total: 2, perModel: 1 },
        note: 'Two HTPs; one session runs on one of them, at half of this peak.',
      },
      { ...adreno6xx, architecture: 'Adreno 663' },
      cpu(snapdragonCpu, [cluster(8, 'Cortex-A78', 2360)], {
        architecture: '8x Kryo Gold Prime (A78C class) 2.36 GHz',
        sources: socTables,
      }),
    ],
    dram: { type: 'LPDDR5 (bus width not verified)', gib: 36 },
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'qcs8275',
    name: 'Qualcomm QCS8275 (IQ-8275, = SA7255P silicon class)',
    chip: 'QCS8275 (Monaco)',
    silicon: 'Monaco',
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v75',
        architecture: 'Hexagon HTP v75',
        denseTops: { int8: 40 },
        structuredSparsity: false,
        runtimes: hexagon,
      },
      { ...adreno6xx, architecture: 'Adreno 623' },
      cpu(snapdragonCpu, [cluster(4, 'Cortex-A78', 2360), cluster(4, 'Cortex-A55', 1950)], {
        architecture: '4x Kryo Gold 2.36 + 4x Kryo Silver 1.95 GHz',
        sources: socTables,
      }),
    ],
    dram: { type: 'LPDDR5 (bus width not verified)', gib: 16 },
    releaseYear: 2024,
  }),
  defineDevice({
    ...base,
    id: 'dragonwing-rb3-gen2',
    name: 'Dragonwing RB3 Gen 2 Vision Kit',
    chip: 'QCS6490',
    processNm: 6,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v68',
        architecture: 'Hexagon HTP v68',
        macsPerCycle: { int8: assumed(4096, 'a quarter-size matrix unit') },
        denseTops: { int8: 12 },
        structuredSparsity: false,
        onchipKib: confirmed(2048),
        runtimes: hexagonInteger,
        note: 'Quantized models only; the kit has slower memory than the chip allows.',
      },
      { ...adreno6xx, architecture: 'Adreno 643', clockMhz: 812 },
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-A78', 2710), cluster(3, 'Cortex-A78', 2400), cluster(4, 'Cortex-A55', 1900)],
        { sources: socTables, cacheKib: 3072 },
      ),
    ],
    dram: { type: 'LPDDR4X uMCP (kit, 6 GB)', gib: 6 },
    tdpW: 12,
    priceUsd: price(399, 2024),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'dragonwing-q-6690-mtp',
    name: 'Dragonwing Q-6690 MTP',
    chip: 'QCM6690',
    processNm: 4,
    units: [
      { ...hexagonV73, architecture: 'Hexagon HTP v73', denseTops: { int8: 6 } },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'adreno-7xx',
        architecture: 'Adreno 710 class',
        sources: ['gpu-databases'],
        runtimes: adreno,
      },
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-A78', 2900), cluster(3, 'Cortex-A78', 2400), cluster(4, 'Cortex-A55', 1900)],
        { architecture: '1x Kryo Prime 2.9 + 3x Gold 2.4 + 4x Silver (shaky)', sources: socTables },
      ),
    ],
    dram: { type: 'LPDDR4X/LPDDR5' },
    releaseYear: 2025,
  }),
]
