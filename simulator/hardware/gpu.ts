/**
 * GPUs (docs/method/gpu.md, GPU-1 to GPU-3): tiles of the product in waves over the processors.
 *
 *     waves = ⌈ ⌈M/T_m⌉·⌈N/T_n⌉·repeat·s / P ⌉
 *     t     = waves · T_m·T_n·⌈K/s⌉ / (peak/P · η(T) · η_c)        least over tiles T and splits s of K
 *
 * Depthwise windows have no product to tile: they run on the fp32 lanes; products of a few rows do where that is faster.
 * The last-level cache works as in a CPU.
 */
import type { Kernel } from '../cost/kernel.ts'
import type { Gemm } from '../graph/summary.ts'
import { type Alignment, alignmentOf, type UtilisationLoss } from './alignment.ts'
import type { ComputeUnitModel, UnitContext } from './compute-unit.ts'
import { lanesPerProcessor } from './rates.ts'
import { boundaryS, timeKernels, vectorS } from './time-kernels.ts'
import { multiplyShare } from './winograd.ts'

/** Output tile of one thread block and the share of the peak its inner loop reaches **(default)**. */
interface Tile {
  readonly rows: number
  readonly columns: number
  readonly efficiency: number
}

const tiles: readonly Tile[] = [
  { rows: 256, columns: 128, efficiency: 0.92 },
  { rows: 128, columns: 128, efficiency: 0.88 },
  { rows: 128, columns: 64, efficiency: 0.8 },
  { rows: 64, columns: 64, efficiency: 0.7 },
  { rows: 64, columns: 32, efficiency: 0.62 },
  { rows: 32, columns: 32, efficiency: 0.55 },
]
const splits = [1, 2, 4, 8] as const
/** Up to so many rows libraries multiply vector by vector, without tiles (llama.cpp, cuBLAS gemv) **(default)**. */
const fewRows = 8
/** A split of K shorter than this is not worth its reduction. */
const leastDepth = 64

/** Processors that share the work: fp32 lanes over the lanes of one, at least 1; a fraction where granules differ. */
export function processorsOf({ rates }: UnitContext): number {
  return Math.max(1, rates.vectorOpsPerS / (rates.clockHz.value * lanesPerProcessor))
}

/** What the cut of a product depends on. */
interface Tiled {
  readonly processors: number
  readonly peakMacsPerS: number
  /** Widths that N and K are padded to. */
  readonly width: Alignment
}

/** How a product is cut, and the time that takes at full efficiency. */
interface Tiling {
  readonly rows: number
  readonly columns: number
  readonly blocks: number
  readonly waves: number
  readonly timeS: number
}

/** The fastest over tiles and splits; libraries choose well. */
export function fastestTiling({ m, n, k, repeat }: Gemm, { processors, peakMacsPerS, width }: Tiled): Tiling {
  const paddedColumns = width.outputChannels * Math.ceil(n / width.outputChannels)
  const paddedDepth = width.inputChannels * Math.ceil(k / width.inputChannels)
  const perProcessor = peakMacsPerS / processors

  let fastest: Tiling | null = null
  for (const { rows, columns, efficiency } of tiles) {
    const uncut = Math.ceil(m / rows) * Math.ceil(paddedColumns / columns) * repeat
    for (const split of splits) {
      const depth = Math.ceil(paddedDepth / split)
      if (split > 1 && depth < leastDepth) break
      const blocks = uncut * split
      const waves = Math.ceil(blocks / processors)
      const timeS = (waves * rows * columns * depth) / (perProcessor * efficiency)
      if (fastest === null || timeS < fastest.timeS) fastest = { rows, columns, blocks, waves, timeS }
    }
  }
  if (fastest === null) throw new Error('there is a tile')
  return fastest
}

function tiledOn(context: UnitContext): Tiled {
  return {
    processors: processorsOf(context),
    peakMacsPerS: peakOf(context),
    width: alignmentOf(context.target.unit, context.rates.arithmetic),
  }
}

function productS(kernel: Kernel, context: UnitContext): number {
  if (kernel.gemm === null) return (kernel.macs ?? 0) / peakOf(context)
  const tiledS = fastestTiling(kernel.gemm, tiledOn(context)).timeS
  if (kernel.gemm.m > fewRows) return tiledS
  return Math.min(tiledS, (kernel.macs ?? 0) / context.rates.vectorOpsPerS)
}

function peakOf({ rates }: UnitContext): number {
  return rates.peakMacsPerS.value
}

/** Above the two fp16 MACs that each fp32 lane can do, the peak belongs to matrix units, which multiply directly. */
function hasMatrixUnits({ rates }: UnitContext): boolean {
  return rates.peakMacsPerS.value > 2 * rates.vectorOpsPerS
}

function computeS(kernel: Kernel, context: UnitContext): number {
  const { rates, parameters, traits } = context
  const efficiency = parameters.efficiency[kernel.class]
  if (kernel.class === 'depthwise-convolution') {
    return (kernel.macs ?? 0) / (rates.vectorOpsPerS * efficiency) + vectorS(kernel, context)
  }
  const share = traits.winograd && !hasMatrixUnits(context) ? multiplyShare(kernel, rates.arithmetic) : 1
  return (productS(kernel, context) * share) / efficiency + vectorS(kernel, context)
}

export const gpuModel: ComputeUnitModel = {
  name: 'gpu',
  formula: 'GPU-1',
  time(kernels, context, out) {
    const resident = context.weightBytes <= context.rates.onchipBytes.value / 2
    timeKernels(kernels, context, out, resident, computeS)
    return { overheadS: context.parameters.perInferenceS, ...boundaryS(context), intervalS: null }
  },
  losses: tileLosses,
}

/** Edge tiles and the last wave, for the tiling that is fastest. */
function tileLosses({ gemm, class: operatorClass }: Kernel, context: UnitContext): UtilisationLoss[] {
  if (gemm === null || operatorClass === 'depthwise-convolution') return []
  const { rows, columns, blocks, waves } = fastestTiling(gemm, tiledOn(context))
  const slots = Math.round(waves * processorsOf(context))
  const padded: readonly (readonly [string, number, number])[] = [
    ['rows of the product', gemm.m, rows * Math.ceil(gemm.m / rows)],
    ['columns of the product', gemm.n, columns * Math.ceil(gemm.n / columns)],
    ['blocks in waves', blocks, slots],
  ]
  return padded.flatMap(([dimension, size, alignedTo]) =>
    alignedTo > size ? [{ dimension, size, alignedTo, idleShare: 1 - size / alignedTo }] : [],
  )
}
