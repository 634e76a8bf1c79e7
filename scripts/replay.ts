/**
 * `npm run replay`: the evidence through the calibration that ships, in seconds. Brings `calibration/validation/outliers.csv`
 * and `targets-below.csv` up to date and names what they do not cover; `npm run validate` does the same.
 */
import { catalogContext, loadEvidence } from '../calibration/evidence/load.ts'
import { knownExceptions } from '../calibration/validation/exceptions.ts'
import { replayedEvidence } from '../calibration/validation/replay.ts'
import { writeExceptions } from '../calibration/validation/write-exceptions.ts'

const today = new Date().toISOString().slice(0, 10)
const figures = await replayedEvidence(loadEvidence(), catalogContext())
for (const line of writeExceptions(figures, knownExceptions(), today)) console.log(line)
