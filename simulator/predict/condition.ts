/**
 * What published figures of a pair say about the pair itself (docs/method/calibration.md, CAL-7): the error of the
 * calibration there is one normal variable u, of which each figure is an observation.
 *
 *     u ~ N(0, V),  r_i = u + e_i      shift = Σ r_i/v_i / (1/V + Σ 1/v_i)
 *     variance = max(1/(1/V + Σ 1/v_i), min(V, noise² + release²)) + spread of the r_i
 *
 * However often one figure is repeated, the next measurement differs by noise and release; figures that disagree widen.
 * V: variance of rows held out where all but the pair was measured, or the mean error itself squared where that is larger:
 * a figure that the calibration misses by far refutes the calibration, not the figure.
 */
import { z80, z95 } from '../statistics.ts'
import type { HalfWidths } from './conformal.ts'
import type { PairResult } from './measured.ts'
import { noiseSd } from './prior-spread.ts'

/** Releases of a tool and boards of one name differ by **(default)**. */
const releaseSd = 0.1
/** A rate with several in flight says little about one run, and the other way round **(default)**. */
const otherKindSd = 1
/** Per e-fold of the batch **(default)**. */
const batchSd = 0.2
/** Another member of the number family **(default)**. */
const otherPrecisionSd = 0.15
/** V where no widths are known: half as much again or less **(default)**. */
const plainPriorSd = 0.4

/** What is asked about the pair. */
export interface AskedOfPair {
  readonly batch: number
  readonly precision: string
  readonly isRate: boolean
}

export interface Conditioning {
  readonly logShift: number
  readonly widths: HalfWidths
}

/** `null` without results. Figures of the same run speak alone; else those of the same kind, at other batches and precisions. */
export function conditionOn(
  results: readonly PairResult[],
  asked: AskedOfPair,
  prior: HalfWidths | null,
): Conditioning | null {
  if (results.length === 0) return null
  const alike = results.filter(({ isRate }) => isRate === asked.isRate)
  const same = alike.filter(({ batch, precision }) => batch === asked.batch && precision === asked.precision)
  const used = [same, alike, results].find(({ length }) => length > 0) ?? results
  let weight = 0
  let weighted = 0
  for (const result of used) {
    const w = 1 / observationVariance(result, asked)
    weight += w
    weighted += w * result.logError
  }
  const mean = weighted / weight
  let squares = 0
  for (const result of used) squares += (result.logError - mean) ** 2 / observationVariance(result, asked)
  const isAlike = alike.length > 0
  const heldOut = (prior === null ? plainPriorSd : prior.log80 / z80) ** 2
  const priorVariance = isAlike ? Math.max(heldOut, mean ** 2) : heldOut
  const left = 1 / (1 / priorVariance + weight)
  const repeatable = Math.min(priorVariance, noiseSd ** 2 + releaseSd ** 2)
  const sd = Math.sqrt(Math.max(left, repeatable) + (isAlike ? squares / weight : 0))
  return {
    logShift: weighted * left,
    widths: { log80: z80 * sd, log95: z95 * sd, groups: prior?.groups ?? 0 },
  }
}

function observationVariance(result: PairResult, asked: AskedOfPair): number {
  return (
    noiseSd ** 2 +
    releaseSd ** 2 +
    (result.isRate === asked.isRate ? 0 : otherKindSd ** 2) +
    (result.precision === asked.precision ? 0 : otherPrecisionSd ** 2) +
    (batchSd * Math.log(result.batch / asked.batch)) ** 2
  )
}
