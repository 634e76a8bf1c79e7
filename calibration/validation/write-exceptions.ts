/** The lists of the replay, brought up to date in their files. */

import { type KnownExceptions, openQuestion, outlierTable, targetTable, targetText } from './exceptions.ts'
import { shrunkTargets, unlistedTargets, updatedOutliers } from './listed.ts'
import { type Replayed, targetsBelow } from './replay.ts'
import { tableText, writeTable } from './tables.ts'

/** What a person has to look at: outliers without a reason, and lines that `targets-below.csv` does not take by itself. */
export function writeExceptions(figures: readonly Replayed[], known: KnownExceptions, date: string): string[] {
  const outliers = updatedOutliers(figures, known.outliers, date)
  const targets = shrunkTargets(figures, known.targets)
  writeTable(outlierTable, outliers)
  writeTable(targetTable, targets)
  const open = outliers.filter(({ reason }) => reason === openQuestion).length
  const unlisted = new Set(unlistedTargets(figures, targets).unlisted.map(({ key }) => key))
  const missing = targetsBelow(figures).filter((each) => unlisted.has(targetText(each)))
  return [
    `${outliers.length} figures beyond twice their 95 % half-width, ${open} of them an open question`,
    ...missing.map((each) => {
      const [, line = ''] = tableText(targetTable, [{ ...each, reason: openQuestion, date }]).split('\n')
      return `worse: under 93 % inside, or less than listed: ${line}`
    }),
  ]
}
