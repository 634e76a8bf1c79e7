/** A change that was tried, as the controls that make it: a target, or sliders; `null` = no control makes it. */
import type { Change } from '../../../simulator/decide/what-if/change.ts'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'
import type { TargetChoice, WhatIfChoice } from '../state/portal-state.ts'

export interface Applied {
  readonly target: TargetChoice
  readonly whatIf: WhatIfChoice
  /** Another model to open; left out = the one that is open. */
  readonly preset?: string
}

/** `now`: what the engine resolved the choice to, so that the rest of the target stays what it is; `runtimes`: those of its unit. */
export function applyChange(
  change: Change,
  { target, whatIf }: Applied,
  now: TargetKey,
  runtimes: readonly string[],
): Applied | null {
  const { batch, powerMode } = target
  const kept = {
    device: now.deviceId,
    ...(batch === undefined ? {} : { batch }),
    ...(powerMode === undefined ? {} : { powerMode }),
  }
  const unit = { ...kept, unit: now.unitId }
  switch (change.kind) {
    case 'precision':
      return { target: { ...unit, runtime: now.runtimeId, precision: change.precision }, whatIf }
    case 'unit':
      return { target: { ...kept, unit: change.unit }, whatIf }
    case 'runtime':
      return runtimes.includes(change.runtime) ? { target: { ...unit, runtime: change.runtime }, whatIf } : null
    case 'student':
      return { target, whatIf, preset: change.preset }
    case 'mode':
      return { target: { ...target, device: now.deviceId, powerMode: change.mode }, whatIf }
    case 'batch':
      return { target: { ...target, device: now.deviceId, batch: change.items }, whatIf }
    case 'width':
      return { target, whatIf: { ...whatIf, width: change.factor } }
    case 'resolution':
      return { target, whatIf: { ...whatIf, resolution: change.factor } }
    case 'prune':
      return { target, whatIf: { ...whatIf, prune: change.ratio } }
    default:
      return null
  }
}
