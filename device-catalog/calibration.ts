/** What measured results taught, as made by `npm run calibrate` (docs/method/calibration.md). */
import type { Calibration } from '../simulator/predict/calibration.ts'
import data from './calibration.gen.json' with { type: 'json' }

// Inferring the literal type of the file would tell nothing more; its shape is fixed by the script that writes it.
export const calibration = data as unknown as Calibration
