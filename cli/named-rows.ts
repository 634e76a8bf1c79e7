/** Rows of a CSV file by the names of their columns; a wrong cell is told with its row and column. */
import { parseCsv } from '../device-catalog/csv.ts'
import { fail } from '../simulator/problem.ts'

export interface NamedRow {
  readonly fields: readonly string[]
  /** The text of a column, trimmed; '' where the file does not have it. */
  text(column: string): string
  /** A whole number of at least 0; throws `ProblemError` `invalid-csv`. */
  whole(column: string): number
  /** `invalid-csv` for a cell of this row. */
  invalid(column: string, expected: string): Error
}

export interface NamedRows {
  readonly header: readonly string[]
  readonly rows: readonly NamedRow[]
}

/** Throws `ProblemError` `invalid-csv` for a table that cannot be read or lacks one of the columns. */
export function readNamedRows(csv: string, columns: readonly string[]): NamedRows {
  const { header, rows } = parseCsv(csv)
  const missing = columns.filter((column) => !header.includes(column))
  if (missing.length > 0) {
    throw fail('invalid-csv', `Add ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}.`, {
      where: 'line 1',
      expected: columns.join(', '),
      received: header.join(', '),
    })
  }
  const columnAt = new Map(header.map((name, index) => [name, index]))
  return { header, rows: rows.map((fields, index) => namedRow(fields, columnAt, index + 1)) }
}

function namedRow(fields: readonly string[], columnAt: ReadonlyMap<string, number>, number: number): NamedRow {
  const text = (column: string): string => (fields[columnAt.get(column) ?? -1] ?? '').trim()
  const invalid = (column: string, expected: string) =>
    fail('invalid-csv', 'Correct the cell.', { where: `row ${number}, ${column}`, expected, received: text(column) })
  return {
    fields,
    text,
    invalid,
    whole(column) {
      const value = /^\d+$/.test(text(column)) ? Number(text(column)) : Number.NaN
      if (!Number.isSafeInteger(value)) throw invalid(column, 'a whole number')
      return value
    },
  }
}
