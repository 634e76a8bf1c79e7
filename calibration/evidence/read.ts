/** The evidence as typed rows: text is parsed and checked here and trusted afterwards. */

import { parseCsv } from '../../device-catalog/csv.ts'
import { type Pair, readPair } from '../../device-catalog/pairs/pair.ts'
import { fail } from '../../simulator/problem.ts'

/** 5 audited or raw log, 4 vendor with method, 3 without, 2 doubtful or more than the network, 1 impossible. */
type Trust = 1 | 2 | 3 | 4 | 5

export interface EvidenceRow {
  /** Stable hash of the published record. */
  readonly rowId: string
  readonly sourceId: string
  readonly presetId: string
  /** What was run on what, as `predict --pairs` reads it. */
  readonly pair: Pair
  /** As printed. */
  readonly inputShape: string
  /** Per what the kind of latency counts: batch, item or token. `null` = not published, for this and all figures. */
  readonly latencyMs: number | null
  readonly throughputPerS: number | null
  readonly ttftMs: number | null
  readonly tokensPerS: number | null
  readonly memoryMb: number | null
  /** Read the notes: wall power of a system, or peaks. */
  readonly powerW: number | null
  readonly energyMj: number | null
  /** Layers of the compiled graph, and how many of them ran on the unit. */
  readonly layers: { readonly total: number; readonly accelerated: number } | null
  readonly trust: Trust
  /** The latest of several rows with the same key: releases of one tool. */
  readonly isNewest: boolean
  readonly notes: string
}

/** Where rows come from, and on which terms their figures are shown. */
export interface EvidenceSource {
  readonly id: string
  /** The file of `origins/` that holds its rows. */
  readonly origin: string
  readonly title: string
  readonly publisher: string
  readonly locator: string
  /** Inside the locator; '' where the locator is the page itself. */
  readonly path: string
  /** Commit, tag or branch; '' = not known. */
  readonly revision: string
  readonly date: string
  readonly licence: string
  readonly trust: Trust
  /** How the figures were measured. */
  readonly method: string
}

/** Cells that a table carries as it was published and that are wrong by the row's own notes: row id → column → text. */
export type Corrections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Throws `ProblemError` `invalid-csv` naming row and column for text that is no row of evidence. */
export function readEvidence(csv: string, corrections: Corrections = new Map()): EvidenceRow[] {
  return records(csv).map((printed) => {
    const corrected = corrections.get(printed('row_id'))
    const cell: Cell = (column) => corrected?.get(column) ?? printed(column)
    const { number, whole, required } = readersOf(cell)
    const total = whole('layers_total')
    const accelerated = whole('layers_accelerated')
    return {
      rowId: required('row_id'),
      sourceId: required('source_id'),
      presetId: required('preset_id'),
      pair: readPair(cell),
      inputShape: cell('input_shape'),
      latencyMs: number('latency_ms'),
      throughputPerS: number('throughput_per_s'),
      ttftMs: number('ttft_ms'),
      tokensPerS: number('tokens_per_s'),
      // Printed as 0 where it is less than one.
      memoryMb: number('memory_mb', 0),
      powerW: number('power_w'),
      energyMj: number('energy_mj'),
      layers: total === null || accelerated === null ? null : { total, accelerated },
      trust: trustOf(cell),
      isNewest: cell('newest') === '1',
      notes: cell('notes'),
    }
  })
}

/** Throws `ProblemError` `invalid-csv` as `readEvidence` does. */
export function readCorrections(csv: string): Corrections {
  const byRow = new Map<string, Map<string, string>>()
  for (const cell of records(csv)) {
    const { required } = readersOf(cell)
    required('reason')
    const columns = byRow.get(required('row_id')) ?? new Map<string, string>()
    byRow.set(required('row_id'), columns.set(required('column'), required('corrected')))
  }
  return byRow
}

/** Throws `ProblemError` `invalid-csv` as `readEvidence` does. */
export function readSources(csv: string): EvidenceSource[] {
  return records(csv).map((cell) => {
    const { required } = readersOf(cell)
    return {
      id: required('source_id'),
      origin: required('origin'),
      title: required('title'),
      publisher: required('publisher'),
      locator: required('locator'),
      path: cell('path'),
      revision: cell('revision'),
      date: required('date'),
      licence: required('licence'),
      trust: trustOf(cell),
      method: required('method'),
    }
  })
}

/** The credit line that goes wherever a figure of the source is shown or exported. */
export function attributionOf({ title, publisher, locator, path, revision, date, licence }: EvidenceSource): string {
  const where = [locator, path, revision].filter((part) => part !== '').join(', ')
  return `${publisher}: ${title} (${date}), ${where}. Licence: ${licence}. Figures carried over into another table.`
}

type Cell = (column: string) => string

function records(csv: string): Cell[] {
  const { header, rows } = parseCsv(csv)
  const columnAt = new Map(header.map((name, index) => [name, index]))
  return rows.map((row) => (column) => row[columnAt.get(column) ?? -1] ?? '')
}

function readersOf(cell: Cell) {
  return {
    required(column: string): string {
      const text = cell(column)
      if (text === '') throw invalid(cell, column, 'a text')
      return text
    },
    /** `null` when blank; positive unless the column may say `least`. */
    number(column: string, least = Number.MIN_VALUE): number | null {
      const text = cell(column)
      if (text === '') return null
      const value = Number(text)
      if (!Number.isFinite(value) || value < least) throw invalid(cell, column, 'a positive number')
      return value
    },
    whole(column: string): number | null {
      const text = cell(column)
      if (text === '') return null
      if (!/^\d+$/.test(text)) throw invalid(cell, column, 'a whole number')
      return Number(text)
    },
  }
}

function trustOf(cell: Cell): Trust {
  const level = ([1, 2, 3, 4, 5] as const).find((each) => String(each) === cell('trust'))
  if (level === undefined) throw invalid(cell, 'trust', '1 to 5')
  return level
}

function invalid(cell: Cell, column: string, expected: string) {
  const row = cell('row_id') || cell('source_id') || 'a row'
  return fail('invalid-csv', 'Correct the cell.', { where: `${row}, ${column}`, expected, received: cell(column) })
}
