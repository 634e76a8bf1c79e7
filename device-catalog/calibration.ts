/** What measured results taught, and the results themselves, as made by `npm run calibrate` (docs/method/calibration.md). */
import type { Calibration } from '../simulator/predict/calibration.ts'
import type { MeasuredResults } from '../simulator/predict/measured.ts'
import data from './calibration.gen.json' with { type: 'json' }
import results from './measured.gen.json' with { type: 'json' }

// Inferring the literal types of the files would tell nothing more; their shape is fixed by the script that writes them.
const measured = results as unknown as MeasuredResults
export const calibration: Calibration = { ...(data as unknown as Calibration), measured }
