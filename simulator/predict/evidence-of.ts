/** How far an answer can be trusted: how close the evidence comes, whose facts answered, and whether it speaks of such networks. */
import type { ResolvedTarget } from '../hardware/simulate.ts'
import { basisLevel } from './basis.ts'
import type { Calibrated } from './calibration.ts'
import { noEvidence } from './evidence.ts'
import type { Evidence } from './prediction.ts'

/** Networks this many times larger or smaller than any that was measured on the kind of unit are strangers to it. */
const strangeFactor = 10

export function evidenceOf(
  resolved: ResolvedTarget,
  macsPerItem: number,
  calibrated: Calibrated | null,
  anchored: boolean,
): Evidence {
  const basis = basisLevel(resolved)
  if (calibrated === null) return { ...noEvidence, anchored: false, basis, outsideEvidence: false }
  const { macs, evidence } = calibrated
  const isStrange = macs === null || macsPerItem < macs[0] / strangeFactor || macsPerItem > macs[1] * strangeFactor
  return { ...evidence, anchored, basis, outsideEvidence: isStrange && evidence.level !== 'measured' }
}
