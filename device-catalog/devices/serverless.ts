/** Serverless containers and functions of other clouds. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { derived, hourly } from '../facts.ts'
import { armHalfLinuxCpu, cudaFp8, x86Cpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'

const lambdaSources = ['aws-lambda-docs', 'lambda-cost-notes'] as const

export const serverless: readonly DeviceEntry[] = [
  defineDevice({
    id: 'lambda-x86-1769',
    name: 'AWS Lambda x86 1769 MB (1 vCPU)',
    vendor: 'AWS',
    chip: 'not stated',
    segment: 'serverless',
    sources: lambdaSources,
    units: [cpu(x86Cpu, [cluster(1, 'AVX2 thread', 2500)], { architecture: '1 SMT vCPU, AVX2' })],
    dram: { type: 'function memory', gib: 1.73 },
    pricePerHourUsd: hourly(0.1037, 'GB-s x 3600'),
    note: 'One vCPU from 1769 MB on; below it the CPU is throttled in proportion.',
  }),
  defineDevice({
    id: 'lambda-x86-10240',
    name: 'AWS Lambda x86 10240 MB (6 vCPU)',
    vendor: 'AWS',
    chip: 'not stated',
    segment: 'serverless',
    sources: lambdaSources,
    units: [cpu(x86Cpu, [cluster(6, 'AVX2 thread', 2500)], { architecture: '6 SMT vCPU, AVX2' })],
    dram: { type: 'function memory', gib: 10 },
    pricePerHourUsd: hourly(0.6, 'GB-s x 3600'),
  }),
  defineDevice({
    id: 'lambda-arm-1769',
    name: 'AWS Lambda arm64 1769 MB (1 vCPU)',
    vendor: 'AWS',
    chip: 'not stated',
    segment: 'serverless',
    sources: lambdaSources,
    units: [cpu(armHalfLinuxCpu, [cluster(1, 'Neoverse N1', 2500)], { architecture: '1 Graviton2 core, NEON SDOT' })],
    dram: { type: 'function memory', gib: 1.73 },
    pricePerHourUsd: hourly(0.0829, 'GB-s x 3600'),
    note: 'One vCPU from 1769 MB on; below it the CPU is throttled in proportion.',
  }),
  defineDevice({
    id: 'gcp-cloudrun-l4',
    name: 'Cloud Run GPU (L4)',
    vendor: 'Google',
    chip: 'NVIDIA L4',
    silicon: 'AD104',
    segment: 'serverless',
    sources: ['cloudrun-gpu-posts', 'google-cloud-run-docs'],
    units: [
      {
        id: 'gpu',
        kind: 'gpu',
        family: 'ada',
        architecture: 'Ada L4 + 4-8 vCPU',
        denseTops: { int8: 242.5, fp16: 121, bf16: 121, fp32: 30.3, fp8: derived(242.5, 'the INT8 rate') },
        structuredSparsity: true,
        runtimes: cudaFp8,
      },
    ],
    dram: { type: 'GDDR6', gib: 24, gbPerS: 300 },
    tdpW: 72,
    pricePerHourUsd: hourly(0.67, 'Cloud Run L4 no-zonal-redundancy per h (recalled, GPU only)'),
    releaseYear: 2024,
  }),
]
