/** Relative position bias: one learned number per head and displacement, looked up for every pair of positions. */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

export interface PositionWindow {
  readonly height: number
  readonly width: number
  /** The first token belongs to no position and has three rows of its own (BEiT). */
  readonly classToken?: boolean
}

/** Bias [heads, T, T] for the tokens of a window: rows of a learned table gathered by pair. */
export function relativePositionBias(g: GraphBuilder, window: PositionWindow, heads: number, index: Tensor): Tensor {
  return g.transpose(g.gather(g.weight([tableRows(window), heads]), index), [2, 0, 1])
}

/** Which row holds the bias of each pair of tokens: [T, T]; one serves all blocks with the same window. */
export function relativePositionIndex(g: GraphBuilder, window: PositionWindow): Tensor {
  const pairs = displacementRows(window)
  const rows = window.classToken === true ? withClassToken(pairs, tableRows(window)) : pairs
  return g.constant(rows.flat(), [rows.length, rows.length], 'int64')
}

function tableRows({ height, width, classToken = false }: PositionWindow): number {
  return (2 * height - 1) * (2 * width - 1) + (classToken ? 3 : 0)
}

/** Row of the table for each pair of positions of a window, both in row-major order. */
function displacementRows({ height, width }: PositionWindow): readonly (readonly number[])[] {
  const positions = Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width] as const)
  return positions.map(([y1, x1]) =>
    positions.map(([y2, x2]) => (y1 - y2 + height - 1) * (2 * width - 1) + (x1 - x2 + width - 1)),
  )
}

/** The last three rows: from the class token, to it, and between itself. */
function withClassToken(pairs: readonly (readonly number[])[], rows: number): readonly (readonly number[])[] {
  return [[rows - 1, ...pairs.map(() => rows - 3)], ...pairs.map((row) => [rows - 2, ...row])]
}
