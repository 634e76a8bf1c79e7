/**
 * Split conformal intervals (Vovk et al. 2005; Papadopoulos et al. 2002) on the logarithm, Mondrian by family and grouped
 * by network or device (docs/method/uncertainty.md, UNC-4).
 *
 *     q = ⌈(n + 1)(1 − α)⌉-th smallest |ln y − ln ŷ|          interval ŷ·e^{±q}
 *
 * n counts groups, not rows: each group has weight 1, shared by its rows, which is the average over drawing one row of
 * each. Where a family has too few groups its parent answers.
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

/** Least groups for which the ⌈(n + 1)(1 − α)⌉-th of n exists with one to spare. */
const enoughGroups = 10
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
  const totals = new Map<string, number>()
  for (const { group, weight } of scores) totals.set(group, (totals.get(group) ?? 0) + weight)
  const groups = [...totals.values()].filter((total) => total > 0).length
  if (groups < enoughGroups) return null
  const values = scores.map(({ logError, group, weight }) => ({
    value: Math.abs(logError),
    weight: weight / (totals.get(group) ?? 1),
  }))
  const at = (level: number): number | null => {
    const share = (Math.ceil((groups + 1) * level) - 0.5) / groups
    return share > 1 ? null : weightedQuantile(values, share)
  }
  const log80 = at(0.8)
  if (log80 === null) return null
  return { log80, log95: Math.max(log80, at(0.95) ?? log80 * ratioOf95), groups }
}

/** The widths of the narrowest scope that has some; `null` = none at all. */
export function widthsFor(scopes: readonly string[], widths: Readonly<Record<string, HalfWidths>>): HalfWidths | null {
  for (let i = scopes.length - 1; i >= 0; i--) {
    const found = widths[scopes[i] ?? '']
    if (found !== undefined) return found
  }
  return null
}
