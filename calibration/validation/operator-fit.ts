/** The laws of GPU operators fitted to measured rows: physical constants, and which tiles a library has for batches. */

import { fastestTiling } from '../../simulator/hardware/gpu.ts'
import {
  type GpuProductParameters,
  libraryTiles,
  type TileShape,
  timeProduct,
} from '../../simulator/hardware/gpu-product.ts'
import { type GpuStreamParameters, timeStream } from '../../simulator/hardware/gpu-stream.ts'
import { baseParameters, kindParameters } from '../../simulator/hardware/kind-parameters.ts'
import { overlap, transferS } from '../../simulator/hardware/law.ts'
import type { MeasuredProduct, MeasuredStream, OperatorDevice } from '../evidence/operator-rows.ts'
import { fitLogConstants, type LogConstant, type LogFitRow } from './log-fit.ts'

/** Answers a product with seconds; `clockShare` scales the clock that the card sustains. */
export type ProductLaw = (product: ProductQuestion, clockShare: number) => number

export type ProductQuestion = Pick<MeasuredProduct, 'm' | 'n' | 'k' | 'repeat' | 'device'>

type Constants<T> = Readonly<Record<keyof T, LogConstant>>

const any = Number.POSITIVE_INFINITY

/** Where the fit starts: what CUDA's documents and microbenchmarks suggest, wide where they say little. */
const productConstants: Constants<GpuProductParameters> = {
  efficiency: { start: 0.95, logSd: 0.1, most: 1 },
  halfIntensity: { start: 4, logSd: 0.7, most: any },
  cacheBytesPerCycle: { start: 40, logSd: 0.4, most: any },
  blockCycles: { start: 1200, logSd: 0.7, most: any },
  loneBlockShare: { start: 0.15, logSd: 0.7, most: 1 },
  bandwidthEfficiency: { start: 0.75, logSd: 0.2, most: 1 },
  launchS: { start: 10e-6, logSd: 1, most: any },
  reductionPasses: { start: 1.2, logSd: 0.4, most: any },
  boardMacJ: { start: 30e-12, logSd: 0.3, most: any },
}

/** Matrix units spend far less per MAC; the boards at hand do not slow down for them. */
const matrixUnitConstants: Constants<GpuProductParameters> = {
  ...productConstants,
  boardMacJ: { start: 2e-12, logSd: 0.01, most: any },
}

const streamConstants: Constants<GpuStreamParameters> = {
  hostS: { start: 20e-6, logSd: 1.5, most: any },
  launchS: { start: 15e-6, logSd: 1.5, most: any },
  bandwidthEfficiency: { start: 0.7, logSd: 0.3, most: 1 },
  heldRowBytes: { start: 24e3, logSd: 1, most: any },
}

/** A tile is in a library when so much of what it ran used it. */
const leastTileShare = 0.02

const elementBytes = { fp16: 2, fp32: 4 } as const

export function fitProducts(rows: readonly MeasuredProduct[]): ProductLaw {
  const batched = batchedTiles(rows)
  const isHalf = rows.every(({ device }) => device.precision === 'fp16')
  const parameters = fitted(isHalf ? matrixUnitConstants : productConstants, balanced(rows), (parameters, out) => {
    rows.forEach((row, index) => {
      out[index] = secondsOf(row, parameters, batched, 1)
    })
  })
  return (product, clockShare) => secondsOf(product, parameters, batched, clockShare)
}

export function fitStreams(rows: readonly MeasuredStream[]): (row: StreamQuestion) => number {
  const parameters = fitted(streamConstants, balanced(rows), (parameters, out) => {
    rows.forEach((row, index) => {
      out[index] = streamS(row, parameters)
    })
  })
  return (row) => streamS(row, parameters)
}

export type StreamQuestion = Pick<MeasuredStream, 'operator' | 'rows' | 'width' | 'device'>

/** Arrays that each operator reads and writes; those that end in `u` have a scalar for their second operand. */
const arraysMoved: Readonly<Record<string, number>> = { add: 3, mul: 3, div: 3, pow: 3 }
const unaryArrays = 2
/** Operators that write a row after a figure of the whole row. */
const rowWise: ReadonlySet<string> = new Set(['softmax', 'ln', 'layernorm'])

/** Each array once. */
export function streamBytes({ operator, rows, width, device }: StreamQuestion): number {
  return rows * width * elementBytes[device.precision] * (arraysMoved[operator] ?? unaryArrays)
}

/** Each matrix once. */
export function productBytes({ m, n, k, repeat, device }: ProductQuestion): number {
  return repeat * (m * k + k * n + m * n) * elementBytes[device.precision]
}

/** ALN-1 of a GPU. */
const fragment = { outputChannels: 8, inputChannels: 8 }

/** GPU-1, the law that networks are timed by, with its defaults: nothing fitted. */
export function networkLawS(row: ProductQuestion, clockShare: number): number {
  const { processors, peakMacsPerS, dramBytesPerS } = row.device.silicon
  const parameters = { ...baseParameters, ...kindParameters.gpu }
  const { efficiency, bandwidthEfficiency, halfSizeBytes, overlapExponent, perKernelS } = parameters
  const tiled = fastestTiling(row, { processors, peakMacsPerS: peakMacsPerS * clockShare, width: fragment })
  const computeS = tiled.timeS / efficiency[row.repeat === 1 ? 'fully-connected' : 'matmul']
  const memoryS = transferS(productBytes(row), dramBytesPerS * bandwidthEfficiency, halfSizeBytes)
  return perKernelS + overlap(computeS, memoryS, 0, overlapExponent)
}

function streamS(row: StreamQuestion, parameters: GpuStreamParameters): number {
  const rowBytes = row.width * elementBytes[row.device.precision]
  const reread = rowWise.has(row.operator) ? { inputBytes: row.rows * rowBytes, rowBytes } : null
  return timeStream({ bytes: streamBytes(row), reread }, row.device.silicon.dramBytesPerS, parameters)
}

type BatchedTiles = ReadonlyMap<string, readonly TileShape[]>

/** Libraries have few kernels for batches; which, by generation, is seen in what ran. */
function batchedTiles(rows: readonly MeasuredProduct[]): BatchedTiles {
  const counts = new Map<string, Map<string, { tile: TileShape; rows: number }>>()
  for (const { tile, repeat, device } of rows) {
    if (tile === null || repeat === 1) continue
    const ofKernels = counts.get(device.libraryKernels) ?? new Map<string, { tile: TileShape; rows: number }>()
    counts.set(device.libraryKernels, ofKernels)
    const key = `${tile.rows}x${tile.columns}`
    ofKernels.set(key, { tile, rows: (ofKernels.get(key)?.rows ?? 0) + 1 })
  }
  return new Map(
    [...counts].map(([kernels, tiles]) => {
      const total = [...tiles.values()].reduce((sum, each) => sum + each.rows, 0)
      const used = [...tiles.values()].filter((each) => each.rows >= leastTileShare * total)
      return [kernels, used.map(({ tile }) => tile)]
    }),
  )
}

function secondsOf(
  { m, n, k, repeat, device }: ProductQuestion,
  parameters: GpuProductParameters,
  batched: BatchedTiles,
  clockShare: number,
): number {
  const tiles = repeat === 1 ? libraryTiles : (batched.get(device.libraryKernels) ?? libraryTiles)
  const size = { m, n, k, repeat, elementBytes: elementBytes[device.precision] }
  return timeProduct(size, atClock(device, clockShare), parameters, tiles).timeS
}

/** The card at another sustained clock: peak, cache and the clock that its power allows move together. */
function atClock({ silicon }: OperatorDevice, share: number) {
  if (share === 1) return silicon
  const { clockHz, peakMacsPerS, boardW } = silicon
  return { ...silicon, clockHz: clockHz * share, peakMacsPerS: peakMacsPerS * share, boardW: boardW * share }
}

function fitted<T extends object>(
  constants: Constants<T>,
  rows: readonly LogFitRow[],
  time: (parameters: T, out: Float64Array) => void,
): T {
  const names = Object.keys(constants) as (keyof T)[]
  const named = (values: readonly number[]) =>
    Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as T
  const values = fitLogConstants(
    names.map((name) => constants[name]),
    rows,
    (each, out) => time(named(each), out),
  )
  return named(values)
}

/** Every operator of every card counts the same, as many rows as it may have; the weights add up to the rows. */
function balanced(rows: readonly (MeasuredProduct | MeasuredStream)[]): LogFitRow[] {
  const keyOf = ({ operator, device }: MeasuredProduct | MeasuredStream) => `${operator}|${device.id}`
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return rows.map((row) => ({
    measuredS: row.measuredS,
    weight: rows.length / counts.size / (counts.get(keyOf(row)) ?? 1),
  }))
}
