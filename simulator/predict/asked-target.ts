/** What a request about a model is about: its wishes, and what the model itself prefers where it wishes nothing. */

import type { GraphSummary } from '../graph/summary.ts'
import type { Device } from '../hardware/device.ts'
import { type ModelPreferences, preferencesOf } from '../hardware/model-preferences.ts'
import { resolveTarget, type Target, type TargetWishes } from '../hardware/target.ts'

interface Asked extends Omit<TargetWishes, keyof ModelPreferences> {
  readonly summary: GraphSummary
  readonly device: Device
}

/** The one way from a request to its target, so that fit, floor and prediction speak of the same. Throws as `resolveTarget` does. */
export function askedTarget(request: Asked): Target {
  return resolveTarget(request.device, { ...request, ...preferencesOf(request.summary) })
}
