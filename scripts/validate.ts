/**
 * `npm run validate`: predictions against every measured row that they did not see, next to the baselines.
 *
 * Writes `device-catalog/validation.gen.json` and the generated part of `docs/accuracy.md`; names what became worse than
 * the committed figures.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { catalogContext, loadEvidence } from '../calibration/evidence/load.ts'
import { loadOperators } from '../calibration/evidence/load-operators.ts'
import { inputsHash } from '../calibration/inputs-hash.ts'
import { anchorsMarkdown } from '../calibration/validation/anchors-markdown.ts'
import { edgefit } from '../calibration/validation/edgefit.ts'
import { accuracyMarkdown } from '../calibration/validation/markdown.ts'
import { operatorsMarkdown } from '../calibration/validation/operators-markdown.ts'
import { regressions } from '../calibration/validation/regression.ts'
import { committedReport, reportFile, reportText, rounded } from '../calibration/validation/report-file.ts'
import { validate } from '../calibration/validation/run.ts'

const marker = '<!-- figures: made by `npm run validate` -->'
const page = new URL('../docs/accuracy.md', import.meta.url)

const before = committedReport()
const [evidence, context] = [loadEvidence(), catalogContext()]
const report = rounded(await validate(evidence, context, edgefit, inputsHash()))
writeFileSync(reportFile, reportText(report))
const [written = ''] = readFileSync(page, 'utf8').split(marker)
const generated = [accuracyMarkdown(report), anchorsMarkdown(report), operatorsMarkdown(loadOperators())].join('\n\n')
writeFileSync(page, `${written}${marker}\n\n${generated}\n`)
console.log(generated)
for (const { what } of before === null ? [] : regressions(before, report)) console.log(`worse: ${what}`)
