/** What is written down for a device: published units, exceptions marked with the helpers of `facts.ts`. */
import type { Arithmetic, PrecisionId } from '../simulator/graph/precision.ts'
import type { Segment, UnitKind } from '../simulator/hardware/device.ts'
import type { CpuCore } from './cpu-cores.ts'
import type { Num } from './facts.ts'
import type { RuntimeId } from './runtimes/index.ts'
import type { SourceId } from './sources.ts'
import type { Family, Lifecycle, UnitId } from './vocabulary.ts'

/** Runtimes of a unit, preferred first, each with the precisions it executes there, preferred first. */
export type RuntimeTable = Partial<Readonly<Record<RuntimeId, readonly PrecisionId[]>>>

export type Rates = Partial<Readonly<Record<Arithmetic, Num>>>

export interface UnitSpec {
  readonly id: UnitId
  readonly kind: UnitKind
  readonly family: Family
  readonly architecture: string
  /** Where the numbers of this unit come from; default: the device's. */
  readonly sources?: readonly SourceId[]
  /** A CPU that states clusters needs no clock of its own. */
  readonly clockMhz?: Num
  /** Dense MACs per cycle of the whole unit. */
  readonly macsPerCycle?: Rates
  /** Dense peak of the whole unit: TOPS for integers, TFLOPS for floats. A CPU's follows from its clusters. */
  readonly denseTops?: Rates
  /** The silicon can skip 2:4 zeros. */
  readonly structuredSparsity?: boolean
  readonly clusters?: readonly ClusterSpec[]
  /** Equal cores that the figures of the unit count together, and how many of them one model runs on. */
  readonly cores?: { readonly total: Num; readonly perModel: Num }
  /** Items of a batch that a run works on side by side. */
  readonly batchLanes?: Num
  readonly onchipKib?: Num
  readonly cacheKib?: Num
  readonly alignment?: { readonly outputChannels: Num; readonly inputChannels: Num }
  readonly activeW?: Num
  readonly processNm?: Num
  readonly runtimes: RuntimeTable
  readonly note?: string
}

export interface ClusterSpec {
  readonly core: CpuCore
  readonly cores: Num
  readonly clockMhz: Num
}

export interface PowerModeSpec {
  readonly id: string
  readonly sources: readonly SourceId[]
  readonly budgetW?: Num
  readonly cpuCores?: Num
  readonly cpuMhz?: Num
  readonly gpuMhz?: Num
  readonly npuMhz?: Num
  /** Clock of the memory controller; the bandwidth follows with two transfers per cycle over the device's bus. */
  readonly memoryMhz?: Num
  readonly gpuClusters?: Num
  readonly note?: string
}

export interface DeviceSpec {
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly chip: string
  /** Die, where several devices are built on it; default: one of its own. */
  readonly silicon?: string
  readonly segment: Segment
  readonly lifecycle?: Lifecycle
  /** Default for every number of the entry. */
  readonly sources: readonly SourceId[]
  /** Default for every unit. */
  readonly processNm?: Num
  /** Preferred unit first. */
  readonly units: readonly UnitSpec[]
  readonly dram?: { readonly type: string; readonly busBits?: number; readonly gib?: Num; readonly gbPerS?: Num }
  readonly flashKib?: Num
  readonly link?: { readonly kind: string; readonly gbPerS?: Num }
  /** Processor clusters of the GPU; power modes switch some of them off. */
  readonly gpuClusters?: number
  /** The mode the device ships in first. */
  readonly powerModes?: readonly PowerModeSpec[]
  readonly tdpW?: Num
  readonly idleW?: Num
  /** Of the stated power, on chips with a linear regulator: power follows the supply. */
  readonly linearSupplyV?: Num
  readonly priceUsd?: Num
  readonly pricePerHourUsd?: Num
  readonly releaseYear?: Num
  readonly note?: string
}
