/** What measured results taught, as made by `npm run calibrate` (docs/method/calibration.md). */
import { type Calibration, matching } from '../simulator/predict/calibration.ts'
import { engineVersion } from '../simulator/version.gen.ts'
import data from './calibration.gen.json' with { type: 'json' }
import { factsVersion } from './catalog-version.gen.ts'

/** Throws `calibration-mismatch` where it was made from another catalog, or by another simulator. */
export function loadCalibration(): Calibration {
  // Inferring the literal type of the file would tell nothing more; its shape is fixed by the script that writes it.
  return matching(data as unknown as Calibration, { factsVersion, engineVersion })
}
