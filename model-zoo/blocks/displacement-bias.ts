/** Attention bias by absolute displacement on a square grid, one learned row per head. Source: arXiv:2104.01136 section 4.2. */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/**
 * Which column of the table holds the bias of each query and key: [queries, keys]; one serves all blocks of a stage.
 *
 * `size`: rows (and columns) of the grid of keys. Queries sit on every `stride`-th row and column.
 */
export function displacementIndex(g: GraphBuilder, size: number, stride = 1): Tensor {
  const axis = Array.from({ length: Math.ceil(size / stride) }, (_, i) => i * stride)
  const columns: number[] = []
  for (const qy of axis) {
    for (const qx of axis) {
      for (let ky = 0; ky < size; ky++) {
        for (let kx = 0; kx < size; kx++) columns.push(Math.abs(qy - ky) * size + Math.abs(qx - kx))
      }
    }
  }
  return g.constant(columns, [axis.length ** 2, size * size], 'int64')
}

/** [heads, queries, keys], gathered from a table [heads, keys]. */
export function displacementBias(g: GraphBuilder, heads: number, index: Tensor): Tensor {
  return g.gather(g.weight([heads, index.shape[1] ?? 0]), index, 1)
}
