/**
 * One matrix product on a GPU as its library runs it (docs/method/gpu.md, GPU-4): thread blocks of one tile each, in waves
 * over the processors, against the traffic of those waves. Finer than GPU-1, and needs facts that not every GPU states.
 *
 *     t_block = max(T_m·T_n·⌈K/s⌉ / (R·η(T)), (T_m + T_n)·⌈K/s⌉·b / (c_L2·f)) · lone + c_block/f
 *     t       = t_launch + ((⌈blocks/P⌉·t_block)^p + (Q/(BW·η_m))^p)^(1/p) + [s > 1] reduction
 *
 * Least over the library's tiles T and splits s: libraries choose well.
 */
import type { Gemm } from '../graph/summary.ts'
import { overlap } from './law.ts'

export interface GpuSilicon {
  /** Streaming multiprocessors. */
  readonly processors: number
  readonly clockHz: number
  /** Dense, in the precision of the product. */
  readonly peakMacsPerS: number
  readonly dramBytesPerS: number
  /** Last-level cache. */
  readonly cacheBytes: number
  /** What the board may draw. */
  readonly boardW: number
}

export interface GpuProductParameters {
  /** η of a tile so large that loading it costs nothing, (0, 1]. */
  readonly efficiency: number
  /** T_m·T_n/(T_m + T_n) at which half of that is reached: MACs per element loaded. */
  readonly halfIntensity: number
  /** c_L2: bytes that one processor draws from the cache per cycle. */
  readonly cacheBytesPerCycle: number
  /** c_block: filling and draining one block. */
  readonly blockCycles: number
  /** Time added where a processor holds one block alone, as a share: nothing else hides its loads. */
  readonly loneBlockShare: number
  readonly bandwidthEfficiency: number
  readonly launchS: number
  /** Passes over a partial result when it is added up. */
  readonly reductionPasses: number
  /** Energy that the board spends per MAC at its full clock, everything counted: sets the clock that its power sustains. */
  readonly boardMacJ: number
}

/** Output tile of one thread block. */
export interface TileShape {
  readonly rows: number
  readonly columns: number
}

export interface ProductSize extends Gemm {
  readonly elementBytes: number
}

export interface ProductTiming {
  readonly timeS: number
  readonly tile: TileShape
  readonly splits: number
  readonly waves: number
  readonly computeS: number
  readonly memoryS: number
}

/** Tiles that vendor libraries are built from (CUTLASS and cuBLAS kernel names) **(default)**. */
export const libraryTiles: readonly TileShape[] = [
  [256, 128],
  [128, 256],
  [128, 128],
  [128, 64],
  [64, 128],
  [64, 64],
  [128, 32],
  [32, 128],
  [64, 32],
  [32, 64],
  [32, 32],
].map(([rows = 0, columns = 0]) => ({ rows, columns }))

/** Cuts of the reduction; products in a batch fill the processors without. */
const splitChoices = [1, 2, 3, 4, 8, 16] as const
const uncut = [1] as const
/** p of LAT-1: waves overlap well with the traffic of the next. */
const overlapExponent = 4
/** Blocks of one wave that a processor holds at once **(default)**. */
const blocksPerProcessor = 2
/** An operand stays in the cache between waves when it fits in this share of it. */
const residentShare = 0.5

/** Clock that the board's power sustains in products, as a share of the stated one. */
export function sustainedClockShare({ boardW, peakMacsPerS }: GpuSilicon, boardMacJ: number): number {
  return Math.min(1, boardW / (peakMacsPerS * boardMacJ))
}

export function timeProduct(
  size: ProductSize,
  gpu: GpuSilicon,
  parameters: GpuProductParameters,
  tiles: readonly TileShape[] = libraryTiles,
): ProductTiming {
  const { m, n, k, repeat, elementBytes } = size
  const { efficiency, halfIntensity, cacheBytesPerCycle, blockCycles, loneBlockShare, launchS } = parameters
  const { processors } = gpu
  const share = sustainedClockShare(gpu, parameters.boardMacJ)
  const clockHz = gpu.clockHz * share
  const perProcessor = (gpu.peakMacsPerS * share) / processors
  const cacheBytesPerS = cacheBytesPerCycle * clockHz
  const reachedBytesPerS = gpu.dramBytesPerS * parameters.bandwidthEfficiency
  const reductionS = (parameters.reductionPasses * repeat * m * n * elementBytes) / reachedBytesPerS

  let best: ProductTiming | null = null
  for (const tile of tiles) {
    const grid = Math.ceil(m / tile.rows) * Math.ceil(n / tile.columns) * repeat
    const intensity = (tile.rows * tile.columns) / (tile.rows + tile.columns)
    const tileRate = (perProcessor * efficiency * intensity) / (intensity + halfIntensity)
    const memoryS = trafficBytes(size, tile, gpu) / reachedBytesPerS
    for (const splits of repeat === 1 ? splitChoices : uncut) {
      const depth = Math.ceil(k / splits)
      const blocks = grid * splits
      const waves = Math.ceil(blocks / processors)
      const multiplyS = (tile.rows * tile.columns * depth) / tileRate
      const loadS = ((tile.rows + tile.columns) * depth * elementBytes) / cacheBytesPerS
      const alone = Math.max(0, blocksPerProcessor - Math.max(1, blocks / processors))
      const blockS = Math.max(multiplyS, loadS) * (1 + loneBlockShare * alone) + blockCycles / clockHz
      const computeS = waves * blockS
      const addUpS = splits === 1 ? 0 : reductionS * (splits + 1)
      const timeS = launchS + overlap(computeS, memoryS, 0, overlapExponent) + addUpS
      if (best === null || timeS < best.timeS) best = { timeS, tile, splits, waves, computeS, memoryS }
    }
  }
  if (best === null) throw new Error('a library has tiles')
  return best
}

/**
 * Q: each wave reads the rows and columns of the near-square patch of blocks that it covers; an operand that the cache
 * holds is read once.
 */
function trafficBytes({ m, n, k, repeat, elementBytes }: ProductSize, tile: TileShape, gpu: GpuSilicon): number {
  const outputBytes = m * n * elementBytes
  const compulsoryBytes = (m + n) * k * elementBytes
  if (Math.min(m, n) * k * elementBytes < gpu.cacheBytes * residentShare) {
    return repeat * (compulsoryBytes + outputBytes)
  }
  const gridRows = Math.ceil(m / tile.rows)
  const gridColumns = Math.ceil(n / tile.columns)
  const inFlight = Math.min(blocksPerProcessor * gpu.processors, gridRows * gridColumns)
  const tall = Math.min(gridRows, Math.max(1, Math.ceil(Math.sqrt((inFlight * tile.columns) / tile.rows))))
  const patchColumns = Math.min(gridColumns, Math.ceil(inFlight / tall))
  const patchRows = Math.min(gridRows, Math.ceil(inFlight / patchColumns))
  const patches = Math.ceil(gridRows / patchRows) * Math.ceil(gridColumns / patchColumns)
  const edges = Math.min(patchRows * tile.rows, m) + Math.min(patchColumns * tile.columns, n)
  return repeat * (Math.max(compulsoryBytes, patches * edges * k * elementBytes) + outputBytes)
}
