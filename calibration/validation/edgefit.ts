/** The product as a method: the simulator calibrated on the rows of the fold, with intervals from folds inside those. */

import { loadCalibration } from '../../device-catalog/calibration.ts'
import { predictedFigure } from '../../device-catalog/pairs/quantity.ts'
import { answer } from '../../device-catalog/pairs/question.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { buildCalibration } from '../build.ts'
import type { AskedRow } from '../evidence/cases.ts'
import type { Answer, Method, Predictor } from './method.ts'

export const edgefit: Method = {
  id: 'edgefit',
  name: 'edgefit',
  fit(training, foldId, effort) {
    const committed = loadCalibration()
    const inputs = { ...committed, hash: foldId }
    if (effort === 'full') return predictor(buildCalibration(training, inputs, ['network', 'device']))
    return predictor({ ...buildCalibration(training, inputs, []), widths: committed.widths })
  },
}

function predictor(calibration: Calibration): Predictor {
  return ({ quantity, question }: AskedRow): Answer | null => {
    try {
      const prediction = answer({ ...question, request: { ...question.request, calibration } })
      const interval = predictedFigure(prediction, question, quantity)
      if (interval === null) return null
      return { p50: interval.p50, interval, outsideEvidence: prediction.confidence.outsideEvidence }
    } catch (error) {
      if (error instanceof ProblemError) return null
      throw error
    }
  }
}
