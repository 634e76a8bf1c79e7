/**
 * ComputeUnitModel: how one family of hardware times kernels; one file per family, one contract suite.
 *
 * Rules: `time` fills every kernel's row of `out` and allocates nothing per kernel; terms are never negative or NaN;
 * totals are at least the roofline of the same terms; more clock, bandwidth or cores never costs time. A model sees
 * the whole run of kernels, so caches, contexts and cascades across kernels are its own business, and a placement can
 * hand it any part of a network.
 */
import type { Kernel } from '../cost/kernel.ts'
import type { UtilisationLoss } from './alignment.ts'
import type { LawParameters } from './parameters.ts'
import type { Rates } from './rates.ts'
import type { Runtime } from './runtime.ts'
import type { Target } from './target.ts'

/** What a run of kernels is timed with. */
export interface UnitContext {
  readonly target: Target
  readonly rates: Rates
  readonly parameters: LawParameters
  readonly traits: Runtime
  readonly batch: number
  /** Constants of the model, stored once. */
  readonly weightBytes: number
  /** What enters and leaves the graph in one run. */
  readonly boundaryBytes: number
  /** A language model reads a prompt. */
  readonly startsSequence: boolean
}

/** One row per kernel; seconds and bytes. */
export interface KernelTimes {
  readonly computeS: Float64Array
  readonly memoryS: Float64Array
  readonly linkS: Float64Array
  readonly overheadS: Float64Array
  readonly totalS: Float64Array
  readonly dramBytes: Float64Array
  readonly onchipBytes: Float64Array
  readonly linkBytes: Float64Array
}

/** What a run costs beside its kernels. */
export interface RunTimes {
  /** Once per run: invocation, synchronisation. */
  readonly overheadS: number
  /** Once per run: inputs and outputs over the host link. */
  readonly linkS: number
  readonly linkBytes: number
  /** Time between two finished runs where several are in flight; `null` = one at a time. */
  readonly intervalS: number | null
}

export interface ComputeUnitModel {
  readonly name: string
  /** Id in docs/method of its compute term. */
  readonly formula: string
  time(kernels: readonly Kernel[], context: UnitContext, out: KernelTimes): RunTimes
  /** Why a kernel does not reach the peak, in words an engineer acts on. */
  losses(kernel: Kernel, context: UnitContext): UtilisationLoss[]
}

/** All columns share one buffer: one allocation for a run. */
export function makeKernelTimes(kernels: number): KernelTimes {
  const columns = 8
  const columnBytes = kernels * Float64Array.BYTES_PER_ELEMENT
  const buffer = new ArrayBuffer(columns * columnBytes)
  const column = (index: number): Float64Array => new Float64Array(buffer, index * columnBytes, kernels)
  return {
    computeS: column(0),
    memoryS: column(1),
    linkS: column(2),
    overheadS: column(3),
    totalS: column(4),
    dramBytes: column(5),
    onchipBytes: column(6),
    linkBytes: column(7),
  }
}
