/**
 * Systolic arrays (docs/method/systolic.md, SYS-1 to SYS-4): folds of a matrix product on R×C elements.
 *
 * While one fold streams, the weights of the next move into shadow registers, so a fold costs what is longer, and only
 * the first load and the last drain show. Edge folds load the rows they have. F folds share A arrays; fewer folds than
 * arrays split the stream. Narrow groups of a convolution lie beside each other on the diagonal of one fold.
 *
 *     cycles = r + (F/A − 1)·max(T, r̄) + T + r + c − 2        r ≤ R, c ≤ C the rows and columns in use
 */
import type { Kernel } from '../cost/kernel.ts'
import type { Gemm } from '../graph/summary.ts'
import { alignmentLosses, alignmentOf, type UtilisationLoss } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { type ArraySize, mapToArray, type SystolicDataflow } from './systolic-mapping.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'

const dataflows: readonly SystolicDataflow[] = ['ws', 'os', 'is']

/** Rows reduce, columns hold output channels; a unit that publishes its array says so as its alignment. */
function arrayOf({ target, rates }: UnitContext): ArraySize {
  const { inputChannels, outputChannels } = alignmentOf(target.unit, rates.arithmetic)
  return { rows: inputChannels, columns: outputChannels }
}

/** SYS-1: cycles of one product, `repeats` of it over `arrays` (any positive number), the best of the three dataflows. */
export function systolicCycles(product: Gemm, array: ArraySize, arrays: number): number {
  if (product.m * product.n * product.k * product.repeat === 0) return 0
  return Math.min(...dataflows.map((dataflow) => cyclesAs(dataflow, product, array, arrays)))
}

function cyclesAs(dataflow: SystolicDataflow, product: Gemm, array: ArraySize, arrays: number): number {
  const { acrossRows, acrossColumns, streamed, rowFolds, columnFolds } = mapToArray(product, array, dataflow)
  const perArray = (rowFolds * columnFolds * product.repeat) / arrays
  const rows = Math.min(array.rows, acrossRows)
  const columns = Math.min(array.columns, acrossColumns)
  const fillAndDrain = rows + columns - 2 + (dataflow === 'os' ? 0 : rows)
  // Fewer folds than arrays: copies of a fold share its stream.
  if (perArray <= 1) return fillAndDrain + streamed * perArray
  const edgeRows = acrossRows - (rowFolds - 1) * array.rows
  const meanFold = ((rowFolds - 1) * Math.max(streamed, array.rows) + Math.max(streamed, edgeRows)) / rowFolds
  return fillAndDrain + (perArray - 1) * meanFold + streamed
}

/** SYS-3: as many groups in one fold as fit its rows and columns, each on its own rows and columns. */
export function packed({ m, n, k, repeat }: Gemm, { rows, columns }: ArraySize): Gemm {
  const groups = Math.max(1, Math.min(repeat, Math.floor(rows / k), Math.floor(columns / n)))
  return { m, n: n * groups, k: k * groups, repeat: Math.ceil(repeat / groups) }
}

/** Only groups with weights of their own: products of two activations would have to be laid out anew in every run. */
function productOf({ gemm, window }: Kernel, array: ArraySize): Gemm | null {
  if (gemm === null || window === null || window.groups === 1 || gemm.n * gemm.k === 0) return gemm
  return packed(gemm, array)
}

/** Seconds on the array, at the peak that A arrays of this size reach at the unit's clock. */
function arrayS(kernel: Kernel, { rates }: UnitContext, array: ArraySize): number {
  const macs = kernel.macs ?? 0
  const product = productOf(kernel, array)
  if (product === null || kernel.gemm === null) return macs / rates.peakMacsPerS.value
  const counted = kernel.gemm.m * kernel.gemm.n * kernel.gemm.k * kernel.gemm.repeat
  if (counted === 0) return 0
  const arrays = rates.peakMacsPerS.value / (rates.clockHz.value * array.rows * array.columns)
  // An operator may execute fewer or more multiplies than its product counts.
  return ((systolicCycles(product, array, arrays) / rates.clockHz.value) * macs) / counted
}

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters } = context
  const lanes = vectorS(kernel, context)
  const onArray = arrayS(kernel, context, arrayOf(context))
  if (kernel.class !== 'depthwise-convolution') return onArray / parameters.efficiency[kernel.class] + lanes
  // SYS-4: packed on the array as any convolution, or on the lanes that do element operations, whichever is faster.
  const onLanes = (kernel.macs ?? 0) / (rates.vectorOpsPerS * parameters.vectorEfficiency)
  return Math.min(onArray / parameters.efficiency.convolution, onLanes) + lanes
}

function losses(kernel: Kernel, context: UnitContext): UtilisationLoss[] {
  const array = arrayOf(context)
  const product = productOf(kernel, array)
  const ofChannels = alignmentLosses(kernel, alignmentOf(context.target.unit, context.rates.arithmetic))
  if (product === null || product.m === 0 || product.m >= array.rows) return ofChannels
  const idleShare = 1 - product.m / array.rows
  return [...ofChannels, { dimension: 'rows per weight load', size: product.m, alignedTo: array.rows, idleShare }]
}

export const systolicModel: ComputeUnitModel = {
  name: 'systolic',
  formula: 'SYS-1',
  time(kernels, context, out) {
    timeKernels(kernels, context, out, false, computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses,
}
