/** Silicon families that the evidence cannot tell apart: one is sold on a device whose figures are printed for another. */

import { groupBy } from '../../simulator/group-by.ts'
import type { AskedRow } from './cases.ts'

type Grouped = Pick<AskedRow, 'deviceId' | 'deviceGroup' | 'cell'>

/**
 * The family of a row's unit, by the name that sorts first where devices that are copies of one another (`deviceGroup`)
 * have the same kind of unit of different families. Big and little cores of one device are families of their own.
 */
export function familyGroups(rows: readonly Grouped[]): (row: Grouped) => string {
  const first = new Map<string, string>()
  for (const copies of groupBy(rows, ({ deviceGroup, cell }) => `${deviceGroup}|${cell.kind}`).values()) {
    const byDevice = groupBy(copies, ({ deviceId }) => deviceId)
    if (byDevice.size < 2) continue
    const names = [...new Set(copies.map(({ cell }) => cell.family))].sort()
    const [name] = names
    for (const each of names) if (name !== undefined) first.set(each, name)
  }
  return ({ cell }) => first.get(cell.family) ?? cell.family
}
