/**
 * What a prediction has to beat. All are fitted on the same folds, each at the narrowest scope that holds enough rows of
 * what it is asked about.
 *
 *     peak TOPS         t = MACs / peak
 *     one utilisation   t = MACs / (u · peak)                         u: median over the rows of a scope
 *     log-linear        ln(t · peak) = a + b ln MACs + c ln params     least squares over the rows of a scope
 */

import { figureOfSeconds, secondsPerBatch } from '../../device-catalog/pairs/quantity.ts'
import { weightedQuantile } from '../../simulator/statistics.ts'
import type { AskedRow, MeasuredRow } from '../evidence/cases.ts'
import { type Features, featuresOf, scopesOf } from './features.ts'
import { weightedLeastSquares } from './least-squares.ts'
import type { Answer, Method, Predictor } from './method.ts'

const peakTops: Method = {
  id: 'peakTops',
  name: 'peak TOPS of the data sheet',
  fit: () => (asked) => fromSeconds(asked, idealS(featuresOf(asked))),
}

/** Rows that a scope needs for one number, and for three. */
const enoughForOne = 3
const enoughForThree = 8

const oneUtilisation: Method = {
  id: 'oneUtilisation',
  name: 'one fitted utilisation',
  fit(training) {
    const slowdowns = fitScopes(training, enoughForOne, (rows) =>
      weightedQuantile(
        rows.map(({ asked, seconds, weight }) => ({ value: Math.log(seconds / idealS(featuresOf(asked))), weight })),
        0.5,
      ),
    )
    return predictor(slowdowns, (features, logSlowdown) => idealS(features) * Math.exp(logSlowdown))
  },
}

const logLinear: Method = {
  id: 'logLinear',
  name: 'log-linear in MACs and parameters',
  fit(training) {
    const lines = fitScopes(training, enoughForThree, (rows) =>
      weightedLeastSquares(
        rows.map(({ asked, seconds, weight }) => {
          const features = featuresOf(asked)
          return { x: regressors(features), y: Math.log((seconds * features.peakMacsPerS) / features.items), weight }
        }),
      ),
    )
    return predictor(lines, (features, coefficients) => {
      const logScaled = regressors(features).reduce((sum, x, index) => sum + x * (coefficients[index] ?? 0), 0)
      return (Math.exp(logScaled) * features.items) / features.peakMacsPerS
    })
  },
}

export const baselines: readonly Method[] = [peakTops, oneUtilisation, logLinear]

function idealS({ macs, peakMacsPerS }: Features): number {
  return macs / peakMacsPerS
}

/** Per item: batches are compared by what one item costs in them. */
function regressors({ macs, parameters, items }: Features): number[] {
  return [1, Math.log(macs / items), Math.log(parameters)]
}

interface TimedRow {
  readonly asked: AskedRow
  readonly seconds: number
  readonly weight: number
}

function fitScopes<Fit>(
  training: readonly MeasuredRow[],
  enough: number,
  fitRows: (rows: readonly TimedRow[]) => Fit,
): (asked: AskedRow) => Fit | null {
  const byScope = new Map<string, TimedRow[]>()
  for (const { asked, value, weight } of training) {
    if (weight === 0 || asked.quantity === 'energy' || !hasWork(asked)) continue
    const row = { asked, seconds: secondsPerBatch(asked.quantity, value, asked.question), weight }
    for (const scope of scopesOf(asked)) {
      const rows = byScope.get(scope)
      if (rows === undefined) byScope.set(scope, [row])
      else rows.push(row)
    }
  }
  const fitted = new Map<string, Fit>()
  return (asked) => {
    for (const scope of scopesOf(asked)) {
      const rows = byScope.get(scope) ?? []
      if (rows.length < enough) continue
      const known = fitted.get(scope) ?? fitRows(rows)
      fitted.set(scope, known)
      return known
    }
    return null
  }
}

function predictor<Fit>(
  fitFor: (asked: AskedRow) => Fit | null,
  secondsOf: (features: Features, fit: Fit) => number,
): Predictor {
  return (asked) => {
    const fit = fitFor(asked)
    return fit === null ? null : fromSeconds(asked, secondsOf(featuresOf(asked), fit))
  }
}

function fromSeconds(asked: AskedRow, seconds: number): Answer | null {
  if (asked.quantity === 'energy' || !hasWork(asked)) return null
  return { p50: figureOfSeconds(asked.quantity, seconds, asked.question), interval: null, outsideEvidence: false }
}

function hasWork(asked: AskedRow): boolean {
  const { macs, parameters } = featuresOf(asked)
  return macs > 0 && parameters > 0
}
