/**
 * Dense MACs per cycle of one CPU core: SIMD pipes × lanes, with the dot-product and matrix instructions it has.
 *
 * Ceilings from the instruction sets, not measurements. A missing arithmetic means the core has no instructions for
 * it that beat the next wider one.
 */
import type { Arithmetic } from '../simulator/graph/precision.ts'
import type { SourceId } from './sources.ts'

type CoreRates = Partial<Readonly<Record<Arithmetic, number>>> & { readonly source: SourceId }

const arm = 'arm-core-manuals'
const x86 = 'x86-core-manuals'
const apple = 'apple-core-figures'
const mcu = 'mcu-core-manuals'
const wasm = 'wasm-rates'
const instances = 'cloud-core-manuals'

export const cpuCores = {
  // NEON without dot product
  'Cortex-A7': { int8: 8, fp32: 4, source: arm },
  'Cortex-A35': { int8: 8, fp32: 4, source: arm },
  'Cortex-A53': { int8: 8, fp32: 4, source: arm },
  'Cortex-A57': { int8: 8, fp32: 4, source: arm },
  'Cortex-A72': { int8: 8, fp32: 4, source: arm },
  'Cortex-A73': { int8: 8, fp32: 4, source: arm },
  Denver2: { int8: 8, fp32: 4, source: arm },
  Carmel: { int8: 16, fp16: 16, fp32: 8, source: arm },
  // with dot product and half precision
  'Cortex-A55': { int8: 16, fp16: 8, fp32: 4, source: arm },
  'Cortex-A65': { int8: 32, fp16: 16, fp32: 8, source: arm },
  'Cortex-A65 class': { int8: 16, fp16: 8, fp32: 4, source: arm },
  'Cortex-A76': { int8: 32, fp16: 16, fp32: 8, source: arm },
  'Cortex-A77': { int8: 32, fp16: 16, fp32: 8, source: arm },
  'Cortex-A78': { int8: 32, fp16: 16, fp32: 8, source: arm },
  'Cortex-A78AE': { int8: 32, fp16: 16, fp32: 8, source: arm },
  'Cortex-X1': { int8: 64, fp16: 32, fp32: 16, source: arm },
  'Neoverse N1': { int8: 32, fp16: 16, fp32: 8, source: instances },
  // with 8-bit matrix multiply
  'Cortex-A510': { int8: 32, fp16: 8, fp32: 4, source: arm },
  'Cortex-A520': { int8: 32, fp16: 8, fp32: 4, source: arm },
  'Cortex-A710': { int8: 64, fp16: 16, fp32: 8, source: arm },
  'Cortex-A715': { int8: 64, fp16: 16, fp32: 8, source: arm },
  'Cortex-A720': { int8: 64, fp16: 16, fp32: 8, source: arm },
  'Cortex-A725': { int8: 64, fp16: 16, fp32: 8, source: arm },
  'Cortex-X2': { int8: 128, fp16: 32, fp32: 16, source: arm },
  'Cortex-X3': { int8: 128, fp16: 32, fp32: 16, source: arm },
  'Cortex-X4': { int8: 128, fp16: 32, fp32: 16, source: arm },
  'Cortex-X925': { int8: 192, fp16: 48, fp32: 24, source: arm },
  Oryon: { int8: 128, fp16: 32, fp32: 16, source: arm },
  'Neoverse V3AE': { int8: 128, fp16: 32, fp32: 16, source: arm },
  'Neoverse V1': { int8: 128, bf16: 64, fp16: 32, fp32: 16, source: instances },
  'Neoverse V2': { int8: 128, bf16: 64, fp16: 32, fp32: 16, source: instances },
  // Apple: NEON pipes only, the matrix unit is not counted
  Vortex: { int8: 24, fp16: 24, fp32: 12, source: apple },
  Tempest: { int8: 16, fp16: 16, fp32: 8, source: apple },
  Lightning: { int8: 48, fp16: 24, fp32: 12, source: apple },
  Thunder: { int8: 32, fp16: 16, fp32: 8, source: apple },
  Firestorm: { int8: 64, fp16: 32, fp32: 16, source: apple },
  Icestorm: { int8: 32, fp16: 16, fp32: 8, source: apple },
  'Avalanche (A15)': { int8: 64, fp16: 32, fp32: 16, source: apple },
  'Blizzard (A15)': { int8: 32, fp16: 16, fp32: 8, source: apple },
  'Apple P-core with I8MM': { int8: 128, fp16: 32, fp32: 16, source: apple },
  'Apple E-core with I8MM': { int8: 64, fp16: 16, fp32: 8, source: apple },
  // x86
  'Redwood Cove': { int8: 64, fp32: 16, source: x86 },
  Crestmont: { int8: 32, fp32: 8, source: x86 },
  'Lion Cove': { int8: 64, fp32: 16, source: x86 },
  Skymont: { int8: 64, fp32: 16, source: x86 },
  'Zen 3': { int8: 32, fp32: 16, source: instances },
  'Zen 4': { int8: 64, bf16: 32, fp32: 16, source: x86 },
  'Zen 5 mobile': { int8: 64, fp32: 16, source: x86 },
  'Zen 5': { int8: 128, fp32: 32, source: x86 },
  'Cascade Lake': { int8: 128, fp32: 32, source: instances },
  'Sapphire Rapids': { int8: 1024, bf16: 512, fp16: 64, fp32: 32, source: instances },
  // one hardware thread of two
  'Cascade Lake thread': { int8: 64, fp32: 16, source: instances },
  'Sapphire Rapids thread': { int8: 512, bf16: 256, fp32: 16, source: instances },
  'Zen 3 thread': { int8: 16, fp32: 8, source: instances },
  'AVX2 thread': { int8: 16, fp32: 8, source: instances },
  // microcontrollers; floats go through a scalar FPU or software and have no published rate
  'Cortex-M0+': { int8: 0.5, source: mcu },
  'Cortex-M4': { int8: 2, source: mcu },
  'Cortex-M7': { int8: 2, source: mcu },
  'Cortex-M33': { int8: 2, source: mcu },
  'Cortex-M55': { int8: 8, fp16: 4, source: mcu },
  'Cortex-M85': { int8: 8, fp16: 4, source: mcu },
  'Xtensa LX6': { int8: 0.5, source: mcu },
  'Xtensa LX7': { int8: 16, source: mcu },
  'ESP32-P4 core': { int8: 16, source: mcu },
  RI5CY: { int8: 4, source: mcu },
  C906: { int8: 8, fp32: 4, source: arm },
  // 128-bit WebAssembly SIMD on whatever is below it
  'WASM SIMD': { int8: 8, fp32: 4, source: wasm },
  'WASM SIMD, wide core': { int8: 16, fp32: 8, source: wasm },
} as const satisfies Record<string, CoreRates>

export type CpuCore = keyof typeof cpuCores
