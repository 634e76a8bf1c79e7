/** `npm run calibrate`: the evidence as fitted factors and measured errors, in `device-catalog/calibration.gen.json`. */
import { writeFileSync } from 'node:fs'
import { buildCalibration } from '../calibration/build.ts'
import { catalogVersions, engineVersion, writeVersions } from '../calibration/catalog-version.ts'
import { casesOf } from '../calibration/evidence/cases.ts'
import { catalogContext, loadEvidence } from '../calibration/evidence/load.ts'
import { quarantine } from '../calibration/evidence/quarantine.ts'
import { inputsHash } from '../calibration/inputs-hash.ts'

const { measured } = await casesOf(loadEvidence(), catalogContext())
const tooFast = new Set(quarantine(measured).map(({ row }) => row.asked.rowId))
const calibration = buildCalibration(
  measured.filter(({ asked }) => !tooFast.has(asked.rowId)),
  { hash: inputsHash(), factsVersion: catalogVersions().factsVersion, engineVersion: engineVersion() },
)
writeFileSync(new URL('../device-catalog/calibration.gen.json', import.meta.url), `${JSON.stringify(calibration)}\n`)
writeVersions()
