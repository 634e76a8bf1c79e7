/** How many of an entry's facts somebody has seen in their source. */
import type { DeviceEntry } from './schema.ts'

export interface ConfirmedCount {
  readonly confirmed: number
  readonly all: number
}

export function confirmedFacts(entries: readonly DeviceEntry[]): ConfirmedCount {
  let [confirmed, all] = [0, 0]
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('confirmed' in value && 'sourceIds' in value) {
      all++
      if (value.confirmed === true) confirmed++
      return
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(entries)
  return { confirmed, all }
}
