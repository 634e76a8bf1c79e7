/**
 * One CPU core: dense MACs per cycle (SIMD pipes × lanes, with the dot-product and matrix instructions it has), and whether
 * it runs in order.
 *
 * Rates are ceilings from the instruction sets, not measurements. A missing arithmetic means the core has no instructions for
 * it that beat the next wider one.
 */
import type { Arithmetic } from '../simulator/graph/precision.ts'
import { assumed, derived, type Num } from './facts.ts'
import type { SourceId } from './sources.ts'
import type { Family } from './vocabulary.ts'

interface CoreRates {
  readonly macsPerCycle: Partial<Readonly<Record<Arithmetic, Num>>>
  /** Runs instructions in the order of the program: a load that is waited for stops what is behind it. `null` = not known. */
  readonly inOrder: boolean | null
  /** Of a CPU whose strongest cores these are; cores that are only ever the small ones have none. */
  readonly family?: Family
  readonly source: SourceId
}

const armInOrder = { inOrder: true, source: 'arm-core-manuals' } as const
const armOutOfOrder = { inOrder: false, source: 'arm-core-manuals' } as const
const x86 = { inOrder: false, source: 'x86-core-manuals' } as const
const apple = { inOrder: false, source: 'apple-core-figures' } as const
const mcu = { inOrder: true, source: 'mcu-core-manuals' } as const
/** Neither a page nor an isolate can see which core it runs on. */
const wasm = { inOrder: null, source: 'wasm-rates' } as const
const instances = { inOrder: false, source: 'cloud-core-manuals' } as const

const scalarFpu = derived(1 / 3, 'one fused multiply-add in about three cycles')
/** To be calibrated on real tabs and isolates. */
const lanes = (macsPerCycle: number) => assumed(macsPerCycle, '128-bit lanes, a multiplication and an addition each')

const rates = {
  // NEON without dot product
  'Cortex-A7': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a7', ...armInOrder },
  'Cortex-A35': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a35', ...armInOrder },
  'Cortex-A53': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a53', ...armInOrder },
  'Cortex-A57': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a57', ...armOutOfOrder },
  'Cortex-A72': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a72', ...armOutOfOrder },
  'Cortex-A73': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a73', ...armOutOfOrder },
  // The code optimizer of Denver and Carmel moves loads ahead of what needs them, as hardware does elsewhere.
  Denver2: { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a57', ...armOutOfOrder },
  Carmel: { macsPerCycle: { int8: 16, fp16: 16, fp32: 8 }, family: 'carmel', ...armOutOfOrder },
  // with dot product and half precision
  'Cortex-A55': { macsPerCycle: { int8: 16, fp16: 8, fp32: 4 }, family: 'cortex-a55', ...armInOrder },
  'Cortex-A65': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a65', ...armOutOfOrder },
  'Cortex-A65 class': { macsPerCycle: { int8: 16, fp16: 8, fp32: 4 }, family: 'cortex-a65', ...armOutOfOrder },
  'Cortex-A76': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a76', ...armOutOfOrder },
  'Cortex-A77': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a77', ...armOutOfOrder },
  'Cortex-A78': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a78', ...armOutOfOrder },
  'Cortex-A78AE': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a78', ...armOutOfOrder },
  'Cortex-X1': { macsPerCycle: { int8: 64, fp16: 32, fp32: 16 }, family: 'cortex-x1', ...armOutOfOrder },
  'Neoverse N1': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'neoverse-n1', ...instances },
  // with 8-bit matrix multiply
  'Cortex-A510': { macsPerCycle: { int8: 32, fp16: 8, fp32: 4 }, ...armInOrder },
  'Cortex-A520': { macsPerCycle: { int8: 32, fp16: 8, fp32: 4 }, ...armInOrder },
  'Cortex-A710': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, ...armOutOfOrder },
  'Cortex-A715': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, ...armOutOfOrder },
  'Cortex-A720': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, family: 'cortex-a720', ...armOutOfOrder },
  'Cortex-A725': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, ...armOutOfOrder },
  'Cortex-X2': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'cortex-x2', ...armOutOfOrder },
  'Cortex-X3': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'cortex-x3', ...armOutOfOrder },
  'Cortex-X4': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'cortex-x4', ...armOutOfOrder },
  'Cortex-X925': { macsPerCycle: { int8: 192, fp16: 48, fp32: 24 }, family: 'cortex-x925', ...armOutOfOrder },
  Oryon: { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'oryon', ...armOutOfOrder },
  'Neoverse V3AE': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'neoverse-v3', ...armOutOfOrder },
  'Neoverse V1': {
    macsPerCycle: { int8: 128, bf16: 64, fp16: 32, fp32: 16 },
    family: 'neoverse-v1',
    ...instances,
  },
  'Neoverse V2': {
    macsPerCycle: { int8: 128, bf16: 64, fp16: 32, fp32: 16 },
    family: 'neoverse-v2',
    ...instances,
  },
  // Apple: NEON pipes only, the matrix unit is not counted
  Vortex: { macsPerCycle: { int8: 24, fp16: 24, fp32: 12 }, family: 'apple-cpu', ...apple },
  Tempest: { macsPerCycle: { int8: 16, fp16: 16, fp32: 8 }, family: 'apple-cpu', ...apple },
  Lightning: { macsPerCycle: { int8: 48, fp16: 24, fp32: 12 }, family: 'apple-cpu', ...apple },
  Thunder: { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'apple-cpu', ...apple },
  Firestorm: { macsPerCycle: { int8: 64, fp16: 32, fp32: 16 }, family: 'apple-cpu', ...apple },
  Icestorm: { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'apple-cpu', ...apple },
  'Avalanche (A15)': { macsPerCycle: { int8: 64, fp16: 32, fp32: 16 }, family: 'apple-cpu', ...apple },
  'Blizzard (A15)': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'apple-cpu', ...apple },
  'Apple P-core with I8MM': {
    macsPerCycle: { int8: 128, fp16: 32, fp32: 16 },
    family: 'apple-cpu-i8mm',
    ...apple,
  },
  'Apple E-core with I8MM': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, family: 'apple-cpu-i8mm', ...apple },
  // x86
  'Redwood Cove': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'redwood-cove', ...x86 },
  Crestmont: { macsPerCycle: { int8: 32, fp32: 8 }, ...x86 },
  'Lion Cove': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'lion-cove', ...x86 },
  Skymont: { macsPerCycle: { int8: 64, fp32: 16 }, ...x86 },
  'Zen 3': { macsPerCycle: { int8: 32, fp32: 16 }, family: 'zen-3', ...instances },
  'Zen 4': { macsPerCycle: { int8: 64, bf16: 32, fp32: 16 }, family: 'zen-4', ...x86 },
  'Zen 5 mobile': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'zen-5', ...x86 },
  'Zen 5': { macsPerCycle: { int8: 128, fp32: 32 }, family: 'zen-5', ...x86 },
  'Cascade Lake': { macsPerCycle: { int8: 128, fp32: 32 }, family: 'cascade-lake', ...instances },
  'Sapphire Rapids': {
    macsPerCycle: { int8: 1024, bf16: 512, fp16: 64, fp32: 32 },
    family: 'sapphire-rapids',
    ...instances,
  },
  // one hardware thread of two
  'Cascade Lake thread': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'cascade-lake', ...instances },
  'Sapphire Rapids thread': {
    macsPerCycle: { int8: 512, bf16: 256, fp32: 16 },
    family: 'sapphire-rapids',
    ...instances,
  },
  'Zen 3 thread': { macsPerCycle: { int8: 16, fp32: 8 }, family: 'zen-3', ...instances },
  'AVX2 thread': { macsPerCycle: { int8: 16, fp32: 8 }, family: 'avx2', ...instances },
  // microcontrollers; where fp32 is missing it goes through a scalar FPU or software at an unpublished rate
  'Cortex-M0+': { macsPerCycle: { int8: 0.5 }, family: 'cortex-m0plus', ...mcu },
  'Cortex-M4': { macsPerCycle: { int8: 2, fp32: scalarFpu }, family: 'cortex-m4', ...mcu },
  'Cortex-M7': { macsPerCycle: { int8: 2 }, family: 'cortex-m7', ...mcu },
  'Cortex-M33': { macsPerCycle: { int8: 2 }, family: 'cortex-m33', ...mcu },
  'Cortex-M55': { macsPerCycle: { int8: 8, fp16: 4, fp32: 2 }, family: 'cortex-m55', ...mcu },
  'Cortex-M85': { macsPerCycle: { int8: 8, fp16: 4, fp32: 2 }, family: 'cortex-m85', ...mcu },
  'Xtensa LX6': { macsPerCycle: { int8: 0.5 }, family: 'xtensa-lx6', ...mcu },
  'Xtensa LX7': { macsPerCycle: { int8: 16 }, family: 'xtensa-lx7', ...mcu },
  'ESP32-P4 core': { macsPerCycle: { int8: 16 }, family: 'esp32-p4', ...mcu },
  RI5CY: { macsPerCycle: { int8: 4 }, family: 'ri5cy', ...mcu },
  C906: { macsPerCycle: { int8: 8, fp32: 4 }, family: 'c906', ...armInOrder },
  // 128-bit WebAssembly SIMD on whatever is below it
  'WASM SIMD': { macsPerCycle: { int8: lanes(8), fp32: lanes(4) }, family: 'wasm-simd', ...wasm },
  'WASM SIMD, wide core': { macsPerCycle: { int8: lanes(16), fp32: lanes(8) }, family: 'wasm-simd', ...wasm },
} as const satisfies Record<string, CoreRates>

export type CpuCore = keyof typeof rates

export const cpuCores: Readonly<Record<CpuCore, CoreRates>> = rates
