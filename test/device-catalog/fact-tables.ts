/** The tables the catalog was carried over from: read where present, for tests that say so when they are not. */
import { existsSync, readFileSync } from 'node:fs'
import { parseCsv } from '../../device-catalog/csv.ts'

const folder = new URL('../../../shared/facts/', import.meta.url)

export const hasFactTables = existsSync(new URL('devices_edge.csv', folder))

/** Rows as records; a column the table does not have is empty. */
export type TableRow = (column: string) => string

export function readTable(file: string): TableRow[] {
  if (!hasFactTables) return []
  const { header, rows } = parseCsv(readFileSync(new URL(file, folder), 'utf8'))
  return rows.map((fields) => (column) => fields[header.indexOf(column)] ?? '')
}

/** `null` for an empty cell. */
export function numberIn(row: TableRow, column: string): number | null {
  const text = row(column)
  return text === '' ? null : Number(text)
}
