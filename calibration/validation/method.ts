/**
 * The interface of everything that is validated: the product and the baselines beside it. A method is fitted on rows
 * with their answers and then asked about rows without.
 */

import type { AvailableMetric } from '../../simulator/predict/prediction.ts'
import type { AskedRow, MeasuredRow } from '../evidence/cases.ts'
import type { Fold } from '../evidence/splits.ts'

export interface Answer {
  /** Median, in the unit of the quantity that is asked about. */
  readonly p50: number
  /** `null` = the method states none. */
  readonly interval: AvailableMetric | null
  /** The method itself says that it has no evidence for this. */
  readonly outsideEvidence: boolean
}

/** `null` = cannot be answered. */
export type Predictor = (asked: AskedRow) => Answer | null

/**
 * `full` for the published figures. `quick` for the gate, which has a minute: medians are the same, and intervals may be
 * those of the committed calibration instead of ones fitted to the fold.
 */
export type Effort = 'full' | 'quick'

export interface Method {
  readonly id: string
  readonly name: string
  fit(training: readonly MeasuredRow[], fold: Pick<Fold, 'id' | 'axis'>, effort: Effort): Predictor
}
