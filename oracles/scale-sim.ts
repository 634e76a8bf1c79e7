/**
 * What SCALE-Sim v3 prints for a layer, in closed form (docs/method/systolic.md, SA-1 to SA-6), its quirks included.
 * A mode of its own: no prediction of this project uses it.
 *
 * F folds of P cycles each; S_r, S_c, T sizes across rows, across columns and streamed.
 * Source: Samajdar et al., ISPASS 2020, and what v3 (commit 1d62b68) prints itself (test/golden/scale-sim.csv).
 */
import {
  type ArrayMapping,
  type ArraySize,
  type MatrixProduct,
  mapToArray,
  type SystolicDataflow,
} from '../simulator/hardware/systolic-mapping.ts'

/** A configuration of SCALE-Sim; its words are one byte wide. */
export interface ScaleSimArray extends ArraySize {
  readonly dataflow: SystolicDataflow
  readonly ifmapSramWords: number
  readonly filterSramWords: number
  /** `null` = as much as the array asks for (`InterfaceBandwidth: CALC`). */
  readonly dramWordsPerCycle: number | null
}

export interface ScaleSimFigures {
  /** "Total Cycles" as printed: the index of the last cycle, stalls included. */
  readonly totalCycles: number
  /** The same without stalls: F·P − 1. */
  readonly computeCycles: number
  readonly stallCycles: number
  /** Percent, 0 to 100, as the peer names them; `null` where it divides by the cycle it leaves out (0 cycles). */
  readonly overallUtilPercent: number | null
  readonly mappingEfficiencyPercent: number
  readonly computeUtilPercent: number
  /** Words. */
  readonly ifmapSramReads: number
  readonly filterSramReads: number
  readonly ofmapSramWrites: number
}

/** Exact in cycles without stalls, utilisation and SRAM words; stalls follow SA-6. O(1). */
export function scaleSimFigures(product: MatrixProduct, array: ScaleSimArray): ScaleSimFigures {
  const { m, n, k } = product
  const { rows, columns, dataflow } = array
  const mapping = mapToArray(product, array, dataflow)
  const { rowFolds, columnFolds, acrossRows, acrossColumns, streamed, foldCycles } = mapping
  const folds = rowFolds * columnFolds
  const elements = rows * columns
  const mapped = acrossRows * acrossColumns
  const computeCycles = folds * foldCycles - 1
  const stallCycles = stalls(product, array, mapping)
  const totalCycles = computeCycles + stallCycles
  // The peer divides by the lines of a matrix that it skews once more, which no cycle of a fold stands for.
  const skewedLines = dataflow === 'os' ? foldCycles : streamed + 2 * rows + 2 * columns - 3
  return {
    totalCycles,
    computeCycles,
    stallCycles,
    overallUtilPercent: totalCycles === 0 ? null : (100 * m * n * k) / (totalCycles * elements),
    mappingEfficiencyPercent: (100 * mapped) / (folds * elements),
    computeUtilPercent: (100 * mapped * streamed) / (folds * elements * skewedLines),
    ifmapSramReads: m * k * (dataflow === 'is' ? 1 : columnFolds),
    filterSramReads: k * n * (dataflow === 'os' ? rowFolds : dataflow === 'is' ? columnFolds : 1),
    // OS: the peer counts the drain of R + C words per fold, which nothing writes.
    ofmapSramWrites: m * n * (dataflow === 'os' ? 1 : rowFolds) + (dataflow === 'os' ? folds * (rows + columns) : 0),
  }
}

/**
 * SA-6: an operand that overflows the active half of its buffer is fetched in every pass over it; the slowest of compute
 * and the two streams counts. Exact where both operands fit; the peer's own over-fetch beyond that is not imitated.
 */
function stalls({ m, n, k }: MatrixProduct, array: ScaleSimArray, mapping: ArrayMapping): number {
  const { dramWordsPerCycle, dataflow, ifmapSramWords, filterSramWords } = array
  if (dramWordsPerCycle === null) return 0
  const { rowFolds, columnFolds, foldCycles } = mapping
  const ifmapWords = m * k
  const filterWords = k * n
  const ifmapPasses = dataflow === 'is' ? 1 : columnFolds
  const filterPasses = dataflow === 'os' ? rowFolds : dataflow === 'is' ? columnFolds : 1
  const cycles = Math.max(
    rowFolds * columnFolds * foldCycles,
    ifmapWords > ifmapSramWords / 2 ? (ifmapWords * ifmapPasses) / dramWordsPerCycle : 0,
    filterWords > filterSramWords / 2 ? (filterWords * filterPasses) / dramWordsPerCycle : 0,
  )
  return Math.ceil(cycles) - rowFolds * columnFolds * foldCycles
}
