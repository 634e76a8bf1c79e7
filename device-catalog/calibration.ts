/** What measured results taught, and the results themselves, as made by `npm run calibrate` (docs/method/calibration.md). */
import { type Calibration, matching } from '../simulator/predict/calibration.ts'
import type { MeasuredResults } from '../simulator/predict/measured.ts'
import { engineVersion } from '../simulator/version.gen.ts'
import data from './calibration.gen.json' with { type: 'json' }
import { factsVersion } from './catalog-version.gen.ts'
import results from './measured.gen.json' with { type: 'json' }

// Inferring the literal types of the files would tell nothing more; their shape is fixed by the script that writes them.
const measured = results as unknown as MeasuredResults
const calibration: Calibration = { ...(data as unknown as Calibration), measured }

/** Throws `calibration-mismatch` where it was made from another catalog, or by another simulator. */
export function loadCalibration(): Calibration {
  return matching(calibration, { factsVersion, engineVersion })
}
