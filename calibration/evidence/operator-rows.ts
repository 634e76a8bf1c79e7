/** Measured operators on GPUs (`operators/*.csv`) as typed rows: parsed and checked here, trusted afterwards. */

import { parseCsv } from '../../device-catalog/csv.ts'
import type { GpuSilicon, TileShape } from '../../simulator/hardware/gpu-product.ts'
import { fail } from '../../simulator/problem.ts'
import { bytesPerSFromGbs, hzFromMhz, macsPerSFromTops, sFromMs } from '../../simulator/quantities.ts'

/** The card that the operators ran on, as their source or its data sheet states it. */
export interface OperatorDevice {
  readonly id: string
  readonly name: string
  readonly precision: 'fp16' | 'fp32'
  readonly silicon: GpuSilicon
  /** Generation of kernels that the vendor's library picks on it. */
  readonly libraryKernels: string
}

interface MeasuredOperator {
  readonly operator: string
  readonly device: OperatorDevice
  readonly measuredS: number
}

/** C[m, n] = A[m, k]·B[k, n], `repeat` times. */
export interface MeasuredProduct extends MeasuredOperator {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly repeat: number
  /** Of the kernel that ran; `null` = not published. */
  readonly tile: TileShape | null
}

/** An operator over `rows` rows of `width` elements. */
export interface MeasuredStream extends MeasuredOperator {
  readonly rows: number
  readonly width: number
}

export interface MeasuredOperators {
  readonly products: readonly MeasuredProduct[]
  readonly streams: readonly MeasuredStream[]
}

/** Throws `ProblemError` `invalid-csv` for a cell that is no figure. */
export function readOperatorDevices(csv: string): ReadonlyMap<string, OperatorDevice> {
  return new Map(
    records(csv).map((cell) => {
      const precision = cell('precision')
      if (precision !== 'fp16' && precision !== 'fp32') throw invalid(cell, 'precision', 'fp16 or fp32')
      const silicon: GpuSilicon = {
        processors: positive(cell, 'processors'),
        clockHz: hzFromMhz(positive(cell, 'clock_mhz')),
        peakMacsPerS: macsPerSFromTops(positive(cell, 'peak_tflops')),
        dramBytesPerS: bytesPerSFromGbs(positive(cell, 'dram_gb_per_s')),
        cacheBytes: positive(cell, 'cache_mb') * bytesPerMebibyte,
        boardW: positive(cell, 'board_w'),
      }
      const id = cell('device')
      return [id, { id, name: cell('name'), precision, silicon, libraryKernels: cell('library_kernels') }]
    }),
  )
}

/** Throws `ProblemError` `invalid-csv` for a cell that is no figure, `unknown-device` for a card without its facts. */
export function readOperators(csv: string, devices: ReadonlyMap<string, OperatorDevice>): MeasuredOperators {
  const products: MeasuredProduct[] = []
  const streams: MeasuredStream[] = []
  for (const cell of records(csv)) {
    const device = devices.get(cell('device'))
    if (device === undefined) throw fail('unknown-device', 'State its facts in devices.csv.', { where: cell('device') })
    const [m, n] = [positive(cell, 'm'), positive(cell, 'n')]
    const common = { operator: cell('operator'), device, measuredS: measuredS(cell, m * n) }
    if (cell('k') === '') streams.push({ ...common, rows: m, width: n })
    else
      products.push({
        ...common,
        m,
        n,
        k: positive(cell, 'k'),
        repeat: positive(cell, 'repeat'),
        tile: tileOf(cell('tile')),
      })
  }
  return { products, streams }
}

const bytesPerMebibyte = 2 ** 20
const perGiga = 1e9

function measuredS(cell: Cell, elements: number): number {
  if (cell('latency_ms') !== '') return sFromMs(positive(cell, 'latency_ms'))
  return elements / (positive(cell, 'gelements_per_s') * perGiga)
}

/** "columns × rows", as cuBLAS names its kernels, which see the matrices transposed. */
function tileOf(text: string): TileShape | null {
  const [, columns, rows] = /^(\d+)x(\d+)$/.exec(text) ?? []
  return columns === undefined || rows === undefined ? null : { rows: Number(rows), columns: Number(columns) }
}

type Cell = (column: string) => string

function records(csv: string): Cell[] {
  const { header, rows } = parseCsv(csv)
  const columnAt = new Map(header.map((name, index) => [name, index]))
  return rows.map((row) => (column) => row[columnAt.get(column) ?? -1] ?? '')
}

function positive(cell: Cell, column: string): number {
  const value = Number(cell(column))
  if (cell(column) === '' || !Number.isFinite(value) || value <= 0) throw invalid(cell, column, 'a positive number')
  return value
}

function invalid(cell: Cell, column: string, expected: string) {
  return fail('invalid-csv', 'Correct the cell.', {
    where: `${cell('device')}, ${column}`,
    expected,
    received: cell(column),
  })
}
