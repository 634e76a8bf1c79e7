/**
 * How large a kernel is beside a middling one: what its rate depends on beyond the work and the bytes that the laws count
 * (docs/method/calibration.md, CAL-1). Long reductions and wide outputs fill lanes and hide loads; how much, libraries
 * differ in.
 */
import type { Gemm } from '../graph/summary.ts'

/** Half the logarithm over a middling size. `elements` is of kernels that are no product, and 0 for products. */
export const shapeDimensions = ['rows', 'depth', 'columns', 'elements'] as const

export type KernelShape = readonly [rows: number, depth: number, columns: number, elements: number]

const middling = { rows: 1000, depth: 512, columns: 64, outputBytes: 1e5 } as const

/** An exponent holds for sizes like the measured ones; e⁴ to either side is as far as they go. */
const farthest = 2

export function shapeOf(gemm: Gemm | null, outputBytes: number): KernelShape {
  if (gemm === null) return [0, 0, 0, beside(outputBytes, middling.outputBytes)]
  const rows = beside(gemm.m * gemm.repeat, middling.rows)
  return [rows, beside(gemm.k, middling.depth), beside(gemm.n, middling.columns), 0]
}

function beside(size: number, middlingSize: number): number {
  return Math.max(-farthest, Math.min(farthest, Math.log(Math.max(1, size) / middlingSize) / 2))
}
