/**
 * Figures that others published or that their own programs printed, one row one claim, with its source.
 * `reference` tables are larger and lie beside the repository; tests that use them say so where they are absent.
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseCsv } from '../../device-catalog/csv.ts'

export type GoldenRow = Readonly<Record<string, string>>

export function readGolden(name: string): GoldenRow[] {
  return readRows(new URL(`${name}.csv`, import.meta.url))
}

/** No rows where the table is absent. */
export function readReference(name: string): GoldenRow[] {
  const url = new URL(`../../../shared/reference/${name}.csv`, import.meta.url)
  return existsSync(url) ? readRows(url) : []
}

function readRows(url: URL): GoldenRow[] {
  const { header, rows } = parseCsv(readFileSync(url, 'utf8'))
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])))
}
