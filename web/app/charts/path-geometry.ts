/** Lengths of stacked path bars and the axis they share. */
import type { PathParts } from '../../../simulator/network/end-to-end.ts'
import { linearDomain } from './scale.ts'

/** In the order in which a request goes through them. */
export const partOrder = ['connectMs', 'uplinkMs', 'roundTripMs', 'inferenceMs', 'downlinkMs'] as const

export function totalOf(parts: PathParts | null): number | null {
  return parts === null ? null : partOrder.reduce((sum, part) => sum + parts[part], 0)
}

/** The axis holds all totals, unless the longest is more than three times the next: then that one breaks off. */
export function axisEnd(totalsMs: readonly number[], deadlineMs: number | null): number {
  const [longest = 1, next = longest] = totalsMs.toSorted((a, b) => b - a)
  const held = longest > 3 * next ? next * 1.3 : longest
  const wanted = deadlineMs === null || deadlineMs > 4 * held ? held : Math.max(held, deadlineMs * 1.1)
  return linearDomain([wanted])[1]
}
