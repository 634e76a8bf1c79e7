/** The lists that stand beside this code: tables of text, parsed once and written in one form. */

import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { parseCsv } from '../../device-catalog/csv.ts'
import { fail } from '../../simulator/problem.ts'
import { csvText } from '../../simulator/report/csv.ts'

export interface Table<Row> {
  readonly name: string
  /** Of the columns in their order. */
  readonly row: z.ZodType<Row, Record<string, string>>
  readonly columns: readonly string[]
  cells(row: Row): readonly string[]
}

/** Throws `ProblemError` `invalid-csv` naming the row for a list that does not parse. */
export function readTable<Row>({ name, row, columns }: Table<Row>, text = readFileSync(fileOf(name), 'utf8')): Row[] {
  const { header, rows } = parseCsv(text)
  if (header.join() !== columns.join()) {
    throw fail('invalid-csv', 'Give the list its columns.', {
      where: name,
      expected: columns.join(),
      received: header.join(),
    })
  }
  return rows.map((cells, index) => {
    const found = row.safeParse(Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])))
    if (found.success) return found.data
    throw fail('invalid-csv', z.prettifyError(found.error), { where: `${name}, row ${index + 1}` })
  })
}

export function writeTable<Row>(table: Table<Row>, rows: readonly Row[]): void {
  writeFileSync(fileOf(table.name), tableText(table, rows))
}

export function tableText<Row>({ columns, cells }: Table<Row>, rows: readonly Row[]): string {
  return csvText([columns, ...rows.map(cells)])
}

function fileOf(name: string): URL {
  return new URL(name, import.meta.url)
}

export const numberCell = z.string().trim().min(1).transform(Number).pipe(z.number())
export const textCell = z.string().trim().min(1)
export const dateCell = z.iso.date()
