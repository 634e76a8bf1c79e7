/**
 * A model as hardware sees it: kernels with counted work, in one precision, fusion profile and batch.
 *
 * Fusing costs more than timing, so a caller that asks about many devices makes one `Workloads` and passes it along.
 */
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary } from '../graph/summary.ts'
import { traceDataflow } from './dataflow.ts'
import { fuse } from './fuse.ts'
import type { FusionProfile } from './fusion-profiles.ts'
import { type Kernel, kernelBytes, scaleBatch } from './kernel.ts'
import { kernelLiveness } from './kernel-liveness.ts'
import { type KvCache, kvCacheBytes } from './kv-cache.ts'
import { elementCount, tensorBytes } from './operand-bytes.ts'
import { countParameters, storedWeightBytes } from './weights.ts'

export interface Workload {
  readonly summary: GraphSummary
  readonly precision: PrecisionId
  readonly fusionProfile: FusionProfile
  readonly batch: number
  readonly kernels: readonly Kernel[]
  /** Sums over `kernels`; unknown work is left out here and lowers `coverage`. */
  readonly totals: WorkTotals
  /** Constants stored once. */
  readonly weightBytes: number
  /** Graph inputs and outputs of one run; caches of attention stay on the device. */
  readonly boundaryBytes: number
  /** Keys and values that attention keeps for the next run, those of this run included; 0 = it keeps none. */
  readonly kvCacheBytes: number
  /** The run fills caches that were empty: a language model reads a prompt. */
  readonly startsSequence: boolean
  /** Numbers that leave the graph, caches apart: the logits of a language model. */
  readonly resultElements: number
  /** Activation bytes while each kernel runs. */
  readonly liveBytes: readonly number[]
  readonly peakActivationBytes: number
  readonly peakKernel: number | null
  /** Share of operators whose work is known. */
  readonly coverage: number
  /** Operator types whose work is not known, each once. */
  readonly unknownOperators: readonly string[]
}

export interface WorkTotals {
  readonly macs: number
  readonly vectorOps: number
  readonly parameters: number
  /** Bytes in and out of all kernels when every operand moves once. */
  readonly trafficBytes: number
}

/** The workloads of one model, made on first use and kept; flat memory: one entry per precision, profile and batch. */
export interface Workloads {
  readonly summary: GraphSummary
  get(precision: PrecisionId, profile: FusionProfile, batch: number): Workload
}

export function makeWorkloads(summary: GraphSummary): Workloads {
  const made = new Map<string, Workload>()
  return {
    summary,
    get(precision, profile, batch) {
      const key = `${precision}|${profile.id}|${batch}`
      const known = made.get(key)
      if (known !== undefined) return known
      const workload = countWork(summary, precision, profile, batch)
      made.set(key, workload)
      return workload
    },
  }
}

/** Fuses, scales to `batch` items and adds up. */
export function countWork(
  summary: GraphSummary,
  precision: PrecisionId,
  profile: FusionProfile,
  batch: number,
): Workload {
  const factor = batch / summary.batch
  const flow = traceDataflow(summary, profile)
  const fused = fuse(summary, precision, profile, flow)
  const kernels = fused.map((kernel) => scaleBatch(kernel, factor))
  let macs = 0
  let vectorOps = 0
  let trafficBytes = 0
  for (const kernel of kernels) {
    macs += kernel.macs ?? 0
    vectorOps += kernel.vectorOps ?? 0
    trafficBytes += kernelBytes(kernel)
  }
  const liveness = kernelLiveness(kernels, summary, precision, flow)
  const unknown = summary.operators.filter(({ macs, vectorOps }) => macs === null || vectorOps === null)
  const operators = summary.operators.length
  return {
    summary,
    precision,
    fusionProfile: profile,
    batch,
    kernels,
    totals: { macs, vectorOps, parameters: countParameters(summary), trafficBytes },
    weightBytes: storedWeightBytes(summary, precision),
    boundaryBytes: boundaryBytes(summary, precision, flow.cache) * factor,
    kvCacheBytes: kvCacheBytes(summary, flow.cache, precision) * factor,
    startsSequence: startsSequence(summary, flow.cache),
    resultElements: resultElements(summary, flow.cache) * factor,
    liveBytes: liveness.liveBytes.map((live) => live * factor),
    peakActivationBytes: liveness.peakBytes * factor,
    peakKernel: liveness.peakStep,
    coverage: operators === 0 ? 1 : (operators - unknown.length) / operators,
    unknownOperators: [...new Set(unknown.map(({ op }) => op))],
  }
}

/** Reads a prompt: leaves a cache and was given none. */
export function startsSequence({ tensors }: GraphSummary, { isCache }: KvCache): boolean {
  return isCache.includes(1) && tensors.every(({ role }, index) => role !== 'input' || isCache[index] === 0)
}

function resultElements({ tensors }: GraphSummary, { isCache }: KvCache): number {
  let total = 0
  tensors.forEach(({ role, shape }, index) => {
    if (role === 'output' && isCache[index] === 0) total += elementCount(shape)
  })
  return total
}

function boundaryBytes(summary: GraphSummary, precision: PrecisionId, { isCache }: KvCache): number {
  let total = 0
  summary.tensors.forEach((tensor, index) => {
    if (tensor.role !== 'activation' && isCache[index] === 0) total += tensorBytes(tensor, precision)
  })
  return total
}
