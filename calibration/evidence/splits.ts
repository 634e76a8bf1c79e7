/**
 * The protocol: rows are split by model, by device or by silicon family, never by row, and the folds are fixed by a hash of the name alone.
 * What is handed out for fitting never holds a row of the group that is asked about, and what is asked about never holds
 * what was measured.
 */
import type { AskedRow, MeasuredRow } from './cases.ts'

/** New model on a known device; new device; new silicon family of the unit. */
export const splitAxes = ['model', 'device', 'family'] as const
export type SplitAxis = (typeof splitAxes)[number]

/** `cell`: one network on one target, both of them known apart from it. */
export type HeldOutAxis = SplitAxis | 'cell'

export const foldCount = 5

export interface Fold {
  /** `model-0` … `family-4`. */
  readonly id: string
  readonly axis: HeldOutAxis
  /** All that a fit may see. */
  readonly training: readonly MeasuredRow[]
  /** What it is then asked, without the answers. */
  readonly asked: readonly AskedRow[]
}

/** Every row is asked about in exactly one fold of the axis. */
export function foldsOf(rows: readonly MeasuredRow[], axis: HeldOutAxis): Fold[] {
  return Array.from({ length: foldCount }, (_, index) => ({
    id: `${axis}-${index}`,
    axis,
    training: rows.filter(({ asked }) => foldIndex(groupOf(asked, axis)) !== index),
    asked: rows.flatMap(({ asked }) => (foldIndex(groupOf(asked, axis)) === index ? [asked] : [])),
  }))
}

/** The unit that is held out as a whole, and that conformal intervals count. */
export function groupOf({ presetId, deviceGroup, familyGroup, cell, question }: AskedRow, axis: HeldOutAxis): string {
  switch (axis) {
    case 'model':
      return presetId
    case 'device':
      return deviceGroup
    case 'family':
      return familyGroup
    case 'cell':
      return [presetId, deviceGroup, question.request.unit, cell.runtime, cell.precision].join('|')
  }
}

/** FNV-1a of 32 bits over the name (ids are ASCII); changing it would move the goalposts. */
export function foldIndex(group: string): number {
  return hashIndex(group, foldCount)
}

/** The same hash, modulo any count. */
export function hashIndex(text: string, count: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % count
}
