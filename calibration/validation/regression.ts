/** What a change makes worse: a committed report against a fresh one. */

import type { FamilyReport, ValidationReport } from '../../worker/contract/validation.ts'
import type { Cell } from '../evidence/cases.ts'
import { splitAxes } from '../evidence/splits.ts'

export interface Regression {
  /** The words by which the CHANGELOG names it: `hexagon-v75 qnn-dlc int8`, or `coverage`. */
  readonly subject: string
  readonly what: string
}

/** Relative; what rounding and a few added rows do stays below. */
const worstRise = 0.05
/** Smaller families jump with every row. */
const leastRows = 30
const pooledCoverage = [0.75, 0.85] as const

/**
 * Families whose median error rises by more than 5 % of itself, and pooled coverage that leaves 75–85 %. Families that
 * grow or shrink are compared all the same; new ones have nothing to be compared with.
 */
export function regressions(before: ValidationReport, after: ValidationReport): Regression[] {
  return splitAxes.flatMap((axis) => [
    ...familyRegressions(before.splits[axis].families, after.splits[axis].families, axis),
    ...coverageRegression(before, after, axis),
  ])
}

function familyRegressions(
  before: readonly FamilyReport[],
  after: readonly FamilyReport[],
  axis: string,
): Regression[] {
  const known = new Map(before.map((family) => [subjectOf(family), family]))
  return after.flatMap((family) => {
    const was = known.get(subjectOf(family))?.metrics ?? null
    const is = family.metrics
    if (was === null || is === null || Math.min(was.n, is.n) < leastRows) return []
    if (is.mdApe <= was.mdApe * (1 + worstRise)) return []
    return [
      {
        subject: subjectOf(family),
        what: `median error of ${subjectOf(family)} (new ${axis}) rose from ${percent(was.mdApe)} to ${percent(is.mdApe)}`,
      },
    ]
  })
}

function coverageRegression(before: ValidationReport, after: ValidationReport, axis: 'model' | 'device'): Regression[] {
  const coverageOf = (report: ValidationReport) =>
    report.splits[axis].pooled.metrics?.intervals?.coverage80Share ?? null
  const [was, is] = [coverageOf(before), coverageOf(after)]
  if (is === null || isInside(is) || (was !== null && !isInside(was))) return []
  return [{ subject: 'coverage', what: `80 % intervals (new ${axis}) cover ${percent(is)}, outside 75–85 %` }]
}

function isInside(share: number): boolean {
  return share >= pooledCoverage[0] && share <= pooledCoverage[1]
}

function subjectOf({ family, runtime, precision }: Cell): string {
  return `${family} ${runtime} ${precision}`
}

/** Those that the newest "Numbers changed" of the CHANGELOG does not name. */
export function unexplained(found: readonly Regression[], changelog: string): Regression[] {
  const named = numbersChanged(changelog)
  return found.filter(({ subject }) => !named.includes(subject))
}

/** The text under the first *Numbers changed* of the first section. */
function numbersChanged(changelog: string): string {
  const [, newest = ''] = changelog.split(/^## /m)
  const [, changed = ''] = newest.split(/^\*Numbers changed\*$/m)
  return changed.split(/^\*[A-Z][\w ]+\*$/m)[0] ?? ''
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
