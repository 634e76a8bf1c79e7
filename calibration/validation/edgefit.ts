/** The product as a method: the simulator calibrated on the rows of the fold, with intervals from folds inside those. */

import { loadCalibration } from '../../device-catalog/calibration.ts'
import { predictedFigure } from '../../device-catalog/pairs/quantity.ts'
import { answer } from '../../device-catalog/pairs/question.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import type { EvidenceLevel } from '../../simulator/predict/evidence.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { buildCalibration } from '../build.ts'
import type { AskedRow } from '../evidence/cases.ts'
import type { HeldOutAxis } from '../evidence/splits.ts'
import type { Answer, Effort, Method, Predictor } from './method.ts'

/**
 * The distance at which a row of each split is held out: its intervals are made anew from the fold alone. Rows that happen to
 * be further away take the widths that ship.
 */
const askedAbout: Readonly<Record<HeldOutAxis, readonly EvidenceLevel[]>> = {
  cell: ['measured'],
  model: ['validated'],
  device: ['transferred'],
  family: ['extrapolated'],
}

function askedWidths(
  { widths }: Calibration,
  levels: readonly EvidenceLevel[],
  effort: Effort,
): Partial<Calibration['widths']> {
  return effort === 'full' ? Object.fromEntries(levels.map((level) => [level, widths[level]])) : {}
}

export const edgefit: Method = {
  id: 'edgefit',
  name: 'edgefit',
  fit(training, { id, axis }, effort) {
    const committed = loadCalibration()
    const inputs = { ...committed, hash: id }
    const built = buildCalibration(training, inputs, effort === 'full' ? askedAbout[axis] : [])
    return predictor({ ...built, widths: { ...committed.widths, ...askedWidths(built, askedAbout[axis], effort) } })
  },
}

function predictor(calibration: Calibration): Predictor {
  return ({ quantity, question }: AskedRow): Answer | null => {
    try {
      const prediction = answer({ ...question, request: { ...question.request, calibration } })
      const interval = predictedFigure(prediction, question, quantity)
      if (interval === null) return null
      return { p50: interval.p50, interval, outsideEvidence: prediction.evidence.outsideEvidence }
    } catch (error) {
      if (error instanceof ProblemError) return null
      throw error
    }
  }
}
