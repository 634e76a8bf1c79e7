/**
 * How a matrix product is laid on a systolic array (docs/method/systolic.md, SA-1): which two of M, N, K lie across rows
 * and columns of processing elements, and which one streams through.
 *
 * M outputs per channel, N output channels, K reduction; R rows and C columns, one multiply-accumulate each per cycle.
 */

/** What stays in the processing elements: outputs, weights or inputs. */
export type SystolicDataflow = 'os' | 'ws' | 'is'

export interface MatrixProduct {
  readonly m: number
  readonly n: number
  readonly k: number
}

export interface ArraySize {
  readonly rows: number
  readonly columns: number
}

export interface ArrayMapping {
  /** Sizes across rows and across columns, and the length of the stream. */
  readonly acrossRows: number
  readonly acrossColumns: number
  readonly streamed: number
  /** Pieces that the sizes across rows and columns are cut into. */
  readonly rowFolds: number
  readonly columnFolds: number
  /** Cycles of one fold: load of what is stationary, stream, skew. */
  readonly foldCycles: number
}

/** Sizes are whole and at least 1. */
export function mapToArray(
  { m, n, k }: MatrixProduct,
  { rows, columns }: ArraySize,
  dataflow: SystolicDataflow,
): ArrayMapping {
  const acrossRows = dataflow === 'os' ? m : k
  const acrossColumns = dataflow === 'is' ? m : n
  const streamed = dataflow === 'os' ? k : dataflow === 'ws' ? m : n
  return {
    acrossRows,
    acrossColumns,
    streamed,
    rowFolds: Math.ceil(acrossRows / rows),
    columnFolds: Math.ceil(acrossColumns / columns),
    foldCycles: streamed + (dataflow === 'os' ? rows : 2 * rows) + columns - 2,
  }
}
