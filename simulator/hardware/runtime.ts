/**
 * A runtime as the simulator sees it. The catalog builds these, one for each id; what a field costs or saves is in
 * docs/method.
 */
import type { FusionProfile } from '../cost/fusion-profiles.ts'
import type { NetworkKind } from '../cost/network-kind.ts'
import { bytesFromKib } from '../quantities.ts'
import type { Segment, UnitKind } from './device.ts'
import type { HostTimes } from './parameters.ts'
import type { SparsityRule } from './sparsity-rule.ts'
import type { SupportTable } from './support-table.ts'

export interface Runtime {
  readonly id: string
  readonly name: string
  readonly fusionProfile: FusionProfile
  /** Resident size of library and context before any model; `null` = not known. */
  readonly baseBytes: number | null
  /** 3×3 stride-1 convolutions in floating point run as Winograd F(2,3): 2.25 times fewer multiplies. */
  readonly winograd: boolean
  readonly packedProducts: PackedProducts
  /** Attention is two products with a softmax between them, and the scores are in memory from one to the next. */
  readonly storesScores: boolean
  /** Unless told a number of threads the pool has one for every core, little ones too, and pins none (CPU-2). */
  readonly threadsOnEveryCore: boolean
  /** Convolutions over time as well run on the vector unit of a tiled NPU (docs/method/npu.md, NPU-3). */
  readonly volumesOnVectors: boolean
  /** What differs from the kind's own constants (docs/method/latency.md, LAT-2 and LAT-3). */
  readonly overheads: Partial<Readonly<Record<UnitKind, RuntimeOverheads>>>
  /** What its accelerators execute; none = everything. */
  readonly support: readonly SupportTable[]
  /** What it does to a network before the first run; `null` = not known. */
  readonly preparation: 'ahead-of-time' | 'packs-weights' | null
  /** Kinds of units that it compiles for wherever they are built in, listed there or not. */
  readonly portableTo: readonly UnitKind[]
  readonly sparsityRules: readonly SparsityRule[]
  /** The only kind of network that it is made for; `null` = any. */
  readonly takes: NetworkKind | null
  readonly minimalFiltering: MinimalFiltering
  /** fp32 graphs are computed in fp16 where the unit has it. */
  readonly halvesFloats: boolean
}

/**
 * Where packed weights are multiplied by integer dot products, with activations quantized on the way (LM-7). `none`: they
 * are unpacked into floating point first. `few-rows`: products of few rows multiply integers; those of many keep the peak
 * of floating point, and unpacking is a sixteenth for both, prompts too. `all`: the peak is that of 8-bit integers as well.
 */
export const packedProducts = ['none', 'few-rows', 'all'] as const
export type PackedProducts = (typeof packedProducts)[number]

export interface RuntimeOverheads {
  readonly perKernelS?: number
  readonly perInferenceS?: number
  readonly host?: HostTimes
  /** Share of the kind's efficiency that its kernels reach; 1 = the vendor's own library. */
  readonly reach?: number
  readonly bytesPerCoreCycle?: number
}

/** Multiplies that its fastest published kernels leave of a 3×3 stride-1 convolution (Lavin & Gray 2016). */
export interface MinimalFiltering {
  readonly floatShare: number
  readonly integerShare: number
}

export function takesNetwork({ takes }: Runtime, network: NetworkKind): boolean {
  return takes === null || takes === network
}

/** Library of an interpreter on a microcontroller **(default)**. */
const microBuildBytes = bytesFromKib(24)

/** On a microcontroller a runtime is its micro build: it fuses alike, and its library is an interpreter of some KiB. */
export function builtFor(runtime: Runtime, segment: Segment): Runtime {
  return segment === 'mcu' && runtime.baseBytes !== null ? { ...runtime, baseBytes: microBuildBytes } : runtime
}

export type RuntimeById = ReadonlyMap<string, Runtime>
