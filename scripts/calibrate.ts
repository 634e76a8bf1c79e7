/** `npm run calibrate`: the evidence as fitted factors and measured errors, in `device-catalog/calibration.gen.json`, and the figures of every pair beside it. */
import { writeFileSync } from 'node:fs'
import { buildCalibration } from '../calibration/build.ts'
import { catalogVersions, engineVersion, writeVersions } from '../calibration/catalog-version.ts'
import { casesOf } from '../calibration/evidence/cases.ts'
import { catalogContext, loadEvidence } from '../calibration/evidence/load.ts'
import { quarantine } from '../calibration/evidence/quarantine.ts'
import { inputsHash } from '../calibration/inputs-hash.ts'
import { evidenceLevels } from '../simulator/predict/evidence.ts'

const evidence = loadEvidence()
const { measured } = await casesOf(evidence, catalogContext())
const tooFast = new Set(quarantine(measured).map(({ row }) => row.asked.rowId))
const calibration = buildCalibration(
  measured.filter(({ asked }) => !tooFast.has(asked.rowId)),
  { hash: inputsHash(), factsVersion: catalogVersions().factsVersion, engineVersion: engineVersion() },
  evidenceLevels,
  evidence.sources,
)
write('calibration.gen.json', { ...calibration, measured: null })
write('measured.gen.json', calibration.measured)
writeVersions()

function write(name: string, content: unknown): void {
  writeFileSync(new URL(`../device-catalog/${name}`, import.meta.url), `${JSON.stringify(content)}\n`)
}
