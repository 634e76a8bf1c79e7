/** `--anchors`: a table of pairs with what the user measured, and which of its rows can be believed. */
import { parseCsv } from '../../device-catalog/csv.ts'
import { readPair, requireColumns } from '../../device-catalog/pairs/pair.ts'
import { predictedFigure } from '../../device-catalog/pairs/quantity.ts'
import { answer, type PairContext, questionOf } from '../../device-catalog/pairs/question.ts'
import { type Anchor, anchorAt, soundAnchors } from '../../simulator/predict/anchors.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import { fail, ProblemError } from '../../simulator/problem.ts'

export interface AnchorTable {
  readonly anchors: readonly Anchor[]
  /** Sentences about rows that are left out. */
  readonly ignored: readonly string[]
}

const column = 'latency_ms'

/**
 * Rejects with `ProblemError`: `invalid-csv` for a table without the columns, `invalid-field` for a latency that is no
 * positive number, and what `questionOf` and `answer` say of a row, each with its line.
 */
export async function readAnchors(csv: string, context: PairContext, calibration: Calibration): Promise<AnchorTable> {
  const { header, rows } = parseCsv(csv)
  requireColumns(header)
  if (!header.includes(column)) {
    throw fail('invalid-csv', `Give the column ${column}: what was measured.`, { where: 'line 1', expected: column })
  }
  const at = new Map(header.map((name, index) => [name, index]))
  const anchors: Anchor[] = []
  for (const [index, row] of rows.entries()) {
    anchors.push(await onLine(index, () => anchorOf((name) => row[at.get(name) ?? -1] ?? '', context)))
  }
  const { sound, wrong } = soundAnchors(calibration, anchors)
  return {
    anchors: sound,
    ignored: wrong.map(
      ({ index, factor }) =>
        `anchor on line ${lineOf(index)} ignored: ${factor.toPrecision(2)} times what is expected (check unit, batch and model)`,
    ),
  }
}

async function anchorOf(cell: (column: string) => string, context: PairContext): Promise<Anchor> {
  const measuredMs = Number(cell(column))
  if (cell(column).trim() === '' || !(measuredMs > 0) || !Number.isFinite(measuredMs)) {
    throw fail('invalid-field', 'Give the measured milliseconds.', { where: column, received: cell(column) })
  }
  const question = await questionOf(readPair(cell), { ...context, anchors: [] })
  const predicted = predictedFigure(answer(question), question, 'latency')
  if (predicted === null) {
    throw fail('invalid-field', 'Give a kind of latency that one run has.', {
      where: 'latency_kind',
      received: cell('latency_kind'),
    })
  }
  return anchorAt(question.request, Math.log(measuredMs / predicted.p50))
}

/** The header is line 1. */
function lineOf(index: number): number {
  return index + 2
}

async function onLine<Value>(index: number, make: () => Promise<Value>): Promise<Value> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { where } = error.problem
    const line = `anchors line ${lineOf(index)}`
    throw new ProblemError({ ...error.problem, where: where === null ? line : `${line}, ${where}` })
  }
}
