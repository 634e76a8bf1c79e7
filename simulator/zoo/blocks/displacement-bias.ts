/** Attention bias by absolute displacement on a square grid, one learned row per head. Source: arXiv:2104.01136 section 4.2. */
import type { GraphBuilder, Tensor } from '../builder.ts'

export interface DisplacementBiasOptions {
  /** Rows (and columns) of the grid of keys. */
  readonly size: number
  /** Queries sit on every `stride`-th row and column. */
  readonly stride: number
  readonly heads: number
}

/** [heads, queries, keys], gathered from a table [heads, size²]. */
export function displacementBias(g: GraphBuilder, { size, stride, heads }: DisplacementBiasOptions): Tensor {
  const axis = Array.from({ length: Math.ceil(size / stride) }, (_, i) => i * stride)
  const rows: number[] = []
  for (const qy of axis) {
    for (const qx of axis) {
      for (let ky = 0; ky < size; ky++) {
        for (let kx = 0; kx < size; kx++) rows.push(Math.abs(qy - ky) * size + Math.abs(qx - kx))
      }
    }
  }
  return g.gather(g.weight([heads, size * size]), g.constant(rows, [axis.length ** 2, size * size], 'int64'), 1)
}
