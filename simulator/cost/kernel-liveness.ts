/**
 * Activation bytes that must exist while each kernel runs (docs/method/memory.md, MEM-3): lifetimes over kernels, in
 * the precision that runs. Values inside a fused kernel never exist, and a view is what it views.
 */
import { type Lifetimes, lifetimesOf, ownBytes } from '../graph/lifetimes.ts'
import type { PrecisionId } from '../graph/precision.ts'
import type { GraphSummary, TensorRole } from '../graph/summary.ts'
import type { Kernel } from './kernel.ts'
import { tensorBytes } from './operand-bytes.ts'

export function kernelLiveness(kernels: readonly Kernel[], summary: GraphSummary, precision: PrecisionId): Lifetimes {
  const { tensors } = summary
  const withRole = (role: TensorRole): number[] =>
    tensors.flatMap((tensor, index) => (tensor.role === role ? index : []))
  return lifetimesOf(kernels, {
    sizesBytes: tensors.map((tensor) => tensorBytes(tensor, precision)),
    inputs: withRole('input'),
    outputs: withRole('output'),
    owner: ownBytes(tensors.length),
  })
}
