/**
 * SCALE-Sim's topology file: one layer per line, under a header.
 *
 * A header with M, N and K makes it a list of matrix products, any other a list of convolutions. Columns are found by
 * their names where these are the peer's, else by the peer's order. Spaces, trailing commas and further columns
 * (sparsity) are tolerated; the peer drops what stands after the last comma.
 */
import type { MatrixProduct } from '../simulator/hardware/systolic-mapping.ts'
import { fail } from '../simulator/problem.ts'

export interface ScaleSimLayer {
  readonly name: string
  readonly product: MatrixProduct
}

interface Row {
  readonly cells: readonly string[]
  readonly line: number
}

type ColumnOf = (names: readonly string[], position: number) => number

/** Throws `ProblemError` `invalid-csv` with the line: no layers, a size that is no whole number above 0, a filter that
 * does not fit its input. */
export function parseScaleSimTopology(text: string): ScaleSimLayer[] {
  const [header, ...rows] = readRows(text)
  if (header === undefined || rows.length === 0) {
    throw fail('invalid-csv', 'Give the topology a header line and a line per layer.', { where: 'line 1' })
  }
  const names = header.cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ''))
  const isProducts = ['m', 'n', 'k'].every((name) => names.includes(name))
  const columnOf: ColumnOf = (spellings, position) => {
    const index = names.findIndex((name) => spellings.includes(name))
    return index < 0 ? position : index
  }
  const read = isProducts ? productReader(columnOf) : convolutionReader(columnOf, strideColumns(names))
  return rows.map((row) => ({ name: row.cells[0] ?? '', product: read(row) }))
}

function readRows(text: string): Row[] {
  const rows: Row[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const cells = raw.split(',').map((cell) => cell.trim())
    while (cells.length > 0 && cells.at(-1) === '') cells.pop()
    if (cells.length > 0) rows.push({ cells, line: index + 1 })
  }
  return rows
}

function productReader(columnOf: ColumnOf): (row: Row) => MatrixProduct {
  const [m, n, k] = [columnOf(['m'], 1), columnOf(['n'], 2), columnOf(['k'], 3)]
  return (row) => ({ m: size(row, m, 'M'), n: size(row, n, 'N'), k: size(row, k, 'K') })
}

/** One column holds the stride of both directions, two hold one each. */
function strideColumns(names: readonly string[]): readonly [number, number] {
  const [first = 7, second = first] = names.flatMap((name, index) => (name.startsWith('stride') ? index : []))
  return [first, second]
}

function convolutionReader(columnOf: ColumnOf, strides: readonly [number, number]): (row: Row) => MatrixProduct {
  const ifmapHeight = columnOf(['ifmapheight', 'ifmaph'], 1)
  const ifmapWidth = columnOf(['ifmapwidth', 'ifmapw'], 2)
  const filterHeight = columnOf(['filterheight', 'filth', 'filterh'], 3)
  const filterWidth = columnOf(['filterwidth', 'filtw', 'filterw'], 4)
  const channels = columnOf(['channels', 'channel'], 5)
  const filters = columnOf(['numfilter', 'numfilters'], 6)
  return (row) => {
    const window = size(row, filterHeight, 'filter height') * size(row, filterWidth, 'filter width')
    return {
      m: outputSize(row, ifmapHeight, filterHeight, strides[0]) * outputSize(row, ifmapWidth, filterWidth, strides[1]),
      n: size(row, filters, 'number of filters'),
      k: window * size(row, channels, 'channels'),
    }
  }
}

/** ⌈(input − filter + stride) / stride⌉: the peer rounds up, padding is part of the input. */
function outputSize(row: Row, ifmap: number, filter: number, stride: number): number {
  const input = size(row, ifmap, 'ifmap size')
  const window = size(row, filter, 'filter size')
  const step = size(row, stride, 'stride')
  if (window > input) {
    throw fail('invalid-csv', 'Give an input at least as large as the filter.', {
      where: `line ${row.line}`,
      received: `filter ${window}, input ${input}`,
    })
  }
  return Math.ceil((input - window + step) / step)
}

function size({ cells, line }: Row, column: number, name: string): number {
  const cell = cells[column] ?? ''
  const value = /^\d+$/.test(cell) ? Number(cell) : 0
  if (Number.isSafeInteger(value) && value > 0) return value
  throw fail('invalid-csv', `Give the ${name} as a whole number above 0.`, {
    where: `line ${line}`,
    expected: 'a whole number above 0',
    received: cell === '' ? `${cells.length} fields` : cell,
  })
}
