/** `edgefit predict`: a whole table of model–device pairs, answered row by row. */
import { parseCsv } from '../../device-catalog/csv.ts'
import { makeModelCache } from '../../device-catalog/pairs/models.ts'
import { readPair, requireColumns } from '../../device-catalog/pairs/pair.ts'
import { fail, ProblemError } from '../../simulator/problem.ts'
import { csvText } from '../../simulator/report/csv.ts'
import { catalogVersion, deviceById, loadCalibration, peers } from '../catalog.ts'
import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { openModelFile } from '../model.ts'
import { readAnchors } from '../pairs/anchors.ts'
import { answerPair } from '../pairs/answer.ts'
import { type Figures, figureCells, outputHeader } from '../pairs/columns.ts'
import { readTextFile } from '../text-file.ts'
import { writeFileWhole } from '../write-file.ts'

export const predictPairs = defineCommand({
  name: 'predict',
  usage: '--pairs IN.csv --out OUT.csv [--anchors MEASURED.csv]',
  summary: 'Predict every row of a table of model–device pairs; rows without an answer state their problem.',
  options: { pairs: { type: 'string' }, out: { type: 'string' }, anchors: { type: 'string' } },
  positionals: [],
  async run({ pairs, out, anchors }, _, terminal) {
    if (pairs === undefined || out === undefined) {
      throw fail('invalid-usage', 'Name both files: --pairs IN.csv --out OUT.csv.', {
        where: pairs === undefined ? '--pairs' : '--out',
      })
    }
    const measured = anchors === undefined ? null : await readTextFile(anchors)
    const { text, answered, rows, ignored } = await answerTable(await readTextFile(pairs), measured)
    await writeFileWhole(out, text)
    for (const sentence of ignored) terminal.notice(sentence)
    terminal.notice(`${out}: ${rows} rows, ${answered} answered`)
    return exitCodes.done
  },
})

interface AnsweredTable {
  readonly text: string
  readonly rows: number
  readonly answered: number
  /** Sentences about anchors that are left out. */
  readonly ignored: readonly string[]
}

/**
 * The table with figures beside every row, in the same order.
 *
 * `measured`: a table of anchors, `null` = none. Rejects with `ProblemError` `invalid-csv` where a table itself cannot be
 * read; a row that cannot be answered
 * carries the code of its problem.
 */
export async function answerTable(csv: string, measured: string | null = null): Promise<AnsweredTable> {
  const { header, rows } = parseCsv(csv)
  requireColumns(header)
  const calibration = loadCalibration()
  const plain = { deviceById, peers: peers(), catalogVersion, calibration, models: makeModelCache(openModelFile) }
  const { anchors, ignored } =
    measured === null ? { anchors: [], ignored: [] } : await readAnchors(measured, plain, calibration)
  const context = { ...plain, anchors }
  const columnAt = new Map(header.map((name, index) => [name, index]))
  const lines = [outputHeader(header)]
  let answered = 0
  for (const row of rows) {
    const figures = await answerRow(row)
    if (figures.problem === '') answered += 1
    lines.push([...row, ...figureCells(figures)])
  }
  return { text: csvText(lines), rows: rows.length, answered, ignored }

  async function answerRow(row: readonly string[]): Promise<Figures> {
    try {
      return await answerPair(
        readPair((column) => row[columnAt.get(column) ?? -1] ?? ''),
        context,
      )
    } catch (error) {
      if (error instanceof ProblemError) return { problem: error.problem.code }
      throw error
    }
  }
}
