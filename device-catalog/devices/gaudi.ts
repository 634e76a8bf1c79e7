/** Intel Gaudi. */
import { defineDevice } from '../define.ts'
import { confirmed, price } from '../facts.ts'
import type { DeviceEntry } from '../schema.ts'
import type { DeviceSpec } from '../spec.ts'

const base = {
  vendor: 'Intel',
  segment: 'cloud',
  sources: ['ml-engineering'],
} as const satisfies Partial<DeviceSpec>

export const gaudi: readonly DeviceEntry[] = [
  defineDevice({
    ...base,
    id: 'intel-gaudi2',
    name: 'Intel Gaudi2 OAM',
    chip: 'Gaudi2',
    processNm: 7,
    units: [
      {
        id: 'npu',
        kind: 'systolic',
        family: 'gaudi-2',
        architecture: '2 MME 256x256 @1.65 GHz + 24 TPC',
        clockMhz: 1650,
        macsPerCycle: { bf16: 131072 },
        denseTops: { int8: confirmed(865.1), bf16: confirmed(432), fp8: confirmed(865) },
        structuredSparsity: false,
        onchipKib: 49152,
        runtimes: { synapseai: ['bf16', 'fp8', 'fp32'] },
      },
    ],
    dram: { type: 'HBM2e', gib: 96, gbPerS: 2460 },
    tdpW: 600,
    priceUsd: price(8125, 2024),
    releaseYear: 2022,
  }),
  defineDevice({
    ...base,
    id: 'intel-gaudi3',
    name: 'Intel Gaudi3 OAM',
    chip: 'Gaudi3',
    processNm: 5,
    units: [
      {
        id: 'npu',
        kind: 'systolic',
        family: 'gaudi-3',
        architecture: '8 MME 256x256 @1.6 GHz + 64 TPC',
        clockMhz: 1600,
        macsPerCycle: { bf16: 524288 },
        denseTops: { fp16: confirmed(459), bf16: confirmed(1677), fp32: confirmed(229), fp8: confirmed(1677) },
        structuredSparsity: false,
        onchipKib: 98304,
        runtimes: { synapseai: ['bf16', 'fp8', 'fp32'] },
      },
    ],
    dram: { type: 'HBM2e', gib: 128, gbPerS: 3700 },
    tdpW: 900,
    priceUsd: price(15625, 2024),
    releaseYear: 2024,
  }),
]
