/** How the time of a prediction is shared out, and the sentences and figures that charts draw from it. */
import type { Bound, KernelResult, Prediction } from '../../../simulator/predict/prediction.ts'

export const boundOrder = ['compute', 'memory', 'link', 'overhead'] as const satisfies readonly Bound[]

/** A kernel on the time axis, in ms from the start of an inference. */
export interface TimedKernel {
  readonly index: number
  readonly kernel: KernelResult
  readonly fromMs: number
  readonly toMs: number
}

export interface TimeShares {
  readonly timed: readonly TimedKernel[]
  /** What one inference costs besides its kernels: start, and moving inputs and outputs. */
  readonly startMs: number
  readonly totalMs: number
  /** Kernels and start, by what bounds them. */
  readonly byBoundMs: Readonly<Record<Bound, number>>
}

/** Kernels one after another behind the fixed part; they end at the median latency. */
export function timeShares({ kernels, latencyMs }: Prediction): TimeShares {
  const kernelsMs = kernels.reduce((sum, kernel) => sum + kernel.timeMs, 0)
  const totalMs = latencyMs.availability === 'available' ? latencyMs.p50 : kernelsMs
  const startMs = Math.max(0, totalMs - kernelsMs)
  const byBoundMs: Record<Bound, number> = { compute: 0, memory: 0, link: 0, overhead: startMs }
  const timed: TimedKernel[] = []
  let atMs = startMs
  for (const [index, kernel] of kernels.entries()) {
    timed.push({ index, kernel, fromMs: atMs, toMs: atMs + kernel.timeMs })
    atMs += kernel.timeMs
    byBoundMs[kernel.bound] += kernel.timeMs
  }
  return { timed, startMs, totalMs, byBoundMs }
}

/** All bytes that a kernel reads and writes, each once. */
export function movedBytes({ weightBytes, inputBytes, outputBytes }: KernelResult): number {
  return weightBytes + inputBytes + outputBytes
}

/** Share of a kernel's time in which DRAM is busy for it. */
export function dramShare({ memoryMs, timeMs }: KernelResult): number {
  return timeMs > 0 ? Math.min(1, memoryMs / timeMs) : 0
}

/** DRAM bandwidth as far as software reaches it; `null` = not among the facts. */
export function reachedDramBytesPerS(prediction: Prediction): number | null {
  const stated = basisValue(prediction, 'powerMode.memoryBytesPerS') ?? basisValue(prediction, 'device.dramBytesPerS')
  const efficiency = basisValue(prediction, 'law.bandwidthEfficiency')
  return stated === null || efficiency === null ? null : stated * efficiency
}

/** Value of a fact that the prediction rests on; `null` = not among them. */
function basisValue({ basis }: Prediction, field: string): number | null {
  return basis.find((fact) => fact.field === field)?.value ?? null
}
