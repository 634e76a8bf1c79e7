/**
 * Activation bytes that must exist while each kernel runs (docs/method/memory.md, MEM-3).
 *
 * A graph input lives until its last reader, a graph output to the end, everything else from the kernel that writes it
 * to the last that reads it; inputs and outputs of a kernel live together. Values inside a fused kernel never exist.
 */
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary } from '../graph/summary.ts'
import type { Kernel } from './kernel.ts'
import { tensorBytes } from './operand-bytes.ts'

export interface KernelLiveness {
  /** One per kernel. */
  readonly liveBytes: Float64Array
  readonly peakBytes: number
  /** Index of the first kernel at the peak; `null` without kernels. */
  readonly peakKernel: number | null
}

/** O(kernels + edges): lifetimes become differences that a running sum turns into live bytes. */
export function kernelLiveness(
  kernels: readonly Kernel[],
  summary: GraphSummary,
  precision: PrecisionId,
): KernelLiveness {
  const count = kernels.length
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  kernels.forEach(({ reads, writes }, index) => {
    for (const tensor of reads) {
      if (!first.has(tensor)) first.set(tensor, 0)
      last.set(tensor, index)
    }
    for (const tensor of writes) {
      if (!first.has(tensor)) first.set(tensor, index)
      last.set(tensor, Math.max(last.get(tensor) ?? 0, index))
    }
  })
  const change = new Float64Array(count + 1)
  for (const [tensor, start] of first) {
    const described = summary.tensors[tensor]
    if (described === undefined) continue
    const size = tensorBytes(described, precision)
    const end = described.role === 'output' ? count - 1 : (last.get(tensor) ?? start)
    change[start] = (change[start] ?? 0) + size
    change[end + 1] = (change[end + 1] ?? 0) - size
  }
  const liveBytes = new Float64Array(count)
  let live = 0
  let peakBytes = 0
  let peakKernel: number | null = count > 0 ? 0 : null
  for (let i = 0; i < count; i++) {
    live += change[i] ?? 0
    liveBytes[i] = live
    if (live > peakBytes) {
      peakBytes = live
      peakKernel = i
    }
  }
  return { liveBytes, peakBytes, peakKernel }
}
