/** CSV as RFC 4180 has it, read strictly: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF, a BOM. */
import { fail } from '../simulator/problem.ts'

export interface CsvTable {
  readonly header: readonly string[]
  /** As many fields as the header has. */
  readonly rows: readonly (readonly string[])[]
}

/**
 * Parses a table with a header line. Blank lines are skipped.
 *
 * Throws `ProblemError` `invalid-csv` with the line for: no header, a repeated or empty column name,
 * a row of another width, a quote inside an unquoted field, text after a closing quote, a quote that never closes.
 */
export function parseCsv(text: string): CsvTable {
  const [first, ...rest] = readRecords(text)
  if (first === undefined) throw fail('invalid-csv', 'Give the file a header line with the column names.')
  const header = first.fields.map((name) => name.trim())
  const seen = new Set<string>()
  for (const name of header) {
    if (name === '' || seen.has(name)) {
      throw fail('invalid-csv', 'Give every column its own name.', { where: 'line 1', received: `"${name}"` })
    }
    seen.add(name)
  }
  for (const { fields, line } of rest) {
    if (fields.length !== header.length) {
      throw fail('invalid-csv', 'Give every row as many fields as the header has.', {
        where: `line ${line}`,
        expected: `${header.length} fields`,
        received: `${fields.length}`,
      })
    }
  }
  return { header, rows: rest.map(({ fields }) => fields) }
}

interface CsvRecord {
  readonly fields: string[]
  /** Where the record starts, from 1. */
  readonly line: number
}

function* readRecords(text: string): Generator<CsvRecord> {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const start = line
    const fields: string[] = []
    let more = true
    while (more) {
      const field = text[at] === '"' ? readQuoted(text, at, line) : readPlain(text, at, line)
      fields.push(field.value)
      at = field.end
      line += field.lineBreaks
      more = text[at] === ','
      if (more) at += 1
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
    line += 1
    if (fields.length > 1 || fields[0] !== '') yield { fields, line: start }
  }
}

interface CsvField {
  readonly value: string
  /** Offset of the separator after the field, or of the end of the text. */
  readonly end: number
  readonly lineBreaks: number
}

const separator = /,|\r?\n|\r/g

function readPlain(text: string, at: number, line: number): CsvField {
  separator.lastIndex = at
  const end = separator.exec(text)?.index ?? text.length
  const value = text.slice(at, end)
  if (value.includes('"')) {
    throw fail('invalid-csv', 'Put a field that contains a quote in quotes and double the quote.', {
      where: `line ${line}`,
      received: value.slice(0, 80),
    })
  }
  return { value, end, lineBreaks: 0 }
}

function readQuoted(text: string, at: number, line: number): CsvField {
  let value = ''
  let from = at + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) {
      throw fail('invalid-csv', 'Close the quoted field.', { where: `line ${line}`, expected: '"' })
    }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      const after = text[quote + 1]
      if (after !== undefined && after !== ',' && after !== '\r' && after !== '\n') {
        throw fail('invalid-csv', 'Double every quote inside a quoted field.', {
          where: `line ${line}`,
          received: after,
        })
      }
      return { value, end: quote + 1, lineBreaks: value.split('\n').length - 1 }
    }
    value += '"'
    from = quote + 2
  }
}
