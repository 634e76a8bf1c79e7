/** A list of exceptions against what is found: everything found is listed with its number, and nothing else is. */

export interface Numbered {
  readonly key: string
  /** Compared in their order. */
  readonly values: readonly number[]
}

export interface Mismatch<Found, Listed> {
  /** Found, and not listed with these numbers. */
  readonly unlisted: readonly Found[]
  /** Listed, and not found with these numbers. */
  readonly stale: readonly Listed[]
}

/** `decimals`: those the list is written with. */
export function reconcile<Found extends Numbered, Listed extends Numbered>(
  found: readonly Found[],
  listed: readonly Listed[],
  decimals: number,
): Mismatch<Found, Listed> {
  const rounding = 0.51 * 10 ** -decimals
  const isSame = (a: Numbered, b: Numbered): boolean =>
    a.key === b.key && a.values.every((value, index) => Math.abs(value - (b.values[index] ?? Number.NaN)) <= rounding)
  return {
    unlisted: found.filter((each) => !listed.some((other) => isSame(each, other))),
    stale: listed.filter((each) => !found.some((other) => isSame(each, other))),
  }
}
