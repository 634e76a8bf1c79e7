/** One change tried on its own. */
import type { Change } from './change.ts'
import type { Outcome } from './outcome.ts'
import type { Hindrance, Note } from './scenario.ts'

/** Its outcome, or why there is none. */
export interface Trial {
  readonly change: Change
  readonly notes: readonly Note[]
  readonly hindrance: Hindrance | null
  readonly outcome: Outcome | null
}

/** A student that multiplies no less than its teacher is none; for trials of proposals. */
export function isSmallerOrNoStudent({ change, outcome }: Trial): boolean {
  return change.kind !== 'student' || outcome === null || outcome.work.macs[1] < outcome.work.macs[0]
}
