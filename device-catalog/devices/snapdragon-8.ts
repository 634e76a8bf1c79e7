/** Snapdragon 8 phones and the embedded parts with the same silicon. Qualcomm prints no TOPS for them. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { assumed, confirmed, derived, measured, price } from '../facts.ts'
import { adreno, hexagon, hexagonInteger, snapdragonCpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { UnitSpec } from '../spec.ts'

const gpuDatabases = ['gpu-databases'] as const
const htpSources = ['executorch-qualcomm', 'qualcomm-ai-hub'] as const
const socTables = ['soc-tables'] as const
const ewouthGist = ['ewouth-gist'] as const

const adreno8xx = {
  id: 'gpu',
  kind: 'gpu',
  family: 'adreno-8xx',
  macsPerCycle: { fp16: assumed(3072, '1536 ALUs, a community figure') },
  runtimes: adreno,
} as const satisfies Partial<UnitSpec>

const hexagonV79 = {
  id: 'npu',
  kind: 'hexagon-htp',
  family: 'hexagon-v79',
  architecture: 'Hexagon HTP v79',
  structuredSparsity: false,
  onchipKib: confirmed(8192),
  runtimes: hexagon,
  note: 'No TOPS printed; effective rates have to come from measurements.',
} as const satisfies Partial<UnitSpec>

const adreno7xx = {
  id: 'gpu',
  kind: 'gpu',
  family: 'adreno-7xx',
  sources: gpuDatabases,
  runtimes: adreno,
} as const satisfies Partial<UnitSpec>

const adreno730 = {
  ...adreno7xx,
  architecture: 'Adreno 730',
  clockMhz: 818,
  macsPerCycle: { fp16: assumed(2048, '1024 ALUs, a community figure') },
  denseTops: { fp16: derived(3.35, '4 × ALUs × clock'), fp32: derived(1.68, '2 × ALUs × clock') },
} as const satisfies Partial<UnitSpec>

const hexagonV73 = {
  id: 'npu',
  kind: 'hexagon-htp',
  family: 'hexagon-v73',
  architecture: 'Hexagon HTP v73',
  structuredSparsity: false,
  runtimes: hexagon,
} as const satisfies Partial<UnitSpec>

const hexagonV69 = {
  id: 'npu',
  kind: 'hexagon-htp',
  family: 'hexagon-v69',
  architecture: 'Hexagon HTP v69',
  structuredSparsity: false,
  onchipKib: confirmed(8192),
  runtimes: hexagon,
  note: 'No TOPS printed; effective rates have to come from measurements.',
} as const satisfies Partial<UnitSpec>

export const snapdragon8: readonly DeviceEntry[] = [
  defineDevice({
    id: 'snapdragon-8-elite-gen5-qrd',
    name: 'Snapdragon 8 Elite Gen 5 QRD',
    vendor: 'Qualcomm',
    chip: 'SM8850',
    segment: 'phone',
    sources: ['executorch-qualcomm', '8-elite-gen5-press'],
    processNm: 3,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v81',
        architecture: 'Hexagon HTP v81',
        structuredSparsity: false,
        onchipKib: confirmed(8192),
        runtimes: hexagon,
        note: 'No TOPS printed; effective rates have to come from measurements.',
      },
      {
        ...adreno8xx,
        architecture: 'Adreno 840',
        sources: gpuDatabases,
        clockMhz: 1200,
        denseTops: { fp16: derived(7.37, '4 × ALUs × clock'), fp32: derived(3.69, '2 × ALUs × clock') },
        onchipKib: 18432,
      },
      cpu(snapdragonCpu, [cluster(2, 'Oryon', confirmed(4608)), cluster(6, 'Oryon', 3628)], {
        architecture: '2x Oryon gen3 4.6 GHz + 6x 3.62 GHz',
        sources: ['8-elite-gen5-press'],
        cacheKib: 24576,
      }),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 5300 MHz', gib: 16, gbPerS: 84.8 },
    releaseYear: 2025,
  }),
  defineDevice({
    id: 'galaxy-s25',
    name: 'Samsung Galaxy S25 (8 Elite for Galaxy)',
    vendor: 'Qualcomm',
    chip: 'SM8750-AC',
    segment: 'phone',
    sources: htpSources,
    processNm: 3,
    units: [
      hexagonV79,
      {
        ...adreno8xx,
        architecture: 'Adreno 830',
        sources: gpuDatabases,
        clockMhz: 1200,
        denseTops: { fp16: derived(7.37, '4 × ALUs × clock'), fp32: derived(3.69, '2 × ALUs × clock') },
        onchipKib: 12288,
      },
      cpu(snapdragonCpu, [cluster(2, 'Oryon', 4473), cluster(6, 'Oryon', 3532.8)], {
        architecture: '2x Oryon gen2 4.47 GHz + 6x 3.53 GHz',
        sources: socTables,
        cacheKib: 24576,
      }),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 5300 MHz', gib: 12, gbPerS: 84.8 },
    priceUsd: price(799, 2025),
    releaseYear: 2025,
  }),
  defineDevice({
    id: 'snapdragon-8-elite-qrd',
    name: 'Snapdragon 8 Elite QRD',
    vendor: 'Qualcomm',
    chip: 'SM8750',
    segment: 'phone',
    sources: htpSources,
    processNm: 3,
    units: [
      hexagonV79,
      {
        ...adreno8xx,
        architecture: 'Adreno 830',
        sources: ['8-elite-press'],
        clockMhz: 1100,
        denseTops: { fp16: derived(6.76, '4 × ALUs × clock'), fp32: derived(3.38, '2 × ALUs × clock') },
        onchipKib: 12288,
      },
      cpu(snapdragonCpu, [cluster(2, 'Oryon', confirmed(4320)), cluster(6, 'Oryon', 3532.8)], {
        architecture: '2x Oryon gen2 4.32 GHz + 6x 3.53 GHz',
        sources: ['8-elite-press'],
        cacheKib: 24576,
      }),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 5300 MHz', gib: 16, gbPerS: 84.8 },
    releaseYear: 2024,
  }),
  defineDevice({
    id: 'galaxy-s24',
    name: 'Samsung Galaxy S24 (8 Gen 3 for Galaxy)',
    vendor: 'Qualcomm',
    chip: 'SM8650-AC',
    segment: 'phone',
    sources: ['executorch-qualcomm', 'hexagon-npu-2026'],
    processNm: 4,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v75',
        architecture: 'Hexagon HTP v75',
        macsPerCycle: { fp16: assumed(4096, 'implies 1.47 GHz') },
        denseTops: { fp16: confirmed(measured(12.03, 'FP16 GEMM of 1024³ inside VTCM')) },
        structuredSparsity: false,
        onchipKib: 8192,
        runtimes: hexagon,
        note: 'Measured FP16 rate, not a vendor figure; DMA reaches 60 of 76.8 GB/s. A batch-1 matrix–vector product uses one row in 32.',
      },
      {
        ...adreno7xx,
        architecture: 'Adreno 750',
        clockMhz: 1000,
        macsPerCycle: { fp16: assumed(3072, '1536 ALUs, a community figure') },
        denseTops: { fp16: derived(6.14, '4 × ALUs × clock'), fp32: derived(3.07, '2 × ALUs × clock') },
      },
      cpu(
        snapdragonCpu,
        [
          cluster(1, 'Cortex-X4', 3393),
          cluster(3, 'Cortex-A720', 3150),
          cluster(2, 'Cortex-A720', 2960),
          cluster(2, 'Cortex-A520', 2270),
        ],
        { sources: ewouthGist, cacheKib: 12288 },
      ),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 4800 MHz', gib: 8, gbPerS: 76.8 },
    priceUsd: price(799, 2024),
    releaseYear: 2024,
  }),
  defineDevice({
    id: 'galaxy-s23',
    name: 'Samsung Galaxy S23 (8 Gen 2 for Galaxy)',
    vendor: 'Qualcomm',
    chip: 'SM8550-AC',
    segment: 'phone',
    sources: htpSources,
    processNm: 4,
    units: [
      {
        ...hexagonV73,
        onchipKib: confirmed(8192),
        note: 'Same HTP generation as the QCS8550, which has a TOPS figure.',
      },
      {
        ...adreno7xx,
        architecture: 'Adreno 740',
        clockMhz: 719,
        macsPerCycle: { fp16: assumed(3072, '1536 ALUs, a community figure') },
        denseTops: { fp16: derived(4.42, '4 × ALUs × clock'), fp32: derived(2.21, '2 × ALUs × clock') },
      },
      cpu(
        snapdragonCpu,
        [
          cluster(1, 'Cortex-X3', 3360),
          cluster(2, 'Cortex-A715', 2800),
          cluster(2, 'Cortex-A710', 2800),
          cluster(3, 'Cortex-A510', 2000),
        ],
        { sources: ewouthGist, cacheKib: 8192 },
      ),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 4200 MHz', gib: 8, gbPerS: 67.2 },
    priceUsd: price(799, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    id: 'qcs8550',
    name: 'Qualcomm QCS8550 (proxy, 8 Gen 2 class)',
    vendor: 'Qualcomm',
    chip: 'QCS8550',
    segment: 'embedded',
    sources: htpSources,
    processNm: 4,
    units: [
      {
        ...hexagonV73,
        clockMhz: derived(1465, 'TOPS / (2 × MACs per cycle)'),
        macsPerCycle: { int8: assumed(16384, '16384 per HTP, from one secondary write-up') },
        denseTops: { int8: 48 },
        onchipKib: confirmed(8192),
      },
      {
        ...adreno7xx,
        architecture: 'Adreno 740',
        clockMhz: 680,
        macsPerCycle: { fp16: assumed(3072, '1536 ALUs, a community figure') },
        denseTops: { fp16: derived(4.18, '4 × ALUs × clock'), fp32: derived(2.09, '2 × ALUs × clock') },
      },
      cpu(
        snapdragonCpu,
        [
          cluster(1, 'Cortex-X3', 3187),
          cluster(2, 'Cortex-A715', 2800),
          cluster(2, 'Cortex-A710', 2800),
          cluster(3, 'Cortex-A510', 2000),
        ],
        { sources: ewouthGist, cacheKib: 8192 },
      ),
    ],
    dram: { type: 'LPDDR5X 4x16-bit 4200 MHz', gib: 16, gbPerS: 67.2 },
    releaseYear: 2023,
    note: 'Proxy device of AI Hub: a phone with SM8550.',
  }),
  defineDevice({
    id: 'qcs8450',
    name: 'Qualcomm QCS8450 (proxy, 8 Gen 1 / XR2 Gen 2 class)',
    vendor: 'Qualcomm',
    chip: 'QCS8450',
    segment: 'embedded',
    sources: htpSources,
    processNm: 4,
    units: [
      hexagonV69,
      adreno730,
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-X2', 2995), cluster(3, 'Cortex-A710', 2500), cluster(4, 'Cortex-A510', 1800)],
        { sources: socTables, cacheKib: 6144 },
      ),
    ],
    dram: { type: 'LPDDR5 4x16-bit 3200 MHz', gib: 12, gbPerS: 51.2 },
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'galaxy-s22',
    name: 'Samsung Galaxy S22 (8 Gen 1)',
    vendor: 'Qualcomm',
    chip: 'SM8450',
    segment: 'phone',
    sources: htpSources,
    processNm: 4,
    units: [
      hexagonV69,
      adreno730,
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-X2', 2995), cluster(3, 'Cortex-A710', 2500), cluster(4, 'Cortex-A510', 1800)],
        { sources: socTables, cacheKib: 6144 },
      ),
    ],
    dram: { type: 'LPDDR5 4x16-bit 3200 MHz', gib: 8, gbPerS: 51.2 },
    priceUsd: price(799, 2022),
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'galaxy-s21',
    name: 'Samsung Galaxy S21 (Snapdragon 888)',
    vendor: 'Qualcomm',
    chip: 'SM8350',
    segment: 'phone',
    sources: htpSources,
    processNm: 5,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v68',
        architecture: 'Hexagon HTP v68',
        structuredSparsity: false,
        onchipKib: confirmed(4096),
        runtimes: hexagonInteger,
        note: '26 TOPS is the sum of CPU, GPU and DSP, so the peak stays open.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'adreno-6xx',
        architecture: 'Adreno 660',
        sources: gpuDatabases,
        clockMhz: 840,
        macsPerCycle: { fp16: assumed(2048, '1024 ALUs, a community figure') },
        denseTops: { fp16: derived(3.44, '4 × ALUs × clock'), fp32: derived(1.72, '2 × ALUs × clock') },
        runtimes: { ...adreno, ncnn: ['fp32'] },
        note: 'One published result names ncnn here, without Vulkan.',
      },
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-X1', 2842), cluster(3, 'Cortex-A78', 2420), cluster(4, 'Cortex-A55', 1800)],
        { sources: socTables, cacheKib: 4096 },
      ),
    ],
    dram: { type: 'LPDDR5 4x16-bit 3200 MHz', gib: 8, gbPerS: 51.2 },
    priceUsd: price(799, 2021),
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'snapdragon-865',
    name: 'Snapdragon 865 (Galaxy S20 class)',
    vendor: 'Qualcomm',
    chip: 'SM8250',
    segment: 'phone',
    sources: htpSources,
    processNm: 7,
    units: [
      {
        id: 'npu',
        kind: 'hexagon-htp',
        family: 'hexagon-v66',
        architecture: 'Hexagon HTP v66',
        structuredSparsity: false,
        runtimes: hexagonInteger,
        note: '15 TOPS is the sum of CPU, GPU and DSP, so the peak stays open.',
      },
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'adreno-6xx',
        architecture: 'Adreno 650',
        sources: gpuDatabases,
        clockMhz: 587,
        macsPerCycle: { fp16: assumed(2048, '1024 ALUs, a community figure') },
        denseTops: { fp16: derived(2.4, '4 × ALUs × clock'), fp32: derived(1.2, '2 × ALUs × clock') },
        runtimes: adreno,
      },
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-A77', 2842), cluster(3, 'Cortex-A77', 2420), cluster(4, 'Cortex-A55', 1800)],
        { sources: socTables, cacheKib: 4096 },
      ),
    ],
    dram: { type: 'LPDDR5 4x16-bit 2750 MHz', gib: 12, gbPerS: 44 },
    releaseYear: 2020,
  }),
  defineDevice({
    id: 'snapdragon-7-gen4-qrd',
    name: 'Snapdragon 7 Gen 4 QRD',
    vendor: 'Qualcomm',
    chip: 'SM7750',
    segment: 'phone',
    sources: htpSources,
    processNm: 4,
    units: [
      { ...hexagonV73, note: 'No TOPS printed; effective rates have to come from measurements.' },
      { ...adreno7xx, architecture: 'Adreno 722' },
      cpu(
        snapdragonCpu,
        [cluster(1, 'Cortex-A720', 2800), cluster(4, 'Cortex-A720', 2400), cluster(3, 'Cortex-A520', 1840)],
        { sources: socTables },
      ),
    ],
    dram: { type: 'LPDDR5X 4200 MHz (width not verified)', gib: 12 },
    releaseYear: 2025,
  }),
]
