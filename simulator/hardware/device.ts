/**
 * A device as the simulator sees it. The catalog builds these; a user's own board needs no registration.
 *
 * Every number is a `Fact` with its status and sources; `null` = not known. Nothing missing counts as zero.
 */
import type { Arithmetic, PrecisionId } from '../graph/precision.ts'
import type { Runtime } from './runtime.ts'

/** `vendor`: seen in the vendor's text; `recalled`: quoted of it from memory, and seen there by nobody. */
export const factStatuses = ['measured', 'vendor', 'recalled', 'derived', 'assumed'] as const
export type FactStatus = (typeof factStatuses)[number]

export interface Fact {
  readonly value: number
  readonly status: FactStatus
  /** Ids in the bibliography of the catalog. */
  readonly sourceIds: readonly string[]
}

export const segments = [
  'phone',
  'laptop',
  'embedded',
  'automotive',
  'mcu',
  'cloud',
  'edge-server',
  'browser',
  'serverless',
  'research',
] as const
export type Segment = (typeof segments)[number]

/** Which latency law and efficiency table a unit follows; finer than `unit.id`, coarser than a product. */
export const unitKinds = [
  'cpu-simd',
  'gpu',
  'npu', // tiled NPU with local memory
  'hexagon-htp',
  'apple-neural-engine',
  'edge-tpu',
  'dataflow', // Hailo-like
  'systolic', // datacenter TPU, NeuronCore
  'dsp',
  'fpga-dpu',
  'ethos-u',
  'mcu-cpu',
  'mcu-npu',
  'wasm-simd',
  'compute-in-memory',
] as const
export type UnitKind = (typeof unitKinds)[number]

/** Same cores at the same clock; a CPU is a list of clusters. */
export interface CpuCluster {
  readonly core: string
  /** Runs instructions in the order of the program; `null` = not known. */
  readonly inOrder: boolean | null
  readonly cores: number
  readonly clockHz: Fact | null
  /** Dense MACs per cycle of one core. */
  readonly macsPerCycle: Partial<Readonly<Record<Arithmetic, Fact>>>
}

/** One model runs on `perModel` of `total` cores; several models, or several inputs in flight, fill the others. */
interface UnitCores {
  readonly total: Fact
  readonly perModel: Fact
}

/** Cycles of a microcontroller core for one MAC, by kernel (docs/method/mcu.md, MCU-1). */
export interface CyclesPerMac {
  readonly convolution: number
  readonly depthwise: number
  readonly fullyConnected: number
  /** Factor for fp32. */
  readonly float: number
}

/** A runtime that can drive a unit, with the precisions it executes there, preferred first. */
export interface UnitRuntime extends Runtime {
  readonly precisions: readonly PrecisionId[]
}

export interface ComputeUnit {
  /** Unique on the device: cpu, gpu, npu, tpu, imc. */
  readonly id: string
  readonly kind: UnitKind
  readonly architecture: string
  /** Silicon family for sharing facts and calibration: 'hexagon-v75', 'ampere', 'cortex-m4'. */
  readonly family: string
  readonly clockHz: Fact | null
  /** Dense peak of the whole unit, MAC/s, by arithmetic. Sparse peaks never appear here. */
  readonly peakMacsPerS: Partial<Readonly<Record<Arithmetic, Fact>>>
  readonly clusters: readonly CpuCluster[]
  readonly onchipBytes: Fact | null
  /** Equal cores that peak and on-chip memory count together; `null` = one, or all of them work on one model. */
  readonly cores: UnitCores | null
  /** Items of a batch that a run works on side by side, each on its share of the unit; `null` = one after the other. */
  readonly batchLanes: Fact | null
  /** Dimension widths the hardware works in: output channels, input channels; `null` = the kind's default. */
  readonly alignment: { readonly outputChannels: number; readonly inputChannels: number } | null
  /** Of the runtimes' optimised 8-bit kernels on a core that fetches instructions; `null` = not known, or another unit. */
  readonly cyclesPerMac: CyclesPerMac | null
  /** Libraries round the operands of fp32 products to TF32 unless told not to. */
  readonly roundsToTf32: boolean
  /** Preferred first. */
  readonly runtimes: readonly UnitRuntime[]
  /** Power of the unit under load, where published apart from the device's. */
  readonly activeW: Fact | null
  readonly processNm: Fact | null
}

/** How bytes reach a unit that has no DRAM of its own: USB stick, PCIe card. `null` on the device = on-die. */
interface Link {
  readonly kind: string
  readonly bytesPerS: Fact | null
}

/** Clocks of one power mode as shares of the shipped clocks; `null` share = not stated. */
export interface PowerMode {
  readonly id: string
  readonly budgetW: Fact | null
  readonly cpuCores: number | null
  readonly cpuClockHz: Fact | null
  readonly gpuClockHz: Fact | null
  readonly npuClockHz: Fact | null
  readonly memoryBytesPerS: Fact | null
  /** Share of the GPU's processor clusters that stay on, (0, 1]. */
  readonly gpuShare: Fact | null
  /** Of the board; matters where the chip regulates linearly. */
  readonly supplyV: Fact | null
}

export interface Device {
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly chip: string
  /** Die that the chip is cut from; parts sold under several names share it. */
  readonly silicon: string
  readonly segment: Segment
  /** Preferred unit first. */
  readonly units: readonly ComputeUnit[]
  readonly dramBytes: Fact | null
  readonly dramBytesPerS: Fact | null
  /** Non-volatile memory for weights on microcontrollers. */
  readonly flashBytes: Fact | null
  readonly link: Link | null
  /** The mode the device ships in comes first; empty = one mode, not described. */
  readonly powerModes: readonly PowerMode[]
  readonly tdpW: Fact | null
  readonly idleW: Fact | null
  /** Supply that `tdpW` holds at, on chips with a linear regulator: they draw the same current at any supply. */
  readonly linearSupplyV: Fact | null
  readonly priceUsd: Fact | null
  readonly pricePerHourUsd: Fact | null
  readonly releaseYear: number | null
}
