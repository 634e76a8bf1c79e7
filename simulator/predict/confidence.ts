/** How far an answer can be trusted, in one value: calibrated or not, on whose facts, on how many measured results. */
import type { ResolvedTarget } from '../hardware/simulate.ts'
import { basisLevel } from './basis.ts'
import type { Calibrated } from './calibration.ts'
import type { Confidence } from './prediction.ts'

/** Networks this many times larger or smaller than any that was measured on the kind of unit are strangers to it. */
const strangeFactor = 10

export function confidenceOf(
  resolved: ResolvedTarget,
  macsPerItem: number,
  calibrated: Calibrated | null,
  isAnchored: boolean,
): Confidence {
  const basis = basisLevel(resolved)
  if (calibrated === null || calibrated.widths === null) {
    return { level: 'uncalibrated', basis, evidenceRows: 0, outsideEvidence: false }
  }
  const { macs, rows } = calibrated
  const isStrange = macs === null || macsPerItem < macs[0] / strangeFactor || macsPerItem > macs[1] * strangeFactor
  return { level: isAnchored ? 'anchored' : 'calibrated', basis, evidenceRows: rows, outsideEvidence: isStrange }
}
