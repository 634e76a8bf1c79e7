/**
 * What the product's own evidence contradicts, listed with numbers: figures far outside their interval (`outliers.csv`),
 * targets whose intervals miss too often (`targets-below.csv`), evidence levels whose 80 % intervals cover too little or
 * too much (`coverage-exceptions.csv`). What is not listed fails, and so does what is listed and no longer so.
 */

import { z } from 'zod'
import { type Quantity, quantities } from '../../device-catalog/pairs/quantity.ts'
import { type EvidenceLevel, evidenceLevels } from '../../worker/contract/validation.ts'
import { dateCell, numberCell, readTable, type Table, textCell } from './tables.ts'

/** The reason of an entry that nobody has explained yet. */
export const openQuestion = 'open question'

interface Reasoned {
  readonly reason: string
  /** ISO, of the entry. */
  readonly date: string
}

export interface Outlier extends Reasoned {
  readonly rowId: string
  readonly quantity: Quantity
  readonly halfWidths: number
}

/** Device × unit × runtime × family of numbers. */
export interface TargetKey {
  readonly deviceId: string
  readonly unit: string
  readonly runtime: string
  readonly numbers: 'float' | 'integer' | 'mixed'
}

export interface OffTarget extends TargetKey, Reasoned {
  readonly figures: number
  readonly inside95Share: number
}

export interface OffLevel extends Reasoned {
  readonly level: EvidenceLevel
  readonly coverage80Share: number
}

export function outlierText({ rowId, quantity }: Pick<Outlier, 'rowId' | 'quantity'>): string {
  return `${rowId}/${quantity}`
}

export function targetText({ deviceId, unit, runtime, numbers }: TargetKey): string {
  return [deviceId, unit, runtime, numbers].join('|')
}

export const outlierTable: Table<Outlier> = {
  name: 'outliers.csv',
  columns: ['row_id', 'quantity', 'half_widths', 'reason', 'date'],
  row: z
    .strictObject({
      row_id: textCell,
      quantity: z.enum(quantities),
      half_widths: numberCell,
      reason: textCell,
      date: dateCell,
    })
    .transform(({ row_id, half_widths, ...rest }) => ({ rowId: row_id, halfWidths: half_widths, ...rest })),
  cells: ({ rowId, quantity, halfWidths, reason, date }) => [rowId, quantity, halfWidths.toFixed(2), reason, date],
}

export const targetTable: Table<OffTarget> = {
  name: 'targets-below.csv',
  columns: ['device_id', 'unit', 'runtime', 'numbers', 'figures', 'inside95_share', 'reason', 'date'],
  row: z
    .strictObject({
      device_id: textCell,
      unit: textCell,
      runtime: textCell,
      numbers: z.enum(['float', 'integer', 'mixed']),
      figures: numberCell,
      inside95_share: numberCell,
      reason: textCell,
      date: dateCell,
    })
    .transform(({ device_id, inside95_share, ...rest }) => ({
      deviceId: device_id,
      inside95Share: inside95_share,
      ...rest,
    })),
  cells: ({ deviceId, unit, runtime, numbers, figures, inside95Share, reason, date }) => [
    ...[deviceId, unit, runtime, numbers],
    ...[String(figures), inside95Share.toFixed(3), reason, date],
  ],
}

export const levelTable: Table<OffLevel> = {
  name: 'coverage-exceptions.csv',
  columns: ['level', 'coverage80_share', 'reason', 'date'],
  row: z
    .strictObject({ level: z.enum(evidenceLevels), coverage80_share: numberCell, reason: textCell, date: dateCell })
    .transform(({ coverage80_share, ...rest }) => ({ coverage80Share: coverage80_share, ...rest })),
  cells: ({ level, coverage80Share, reason, date }) => [level, coverage80Share.toFixed(3), reason, date],
}

export interface KnownExceptions {
  readonly outliers: readonly Outlier[]
  readonly targets: readonly OffTarget[]
}

export function knownExceptions(): KnownExceptions {
  return { outliers: readTable(outlierTable), targets: readTable(targetTable) }
}
