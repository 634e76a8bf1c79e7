/** Server processors, whole sockets. */
import { cluster, cpu } from '../cpu-unit.ts'
import { defineDevice } from '../define.ts'
import { confirmed, price } from '../facts.ts'
import { armHalfLinuxCpu, x86Cpu } from '../runtime-sets.ts'
import type { DeviceEntry } from '../schema.ts'

const cloudCoreManuals = ['cloud-core-manuals'] as const

export const serverCpus: readonly DeviceEntry[] = [
  defineDevice({
    id: 'xeon-8280-clx',
    name: 'Xeon Platinum 8280 (Cascade Lake)',
    vendor: 'Intel',
    chip: '8280',
    segment: 'cloud',
    sources: cloudCoreManuals,
    processNm: 14,
    units: [
      cpu(x86Cpu, [cluster(28, 'Cascade Lake', 2400)], { architecture: '2x AVX-512 FMA + VNNI', cacheKib: 67072 }),
    ],
    dram: { type: '6ch DDR4-2933', gbPerS: 141 },
    tdpW: 205,
    priceUsd: price(10009, 2019),
    releaseYear: 2019,
  }),
  defineDevice({
    id: 'xeon-8480p-spr',
    name: 'Xeon Platinum 8480+ (Sapphire Rapids)',
    vendor: 'Intel',
    chip: '8480+',
    segment: 'cloud',
    sources: cloudCoreManuals,
    processNm: 7,
    units: [
      cpu(x86Cpu, [cluster(56, 'Sapphire Rapids', 2000)], {
        architecture: 'AMX TMUL (1024 int8/512 bf16 MAC/cyc/core) + AVX-512',
        cacheKib: 222208,
        note: 'AMX needs BF16 or INT8 and large products; sustained 50 to 60 %.',
      }),
    ],
    dram: { type: '8ch DDR5-4800', gbPerS: 307 },
    tdpW: 350,
    priceUsd: price(10710, 2023),
    releaseYear: 2023,
  }),
  defineDevice({
    id: 'epyc-7763-milan',
    name: 'EPYC 7763 (Milan)',
    vendor: 'AMD',
    chip: '7763',
    segment: 'cloud',
    sources: cloudCoreManuals,
    processNm: 7,
    units: [cpu(x86Cpu, [cluster(64, 'Zen 3', 2450)], { architecture: 'Zen3 2x256 FMA, no VNNI', cacheKib: 294912 })],
    dram: { type: '8ch DDR4-3200', gbPerS: 205 },
    tdpW: 280,
    priceUsd: price(7890, 2021),
    releaseYear: 2021,
  }),
  defineDevice({
    id: 'epyc-9654-genoa',
    name: 'EPYC 9654 (Genoa)',
    vendor: 'AMD',
    chip: '9654',
    segment: 'cloud',
    sources: cloudCoreManuals,
    processNm: 5,
    units: [
      cpu(x86Cpu, [cluster(96, 'Zen 4', 2400)], {
        architecture: 'Zen4 AVX-512 (double pumped) + VNNI + BF16',
        cacheKib: 491520,
      }),
    ],
    dram: { type: '12ch DDR5-4800', gbPerS: 461 },
    tdpW: 360,
    priceUsd: price(11805, 2022),
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'graviton2',
    name: 'AWS Graviton2',
    vendor: 'AWS',
    chip: 'Graviton2',
    silicon: 'Graviton2',
    segment: 'cloud',
    sources: cloudCoreManuals,
    processNm: 7,
    units: [
      cpu(armHalfLinuxCpu, [cluster(64, 'Neoverse N1', 2500)], {
        architecture: '64x Neoverse N1, 2x128 NEON + SDOT',
        cacheKib: 98304,
      }),
    ],
    dram: { type: '8ch DDR4-3200', gbPerS: 205 },
    tdpW: 110,
    releaseYear: 2020,
  }),
  defineDevice({
    id: 'graviton3',
    name: 'AWS Graviton3',
    vendor: 'AWS',
    chip: 'Graviton3',
    silicon: 'Graviton3',
    segment: 'cloud',
    sources: ['cloud-core-manuals', 'wikichip-graviton3'],
    processNm: 5,
    units: [
      cpu(armHalfLinuxCpu, [cluster(64, 'Neoverse V1', confirmed(2600))], {
        architecture: '64x Neoverse V1, 2x256 SVE, I8MM, BF16',
        cacheKib: 98304,
      }),
    ],
    dram: { type: '8ch DDR5-4800', gbPerS: confirmed(307) },
    tdpW: 100,
    releaseYear: 2022,
  }),
  defineDevice({
    id: 'graviton4',
    name: 'AWS Graviton4',
    vendor: 'AWS',
    chip: 'Graviton4',
    silicon: 'Graviton4',
    segment: 'cloud',
    sources: ['chipsandcheese-graviton4'],
    processNm: 4,
    units: [
      cpu(armHalfLinuxCpu, [cluster(96, 'Neoverse V2', 2800)], {
        architecture: '96x Neoverse V2, 4x128 SVE2, I8MM, BF16',
        cacheKib: 233472,
      }),
    ],
    dram: { type: '12ch DDR5-5600', gbPerS: 538 },
    releaseYear: 2024,
  }),
]
