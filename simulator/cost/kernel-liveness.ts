/**
 * Activation bytes that must exist while each kernel runs (docs/method/memory.md, MEM-3): lifetimes over kernels, in
 * the precision that runs. Values inside a fused kernel never exist, a view is what it views, and what is written into a
 * concatenation in place lives in it. Caches of keys and values outlive the run and are counted apart.
 */
import { type Lifetimes, lifetimesOf } from '../graph/lifetimes.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary, TensorRole } from '../graph/summary.ts'
import type { Dataflow } from './dataflow.ts'
import type { Kernel } from './kernel.ts'
import { statesOf } from './liveness.ts'
import { tensorBytes } from './operand-bytes.ts'

export function kernelLiveness(
  kernels: readonly Kernel[],
  summary: GraphSummary,
  precision: PrecisionId,
  { storage, cache }: Dataflow,
): Lifetimes {
  const { tensors } = summary
  const withRole = (role: TensorRole): number[] =>
    tensors.flatMap((tensor, index) => (tensor.role === role ? index : []))
  const states = statesOf(summary)
  return lifetimesOf(kernels, {
    sizesBytes: tensors.map((tensor, index) => (cache.isCache[index] === 1 ? 0 : tensorBytes(tensor, precision))),
    inputs: [...withRole('input'), ...states],
    outputs: [...withRole('output'), ...states],
    owner: [...storage],
  })
}
