/** Which rows count, and answers beside what was measured. */
import type { AskedRow, MeasuredRow } from '../evidence/cases.ts'
import type { OriginOf } from '../evidence/weights.ts'
import { evidenceWeights } from '../evidence/weights.ts'
import type { Answers } from './cross-validate.ts'
import type { Scored } from './metrics.ts'

export interface ScoredRow extends Scored {
  readonly asked: AskedRow
  readonly sourceId: string
}

/** Lower ones are end-to-end figures, doubtful, or impossible. */
const leastTrust = 3

/**
 * The rows that metrics are taken over: trusted, the newest of their key, not in quarantine. Copies share one weight among
 * these rows alone.
 */
export function scorableRows(
  rows: readonly MeasuredRow[],
  quarantined: ReadonlySet<string>,
  originOf: OriginOf,
): MeasuredRow[] {
  const counted = rows.filter(
    ({ row, asked }) => row.trust >= leastTrust && row.isNewest && !quarantined.has(asked.rowId),
  )
  const weights = evidenceWeights([...new Set(counted.map(({ row }) => row))], originOf)
  return counted.map((row) => ({ ...row, weight: weights.get(row.asked.rowId) ?? 0 }))
}

/** Rows that were answered. */
export function scoredRows(rows: readonly MeasuredRow[], answers: Answers): ScoredRow[] {
  return rows.flatMap(({ asked, value, weight, row }) => {
    const answer = answers.get(asked.id)
    if (answer === undefined || answer === null) return []
    return [
      { asked, sourceId: row.sourceId, predicted: answer.p50, measured: value, weight, interval: answer.interval },
    ]
  })
}
