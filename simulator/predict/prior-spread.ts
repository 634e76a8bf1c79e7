/**
 * Prior standard deviations that the fit and the anchors share (docs/method/calibration.md, CAL-3, CAL-5): how far the
 * scale of a run may move at each level of `calibrationScopes`, and how far one measurement is from the truth.
 */
import type { WorkKind } from '../hardware/calibration.ts'

/** Runtimes of one kind of unit share less of a decoder, as each brings kernels of its own. */
const scaleSd: Readonly<Record<WorkKind, readonly number[]>> = {
  network: [1, 0.5, 0.5, 0.3, 0.3, 0.9, 0.15, 0.1, 0.4, 0.15],
  decoder: [0.1, 0.1, 0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.1],
}

/** ln, by level of `calibrationScopes`. */
export function scaleSdOf(work: WorkKind, level: number): number {
  return scaleSd[work][level] ?? 1e-3
}

/** Spread of one measurement, ln. */
export const noiseSd = 0.15
