/**
 * Dense MACs per cycle of one CPU core: SIMD pipes × lanes, with the dot-product and matrix instructions it has.
 *
 * Ceilings from the instruction sets, not measurements. A missing arithmetic means the core has no instructions for
 * it that beat the next wider one.
 */
import type { Arithmetic } from '../simulator/graph/precision.ts'
import { assumed, derived, type Num } from './facts.ts'
import type { SourceId } from './sources.ts'
import type { Family } from './vocabulary.ts'

interface CoreRates {
  readonly macsPerCycle: Partial<Readonly<Record<Arithmetic, Num>>>
  /** Of a CPU whose strongest cores these are; cores that are only ever the small ones have none. */
  readonly family?: Family
  readonly source: SourceId
}

const arm = 'arm-core-manuals'
const x86 = 'x86-core-manuals'
const apple = 'apple-core-figures'
const mcu = 'mcu-core-manuals'
const wasm = 'wasm-rates'
const instances = 'cloud-core-manuals'

const scalarFpu = derived(1 / 3, 'one fused multiply-add in about three cycles')
/** To be calibrated on real tabs and isolates. */
const lanes = (macsPerCycle: number) => assumed(macsPerCycle, '128-bit lanes, a multiplication and an addition each')

const rates = {
  // NEON without dot product
  'Cortex-A7': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a7', source: arm },
  'Cortex-A35': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a35', source: arm },
  'Cortex-A53': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a53', source: arm },
  'Cortex-A57': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a57', source: arm },
  'Cortex-A72': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a72', source: arm },
  'Cortex-A73': { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a73', source: arm },
  Denver2: { macsPerCycle: { int8: 8, fp32: 4 }, family: 'cortex-a57', source: arm },
  Carmel: { macsPerCycle: { int8: 16, fp16: 16, fp32: 8 }, family: 'carmel', source: arm },
  // with dot product and half precision
  'Cortex-A55': { macsPerCycle: { int8: 16, fp16: 8, fp32: 4 }, family: 'cortex-a55', source: arm },
  'Cortex-A65': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a65', source: arm },
  'Cortex-A65 class': { macsPerCycle: { int8: 16, fp16: 8, fp32: 4 }, family: 'cortex-a65', source: arm },
  'Cortex-A76': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a76', source: arm },
  'Cortex-A77': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a77', source: arm },
  'Cortex-A78': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a78', source: arm },
  'Cortex-A78AE': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'cortex-a78', source: arm },
  'Cortex-X1': { macsPerCycle: { int8: 64, fp16: 32, fp32: 16 }, family: 'cortex-x1', source: arm },
  'Neoverse N1': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'neoverse-n1', source: instances },
  // with 8-bit matrix multiply
  'Cortex-A510': { macsPerCycle: { int8: 32, fp16: 8, fp32: 4 }, source: arm },
  'Cortex-A520': { macsPerCycle: { int8: 32, fp16: 8, fp32: 4 }, source: arm },
  'Cortex-A710': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, source: arm },
  'Cortex-A715': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, source: arm },
  'Cortex-A720': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, family: 'cortex-a720', source: arm },
  'Cortex-A725': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, source: arm },
  'Cortex-X2': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'cortex-x2', source: arm },
  'Cortex-X3': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'cortex-x3', source: arm },
  'Cortex-X4': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'cortex-x4', source: arm },
  'Cortex-X925': { macsPerCycle: { int8: 192, fp16: 48, fp32: 24 }, family: 'cortex-x925', source: arm },
  Oryon: { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'oryon', source: arm },
  'Neoverse V3AE': { macsPerCycle: { int8: 128, fp16: 32, fp32: 16 }, family: 'neoverse-v3', source: arm },
  'Neoverse V1': {
    macsPerCycle: { int8: 128, bf16: 64, fp16: 32, fp32: 16 },
    family: 'neoverse-v1',
    source: instances,
  },
  'Neoverse V2': {
    macsPerCycle: { int8: 128, bf16: 64, fp16: 32, fp32: 16 },
    family: 'neoverse-v2',
    source: instances,
  },
  // Apple: NEON pipes only, the matrix unit is not counted
  Vortex: { macsPerCycle: { int8: 24, fp16: 24, fp32: 12 }, family: 'apple-cpu', source: apple },
  Tempest: { macsPerCycle: { int8: 16, fp16: 16, fp32: 8 }, family: 'apple-cpu', source: apple },
  Lightning: { macsPerCycle: { int8: 48, fp16: 24, fp32: 12 }, family: 'apple-cpu', source: apple },
  Thunder: { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'apple-cpu', source: apple },
  Firestorm: { macsPerCycle: { int8: 64, fp16: 32, fp32: 16 }, family: 'apple-cpu', source: apple },
  Icestorm: { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'apple-cpu', source: apple },
  'Avalanche (A15)': { macsPerCycle: { int8: 64, fp16: 32, fp32: 16 }, family: 'apple-cpu', source: apple },
  'Blizzard (A15)': { macsPerCycle: { int8: 32, fp16: 16, fp32: 8 }, family: 'apple-cpu', source: apple },
  'Apple P-core with I8MM': {
    macsPerCycle: { int8: 128, fp16: 32, fp32: 16 },
    family: 'apple-cpu-i8mm',
    source: apple,
  },
  'Apple E-core with I8MM': { macsPerCycle: { int8: 64, fp16: 16, fp32: 8 }, family: 'apple-cpu-i8mm', source: apple },
  // x86
  'Redwood Cove': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'redwood-cove', source: x86 },
  Crestmont: { macsPerCycle: { int8: 32, fp32: 8 }, source: x86 },
  'Lion Cove': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'lion-cove', source: x86 },
  Skymont: { macsPerCycle: { int8: 64, fp32: 16 }, source: x86 },
  'Zen 3': { macsPerCycle: { int8: 32, fp32: 16 }, family: 'zen-3', source: instances },
  'Zen 4': { macsPerCycle: { int8: 64, bf16: 32, fp32: 16 }, family: 'zen-4', source: x86 },
  'Zen 5 mobile': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'zen-5', source: x86 },
  'Zen 5': { macsPerCycle: { int8: 128, fp32: 32 }, family: 'zen-5', source: x86 },
  'Cascade Lake': { macsPerCycle: { int8: 128, fp32: 32 }, family: 'cascade-lake', source: instances },
  'Sapphire Rapids': {
    macsPerCycle: { int8: 1024, bf16: 512, fp16: 64, fp32: 32 },
    family: 'sapphire-rapids',
    source: instances,
  },
  // one hardware thread of two
  'Cascade Lake thread': { macsPerCycle: { int8: 64, fp32: 16 }, family: 'cascade-lake', source: instances },
  'Sapphire Rapids thread': {
    macsPerCycle: { int8: 512, bf16: 256, fp32: 16 },
    family: 'sapphire-rapids',
    source: instances,
  },
  'Zen 3 thread': { macsPerCycle: { int8: 16, fp32: 8 }, family: 'zen-3', source: instances },
  'AVX2 thread': { macsPerCycle: { int8: 16, fp32: 8 }, family: 'avx2', source: instances },
  // microcontrollers; where fp32 is missing it goes through a scalar FPU or software at an unpublished rate
  'Cortex-M0+': { macsPerCycle: { int8: 0.5 }, family: 'cortex-m0plus', source: mcu },
  'Cortex-M4': { macsPerCycle: { int8: 2, fp32: scalarFpu }, family: 'cortex-m4', source: mcu },
  'Cortex-M7': { macsPerCycle: { int8: 2 }, family: 'cortex-m7', source: mcu },
  'Cortex-M33': { macsPerCycle: { int8: 2 }, family: 'cortex-m33', source: mcu },
  'Cortex-M55': { macsPerCycle: { int8: 8, fp16: 4, fp32: 2 }, family: 'cortex-m55', source: mcu },
  'Cortex-M85': { macsPerCycle: { int8: 8, fp16: 4, fp32: 2 }, family: 'cortex-m85', source: mcu },
  'Xtensa LX6': { macsPerCycle: { int8: 0.5 }, family: 'xtensa-lx6', source: mcu },
  'Xtensa LX7': { macsPerCycle: { int8: 16 }, family: 'xtensa-lx7', source: mcu },
  'ESP32-P4 core': { macsPerCycle: { int8: 16 }, family: 'esp32-p4', source: mcu },
  RI5CY: { macsPerCycle: { int8: 4 }, family: 'ri5cy', source: mcu },
  C906: { macsPerCycle: { int8: 8, fp32: 4 }, family: 'c906', source: arm },
  // 128-bit WebAssembly SIMD on whatever is below it
  'WASM SIMD': { macsPerCycle: { int8: lanes(8), fp32: lanes(4) }, family: 'wasm-simd', source: wasm },
  'WASM SIMD, wide core': { macsPerCycle: { int8: lanes(16), fp32: lanes(8) }, family: 'wasm-simd', source: wasm },
} as const satisfies Record<string, CoreRates>

export type CpuCore = keyof typeof rates

export const cpuCores: Readonly<Record<CpuCore, CoreRates>> = rates
