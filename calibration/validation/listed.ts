/** The lists beside this code against a fresh replay and a fresh report, and the same lists brought up to date. */

import type { LevelReport } from '../../worker/contract/validation.ts'
import { isOnTarget } from './by-level.ts'
import { type OffLevel, type OffTarget, type Outlier, openQuestion, outlierText, targetText } from './exceptions.ts'
import { type Mismatch, type Numbered, reconcile } from './reconcile.ts'
import { outliersOf, type Replayed, type ReplayedTarget, targetsBelow } from './replay.ts'

export function unlistedOutliers(
  figures: readonly Replayed[],
  known: readonly Outlier[],
): Mismatch<Numbered, Numbered> {
  const found = outliersOf(figures).map(({ asked, halfWidths }) => ({ key: asked.id, values: [halfWidths] }))
  const listed = known.map((each) => ({ key: outlierText(each), values: [each.halfWidths] }))
  return reconcile(found, listed, 2)
}

export function unlistedTargets(
  figures: readonly Replayed[],
  known: readonly OffTarget[],
): Mismatch<Numbered, Numbered> {
  const numbered = (each: ReplayedTarget) => ({ key: targetText(each), values: [each.inside95Share] })
  return reconcile(targetsBelow(figures).map(numbered), known.map(numbered), 3)
}

export function unlistedLevels(
  levels: readonly LevelReport[],
  known: readonly OffLevel[],
): Mismatch<Numbered, Numbered> {
  const numbered = ({ level, coverage80Share }: Pick<OffLevel, 'level' | 'coverage80Share'>) => ({
    key: level,
    values: [coverage80Share],
  })
  return reconcile(levels.filter((each) => !isOnTarget(each)).map(numbered), known.map(numbered), 3)
}

/** Outliers as they are now, with the reasons that are known. */
export function updatedOutliers(figures: readonly Replayed[], known: readonly Outlier[], date: string): Outlier[] {
  const byKey = new Map(known.map((each) => [outlierText(each), each]))
  return outliersOf(figures).map(({ asked, halfWidths }) => {
    const { rowId, quantity } = asked
    const { reason, date: since } = byKey.get(asked.id) ?? { reason: openQuestion, date }
    return { rowId, quantity, halfWidths, reason, date: since }
  })
}

/** Targets still below, none of them worse than listed: the list only shrinks, and what is worse stays a failure. */
export function shrunkTargets(figures: readonly Replayed[], known: readonly OffTarget[]): OffTarget[] {
  const now = new Map(targetsBelow(figures).map((each) => [targetText(each), each]))
  return known.flatMap((each) => {
    const found = now.get(targetText(each))
    if (found === undefined) return []
    return found.inside95Share < each.inside95Share ? [each] : [{ ...each, ...found }]
  })
}
