/**
 * Half-widths of intervals from errors on rows held out (cross-conformal: Vovk 2015; Barber et al. 2021), on the logarithm,
 * Mondrian by family and grouped by network or device (docs/method/uncertainty.md, UNC-4).
 *
 *     q = (1 − α)-quantile of |ln y − ln ŷ|          interval ŷ·e^{±q}
 *
 * Rows count by their weight, as coverage does; how many groups a family has says whether it has a width of its own, else its
 * parent answers. The quantile is not raised by (n + 1)/n: the folds' fits know less than the whole fit, which covers as
 * much more.
 */
import { weightedQuantile } from '../statistics.ts'

/** An error on a row that the fit did not see. */
export interface Score {
  /** ln measured − ln predicted. */
  readonly logError: number
  /** The network or device that was held out with the row. */
  readonly group: string
  readonly weight: number
  /** Families that hold the row, general first. */
  readonly scopes: readonly string[]
}

/** Half-widths of the logarithm for 80 % and 95 %, and the groups they come from. */
export interface HalfWidths {
  readonly log80: number
  readonly log95: number
  readonly groups: number
}

/** Least groups whose spread says something. */
const enoughGroups = 10
/** Least groups for which the 95 % quantile is not the largest error. */
const enoughGroupsFor95 = 20
/** Where a family has groups for 80 % but not for 95 %, its 95 % is this much wider: the ratio of normal quantiles. */
const ratioOf95 = 1.96 / 1.28

export function conformalWidths(scores: readonly Score[]): Record<string, HalfWidths> {
  const byScope = new Map<string, Score[]>()
  for (const score of scores) {
    for (const scope of score.scopes) {
      const members = byScope.get(scope)
      if (members === undefined) byScope.set(scope, [score])
      else members.push(score)
    }
  }
  const widths: Record<string, HalfWidths> = {}
  for (const [scope, members] of byScope) {
    const found = widthsOf(members)
    if (found !== null) widths[scope] = found
  }
  return widths
}

function widthsOf(scores: readonly Score[]): HalfWidths | null {
  const groups = new Set(scores.flatMap(({ group, weight }) => (weight > 0 ? [group] : []))).size
  if (groups < enoughGroups) return null
  const values = scores.map(({ logError, weight }) => ({ value: Math.abs(logError), weight }))
  const log80 = weightedQuantile(values, 0.8)
  const log95 = groups >= enoughGroupsFor95 ? weightedQuantile(values, 0.95) : log80 * ratioOf95
  return { log80, log95: Math.max(log80, log95), groups }
}

/** The widths of the narrowest scope that has some; `null` = none at all. */
export function widthsFor(scopes: readonly string[], widths: Readonly<Record<string, HalfWidths>>): HalfWidths | null {
  for (let i = scopes.length - 1; i >= 0; i--) {
    const found = widths[scopes[i] ?? '']
    if (found !== undefined) return found
  }
  return null
}
