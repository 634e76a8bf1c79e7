/** The product as a method: the simulator with its documented defaults, which are fitted to nothing. */
import type { AskedRow } from '../../device-catalog/evidence/cases.ts'
import { predictedFigure } from '../../device-catalog/evidence/quantity.ts'
import { answer } from '../../device-catalog/pairs/question.ts'
import { ProblemError } from '../../simulator/problem.ts'
import type { Answer, Method } from './method.ts'

export const edgefit: Method = {
  id: 'edgefit',
  name: 'edgefit',
  fit: () => predictUncalibrated,
}

function predictUncalibrated({ quantity, question }: AskedRow): Answer | null {
  try {
    const prediction = answer(question)
    const interval = predictedFigure(prediction, question, quantity)
    if (interval === null) return null
    return { p50: interval.p50, interval, outsideEvidence: prediction.confidence.outsideEvidence }
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}
