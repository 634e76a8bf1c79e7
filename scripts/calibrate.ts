/** `npm run calibrate`: the evidence as fitted factors and measured errors, in `device-catalog/calibration.gen.json`. */
import { writeFileSync } from 'node:fs'
import { casesOf } from '../device-catalog/evidence/cases.ts'
import { quarantine } from '../device-catalog/evidence/quarantine.ts'
import { buildCalibration } from './calibration/build.ts'
import { writeCatalogVersions } from './catalog/version.ts'
import { catalogContext, loadEvidence } from './evidence/load.ts'
import { inputsHash } from './validation/inputs.ts'

const { measured } = await casesOf(loadEvidence(), catalogContext())
const tooFast = new Set(quarantine(measured).map(({ row }) => row.asked.rowId))
const calibration = buildCalibration(
  measured.filter(({ asked }) => !tooFast.has(asked.rowId)),
  inputsHash(),
)
writeFileSync(new URL('../device-catalog/calibration.gen.json', import.meta.url), `${JSON.stringify(calibration)}\n`)
writeCatalogVersions()
