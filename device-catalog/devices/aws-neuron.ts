/** AWS Inferentia and Trainium, one chip. */
import { defineDevice } from '../define.ts'
import { confirmed, hourly } from '../facts.ts'
import { neuronCore } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec, UnitSpec } from '../spec.ts'

const neuroncore2 = {
  id: 'npu',
  kind: 'systolic',
  family: 'neuroncore-2',
  denseTops: { int8: confirmed(380), fp16: confirmed(190), bf16: confirmed(190), fp32: confirmed(47.5) },
  structuredSparsity: false,
  onchipKib: 49152,
  runtimes: neuronCore,
} as const satisfies Partial<UnitSpec>

const base = {
  vendor: 'AWS',
  segment: 'cloud',
  sources: ['aws-neuron'],
} as const satisfies Partial<DeviceSpec>

export const awsNeuron: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'aws-inferentia1',
    name: 'AWS Inferentia (inf1, per chip)',
    chip: 'Inferentia',
    processNm: 16,
    units: [
      {
        id: 'npu',
        kind: 'systolic',
        family: 'neuroncore-1',
        architecture: '4x NeuronCore-v1 (systolic TensorE)',
        denseTops: { int8: confirmed(128), fp16: confirmed(64), bf16: confirmed(64) },
        structuredSparsity: false,
        runtimes: neuronCore,
        note: '50 GiB/s only: weights must stay in the on-chip buffers.',
      },
    ],
    dram: { type: 'DRAM', gib: confirmed(8), gbPerS: confirmed(53.7) },
    pricePerHourUsd: hourly(0.228, 'AWS inf1.xlarge on-demand us-east-1 (1 chip)'),
    releaseYear: 2019,
  }),
  defineDevice({
    ...base,
    id: 'aws-inferentia2',
    name: 'AWS Inferentia2 (inf2, per chip)',
    chip: 'Inferentia2',
    processNm: 7,
    units: [
      {
        ...neuroncore2,
        architecture: '2x NeuronCore-v2 (128x128 systolic TensorE)',
        note: '820 GiB/s in the documents. INT8 gains over BF16 are unproven.',
      },
    ],
    dram: { type: 'HBM', gib: confirmed(32), gbPerS: confirmed(880) },
    pricePerHourUsd: hourly(0.7582, 'AWS inf2.xlarge on-demand us-east-1 (1 chip)'),
    releaseYear: 2023,
  }),
  defineDevice({
    ...base,
    id: 'aws-trainium1',
    name: 'AWS Trainium (trn1, per chip)',
    chip: 'Trainium',
    processNm: 7,
    units: [{ ...neuroncore2, architecture: '2x NeuronCore-v2' }],
    dram: { type: 'HBM', gib: confirmed(32), gbPerS: confirmed(880) },
    pricePerHourUsd: hourly(1.34375, 'AWS trn1.2xlarge on-demand us-east-1 (1 chip)'),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'aws-trainium2',
    name: 'AWS Trainium2 (trn2, per chip)',
    chip: 'Trainium2',
    processNm: 5,
    units: [
      {
        id: 'npu',
        kind: 'systolic',
        family: 'neuroncore-3',
        architecture: '8x NeuronCore-v3',
        denseTops: { fp16: confirmed(667), bf16: confirmed(667), fp32: confirmed(181), fp8: confirmed(1299) },
        structuredSparsity: true,
        onchipKib: 229376,
        runtimes: neuronCore,
      },
    ],
    dram: { type: 'HBM3', gib: confirmed(96), gbPerS: confirmed(2900) },
    tdpW: 500,
    releaseYear: 2024,
  }),
]
