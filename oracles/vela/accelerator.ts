/**
 * Ethos-U configurations as Vela 3.10 describes them to itself (docs/method/ethos-u.md, EUX-1): what the output stage
 * spends per element, how long dependent steps wait, and the memories beside it.
 *
 * Source: Vela 3.10 (commit a6f6566), derived from and checked against its own estimates (test/golden/vela.csv).
 */
import { type EthosUVariant, ethosUVariants } from '../../simulator/hardware/ethos-u-variants.ts'
import type { BlockType, MemoryArea } from './vocabulary.ts'

/** Cycles per output element, by what the output stage does. */
interface OutputCycles {
  /** 32-bit element operations with two inputs, with one. */
  readonly wideBinary: number
  readonly wideUnary: number
  readonly wideMul: number
  /** Any other multiplication, and products summed in 40 bits. */
  readonly mulOrWideSum: number
  readonly addSub: number
  readonly maxPool: number
  readonly other: number
  /** Activations: by table (sigmoid and tanh too), by clamping at zero. */
  readonly table: number
  readonly relu: number
}

export interface Accelerator extends EthosUVariant {
  readonly outputCycles: OutputCycles
  /** Cycles that a step waits for the one before on the same outputs, with 32-bit and with 40-bit sums. */
  readonly dependencyCycles: { readonly acc32: number; readonly acc40: number }
  /** 16-bit inputs of windows without weights take two passes. */
  readonly halvesWideInputs: boolean
}

const fastOutput: OutputCycles = {
  wideBinary: 0.625,
  wideUnary: 1.125,
  wideMul: 0.5,
  mulOrWideSum: 0.375,
  addSub: 0.75,
  maxPool: 0.125,
  other: 0.25,
  table: 1,
  relu: 0.25,
}

const u55Of32: Accelerator = {
  ...ethosUVariants['ethos-u55-32'],
  outputCycles: {
    wideBinary: 2,
    wideUnary: 3,
    wideMul: 3,
    mulOrWideSum: 3,
    addSub: 6,
    maxPool: 1,
    other: 2,
    table: 1,
    relu: 1,
  },
  dependencyCycles: { acc32: 3, acc40: 7 },
  halvesWideInputs: false,
}

const u55Of64: Accelerator = {
  ...ethosUVariants['ethos-u55-64'],
  outputCycles: {
    wideBinary: 1,
    wideUnary: 1.5,
    wideMul: 1.5,
    mulOrWideSum: 1.5,
    addSub: 3,
    maxPool: 0.5,
    other: 1,
    table: 1,
    relu: 1,
  },
  dependencyCycles: { acc32: 2, acc40: 3 },
  halvesWideInputs: true,
}

const u55Of128: Accelerator = {
  ...ethosUVariants['ethos-u55-128'],
  outputCycles: {
    wideBinary: 0.75,
    wideUnary: 1.25,
    wideMul: 0.75,
    mulOrWideSum: 0.75,
    addSub: 1.5,
    maxPool: 0.25,
    other: 0.5,
    table: 1,
    relu: 0.5,
  },
  dependencyCycles: { acc32: 2, acc40: 3 },
  halvesWideInputs: true,
}

const u55Of256: Accelerator = {
  ...ethosUVariants['ethos-u55-256'],
  outputCycles: fastOutput,
  dependencyCycles: { acc32: 2, acc40: 2 },
  halvesWideInputs: true,
}

/** Two cores share every block, and its output. */
const u65Of512: Accelerator = {
  ...u55Of256,
  ...ethosUVariants['ethos-u65-512'],
  outputCycles: {
    wideBinary: fastOutput.wideBinary / 2,
    wideUnary: fastOutput.wideUnary / 2,
    wideMul: fastOutput.wideMul / 2,
    mulOrWideSum: fastOutput.mulOrWideSum / 2,
    addSub: fastOutput.addSub / 2,
    maxPool: fastOutput.maxPool / 2,
    other: fastOutput.other / 2,
    table: fastOutput.table / 2,
    relu: fastOutput.relu / 2,
  },
}

export const accelerators: Readonly<Record<string, Accelerator>> = {
  'ethos-u55-32': u55Of32,
  'ethos-u55-64': u55Of64,
  'ethos-u55-128': u55Of128,
  'ethos-u55-256': u55Of256,
  'ethos-u65-256': u55Of256,
  'ethos-u65-512': u65Of512,
}

/** Bias, scale and shift of an output channel; they are stored with its weights. */
export const scaleBytes = 10

/** Largest window that one pass of the array takes, per side; larger ones are cut. */
export const largestWindow: Readonly<Record<BlockType, number>> = {
  ConvolutionMxN: 8,
  ConvolutionDepthWise: 8,
  Pooling: 8,
  VectorProduct: 1,
  ReduceSum: 8,
  ElementWise: 1,
  Dma: 1,
}

export interface Memory {
  readonly bytesPerCycle: number
  readonly burstBytes: number
  readonly readLatencyCycles: number
  readonly writeLatencyCycles: number
}

/** Memories of a system configuration. */
export interface MemorySystem {
  readonly sram: Memory
  /** The slower one, and what it is. */
  readonly backing: Memory & { readonly area: Exclude<MemoryArea, 'Sram' | 'OnChipFlash'> }
}

const sram = (portBytes: number): Memory => ({
  bytesPerCycle: portBytes,
  burstBytes: 32,
  readLatencyCycles: 32,
  writeLatencyCycles: 32,
})

const flash = (bytesPerCycle: number): MemorySystem['backing'] => ({
  area: 'OffChipFlash',
  bytesPerCycle,
  burstBytes: 128,
  readLatencyCycles: 64,
  writeLatencyCycles: 64,
})

/** Bytes per cycle = bytes of the port × clock of the memory over clock of the array. */
export const memorySystems: Readonly<Record<string, MemorySystem>> = {
  Ethos_U55_High_End_Embedded: { sram: sram(8), backing: flash(8 * 0.125) },
  Ethos_U55_Deep_Embedded: { sram: sram(8), backing: flash(8 * 0.0625) },
  Ethos_U65_High_End: {
    sram: sram(16),
    backing: {
      area: 'Dram',
      bytesPerCycle: 16 * 0.234375,
      burstBytes: 128,
      readLatencyCycles: 500,
      writeLatencyCycles: 250,
    },
  },
}
