/** The unit of cost: operators that one launch executes, with the work it asks for whatever the hardware. */
import type { Gemm, OperatorClass, Window } from '../graph/summary.ts'
import { type KernelShape, shapeOf } from './kernel-shape.ts'

export interface Kernel {
  /** Name of the operator that anchors the kernel. */
  readonly name: string
  /** Fused operators as indices into the summary, in execution order. */
  readonly operators: readonly number[]
  /** Class of the anchor. */
  readonly class: OperatorClass
  /** Indices into `kernelTraits` (`kernel-traits.ts`), the category first. */
  readonly traits: readonly number[]
  readonly shape: KernelShape
  /** `null` = not known, never 0. */
  readonly macs: number | null
  readonly vectorOps: number | null
  /** Constants read, each once; a gather reads the rows it picks, not the table. */
  readonly weightBytes: number
  /** Tensors read from outside the kernel, each once. */
  readonly inputBytes: number
  /** Tensors that leave the kernel. */
  readonly outputBytes: number
  readonly gemm: Gemm | null
  readonly window: Window | null
  /** Tensors (indices into the summary) read from outside and written for others; views stand for what they view. */
  readonly reads: readonly number[]
  readonly writes: readonly number[]
}

export function kernelBytes(kernel: Kernel): number {
  return kernel.weightBytes + kernel.inputBytes + kernel.outputBytes
}

/** MACs per byte moved when every operand moves once; `null` where MACs are not known. The roofline's x axis. */
export function arithmeticIntensity(kernel: Kernel): number | null {
  const moved = kernelBytes(kernel)
  if (kernel.macs === null || moved === 0) return null
  return kernel.macs / moved
}

/**
 * The same kernel for `factor` times as many items: activations and work scale, weights do not (ADR 1).
 * A matrix product of two activations repeats; one with weights gets more rows.
 */
export function scaleBatch(kernel: Kernel, factor: number): Kernel {
  if (factor === 1) return kernel
  const gemm = scaledGemm(kernel, factor)
  const outputBytes = kernel.outputBytes * factor
  return {
    ...kernel,
    shape: shapeOf(gemm, outputBytes),
    macs: kernel.macs === null ? null : kernel.macs * factor,
    vectorOps: kernel.vectorOps === null ? null : kernel.vectorOps * factor,
    inputBytes: kernel.inputBytes * factor,
    outputBytes,
    gemm,
  }
}

function scaledGemm({ class: operatorClass, gemm }: Kernel, factor: number): Gemm | null {
  if (gemm === null) return null
  const ofActivations = operatorClass === 'matmul' || operatorClass === 'attention'
  return ofActivations ? { ...gemm, repeat: gemm.repeat * factor } : { ...gemm, m: gemm.m * factor }
}
