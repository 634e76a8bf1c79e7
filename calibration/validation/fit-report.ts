/** How many numbers the fit has, and how many of them in effect. */

import type { FitReport } from '../../worker/contract/validation.ts'
import { degreesOfFreedom } from '../fit/degrees-of-freedom.ts'
import type { FitRow } from '../fit/fit.ts'

export function fitReport(rows: readonly FitRow[]): FitReport {
  const levels = degreesOfFreedom(rows)
  return {
    rows: rows.length,
    parameters: levels.reduce((sum, { parameters }) => sum + parameters, 0),
    degreesOfFreedom: levels.reduce((sum, level) => sum + level.degreesOfFreedom, 0),
    levels,
  }
}
