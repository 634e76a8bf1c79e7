/**
 * `npm run validate`: predictions against every measured row that they did not see, next to the baselines.
 *
 * Writes `device-catalog/validation.gen.json`, the generated part of `docs/accuracy.md` and the lists of
 * `calibration/validation/`; names what became worse than the best that was, as the entry that would allow it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { catalogContext, loadEvidence } from '../calibration/evidence/load.ts'
import { loadOperators } from '../calibration/evidence/load-operators.ts'
import { inputsHash } from '../calibration/inputs-hash.ts'
import { anchorsMarkdown } from '../calibration/validation/anchors-markdown.ts'
import { edgefit } from '../calibration/validation/edgefit.ts'
import { knownExceptions, levelTable, openQuestion } from '../calibration/validation/exceptions.ts'
import { unlistedLevels } from '../calibration/validation/listed.ts'
import { accuracyMarkdown } from '../calibration/validation/markdown.ts'
import { operatorsMarkdown } from '../calibration/validation/operators-markdown.ts'
import {
  acceptedRegressions,
  bestFamilies,
  isSameFamily,
  regressions,
  unacceptedRegressions,
  updatedBest,
} from '../calibration/validation/regression.ts'
import { replayedEvidence } from '../calibration/validation/replay.ts'
import { reportFile, reportText, rounded } from '../calibration/validation/report-file.ts'
import { validate } from '../calibration/validation/run.ts'
import { readTable, tableText, writeTable } from '../calibration/validation/tables.ts'
import { writeExceptions } from '../calibration/validation/write-exceptions.ts'

const marker = '<!-- figures: made by `npm run validate` -->'
const page = new URL('../docs/accuracy.md', import.meta.url)
const today = new Date().toISOString().slice(0, 10)

const [evidence, context] = [loadEvidence(), catalogContext()]
const toReview = writeExceptions(await replayedEvidence(evidence, context), knownExceptions(), today)
const report = rounded(await validate(evidence, context, edgefit, inputsHash(), knownExceptions()))
writeFileSync(reportFile, reportText(report))
const [written = ''] = readFileSync(page, 'utf8').split(marker)
const generated = [accuracyMarkdown(report), anchorsMarkdown(report), operatorsMarkdown(loadOperators())].join('\n\n')
writeFileSync(page, `${written}${marker}\n\n${generated}\n`)
console.log(generated)

const [best, accepted] = [readTable(bestFamilies), readTable(acceptedRegressions)]
const worse = unacceptedRegressions(regressions(best, report), accepted)
writeTable(bestFamilies, updatedBest(best, report))
const entries = worse.unlisted.map((each) => {
  const before = accepted.find((other) => isSameFamily(each, other))
  return { ...each, reason: before?.reason ?? openQuestion, date: today }
})
const levels = unlistedLevels(report.byLevel, readTable(levelTable))
for (const line of toReview) console.log(line)
for (const line of linesOf(tableText(acceptedRegressions, entries))) console.log(`worse: ${line}`)
for (const line of linesOf(tableText(acceptedRegressions, worse.stale))) console.log(`no longer so: ${line}`)
for (const { key, values } of levels.unlisted) console.log(`80 % intervals off target: ${key} ${values[0]}`)

function linesOf(table: string): string[] {
  return table.split('\n').slice(1, -1)
}
