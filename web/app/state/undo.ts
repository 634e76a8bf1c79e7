/** Controls of the workbench as they were: moving one control, however far, is one step back. */
import type { TargetChoice, WhatIfChoice } from './portal-state.ts'

export interface Controls {
  readonly target: TargetChoice
  readonly whatIf: WhatIfChoice
}

export interface Step {
  readonly before: Controls
  /** What was moved. */
  readonly moved: string
}

const mostSteps = 50

/** Newest last. */
export function withStep(past: readonly Step[], before: Controls, after: Controls): readonly Step[] {
  const moved = [...movedIn(before.target, after.target), ...movedIn(before.whatIf, after.whatIf)].join(' ')
  if (moved === '' || past.at(-1)?.moved === moved) return past
  return [...past, { before: { target: before.target, whatIf: before.whatIf }, moved }].slice(-mostSteps)
}

function movedIn(before: object, after: object): string[] {
  const from = new Map<string, unknown>(Object.entries(before))
  const to = new Map<string, unknown>(Object.entries(after))
  return [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name)).sort()
}
