/** A method's answers to every row, each from a fit that saw nothing of the row's group. */
import type { MeasuredRow } from '../evidence/cases.ts'
import { foldsOf, type HeldOutAxis } from '../evidence/splits.ts'
import type { Answer, Effort, Method } from './method.ts'

/** Answers by the id of the row asked about; `null` = cannot be answered. */
export type Answers = ReadonlyMap<string, Answer | null>

/** Fits on all rows outside a group, asks about those inside it that `isScored`. */
export function crossValidate(
  rows: readonly MeasuredRow[],
  axis: HeldOutAxis,
  method: Method,
  isScored: (id: string) => boolean,
  effort: Effort = 'full',
): Answers {
  const answers = new Map<string, Answer | null>()
  for (const fold of foldsOf(rows, axis)) {
    const predict = method.fit(fold.training, fold, effort)
    for (const row of fold.asked) if (isScored(row.id)) answers.set(row.id, predict(row))
  }
  return answers
}
