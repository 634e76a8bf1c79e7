/** Figures of kernels that several charts draw. */
import type { Bound, KernelResult, Prediction } from '../../../simulator/predict/prediction.ts'

export const boundOrder = ['compute', 'memory', 'link', 'overhead'] as const satisfies readonly Bound[]

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
