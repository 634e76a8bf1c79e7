/**
 * What a change makes worse: a fresh report against the best that every family has had (`best-families.csv`). A family may
 * stand above its best only by an entry with both numbers in `accepted-regressions.csv`.
 */

import { z } from 'zod'
import type { ValidationReport } from '../../worker/contract/validation.ts'
import { type SplitAxis, splitAxes } from '../evidence/splits.ts'
import { type Mismatch, reconcile } from './reconcile.ts'
import { dateCell, numberCell, type Table, textCell } from './tables.ts'

interface FamilyKey {
  readonly axis: SplitAxis
  readonly family: string
  readonly runtime: string
  readonly precision: string
}

export interface BestFamily extends FamilyKey {
  /** Lowest held-out median error that a committed report had. */
  readonly mdApe: number
}

export interface Regression extends FamilyKey {
  readonly old: number
  readonly new: number
}

export interface AcceptedRegression extends Regression {
  readonly reason: string
  /** ISO, of the entry. */
  readonly date: string
}

const keyCells = { axis: z.enum(splitAxes), family: textCell, runtime: textCell, precision: textCell }

export const bestFamilies: Table<BestFamily> = {
  name: 'best-families.csv',
  columns: ['axis', 'family', 'runtime', 'precision', 'mdape'],
  row: z.strictObject({ ...keyCells, mdape: numberCell }).transform(({ mdape, ...key }) => ({ ...key, mdApe: mdape })),
  cells: ({ axis, family, runtime, precision, mdApe }) => [axis, family, runtime, precision, String(mdApe)],
}

export const acceptedRegressions: Table<AcceptedRegression> = {
  name: 'accepted-regressions.csv',
  columns: ['axis', 'family', 'runtime', 'precision', 'old', 'new', 'reason', 'date'],
  row: z.strictObject({ ...keyCells, old: numberCell, new: numberCell, reason: textCell, date: dateCell }),
  cells: (each) => [
    ...[each.axis, each.family, each.runtime, each.precision],
    ...[each.old.toFixed(entryDecimals), each.new.toFixed(entryDecimals), each.reason, each.date],
  ],
}

/** Of the errors in an entry, as shares. */
const entryDecimals = 3
/** Relative; what rounding and a few added rows do stays below. */
const worstRise = 0.05
/** Smaller families jump with every row. */
const leastRows = 30

/** Families whose median error is over their best by more than 5 % of it; new ones have nothing to be compared with. */
export function regressions(best: readonly BestFamily[], after: Pick<ValidationReport, 'splits'>): Regression[] {
  const known = new Map(best.map((each) => [keyText(each), each.mdApe]))
  return familiesOf(after).flatMap(({ mdApe, ...key }) => {
    const old = known.get(keyText(key))
    return old === undefined || mdApe <= old * (1 + worstRise) ? [] : [{ ...key, old, new: mdApe }]
  })
}

/** Every regression has its entry, both numbers within rounding, and every entry its regression. */
export function unacceptedRegressions(
  found: readonly Regression[],
  accepted: readonly AcceptedRegression[],
): Mismatch<Regression, AcceptedRegression> {
  const numbered = <T extends Regression>(each: T) => ({ ...each, key: keyText(each), values: [each.old, each.new] })
  return reconcile(found.map(numbered), accepted.map(numbered), entryDecimals)
}

/** Lower where a family became better and never higher; families that the evidence no longer has are dropped. */
export function updatedBest(best: readonly BestFamily[], after: Pick<ValidationReport, 'splits'>): BestFamily[] {
  const known = new Map(best.map((each) => [keyText(each), each.mdApe]))
  return familiesOf(after)
    .map((each) => ({ ...each, mdApe: Math.min(each.mdApe, known.get(keyText(each)) ?? each.mdApe) }))
    .sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1))
}

export function regressionText({ axis, family, runtime, precision, old, new: is }: Regression): string {
  return `median error of ${family} ${runtime} ${precision} (new ${axis}) rose from ${percent(old)} to ${percent(is)}`
}

function familiesOf({ splits }: Pick<ValidationReport, 'splits'>): BestFamily[] {
  return splitAxes.flatMap((axis) =>
    splits[axis].families.flatMap(({ family, runtime, precision, metrics }) =>
      metrics === null || metrics.n < leastRows ? [] : [{ axis, family, runtime, precision, mdApe: metrics.mdApe }],
    ),
  )
}

export function isSameFamily(a: FamilyKey, b: FamilyKey): boolean {
  return keyText(a) === keyText(b)
}

function keyText({ axis, family, runtime, precision }: FamilyKey): string {
  return [axis, family, runtime, precision].join('|')
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
