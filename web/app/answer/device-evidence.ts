/** What was measured on a device, as the page about it shows it. */
import type { Quantity } from '../../../device-catalog/pairs/quantity.ts'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'

/** What the engine says of a row whose network was left out of the fit. */
export interface HeldOut {
  readonly predicted: number
  readonly pi80: readonly [number, number] | null
}

export interface MeasuredRow {
  readonly rowId: string
  readonly presetId: string
  /** As published; '' = not stated, for this and the next three. */
  readonly unit: string
  readonly runtime: string
  readonly precision: string
  readonly powerMode: string
  readonly batch: number | null
  readonly quantity: Quantity
  readonly measured: number
  readonly sourceId: string
  /** `null` = not among the rows whose held-out prediction is kept. */
  readonly heldOut: HeldOut | null
}

interface EvidenceSourceNote {
  readonly id: string
  readonly title: string
  readonly locator: string
  /** The credit line of the figure. */
  readonly attribution: string
}

export interface DeviceEvidence {
  readonly rows: readonly MeasuredRow[]
  readonly sources: readonly EvidenceSourceNote[]
}

/** Rows of one preset on the unit of a target; its runtime and precision first. */
export function likeTarget(
  { rows }: DeviceEvidence,
  presetId: string,
  target: Pick<TargetKey, 'unitId' | 'runtimeId' | 'precision'>,
): readonly MeasuredRow[] {
  const apart = (row: MeasuredRow) =>
    2 * Number(row.runtime !== target.runtimeId) + Number(row.precision !== target.precision)
  return rows
    .filter((row) => row.presetId === presetId && (row.unit === '' || row.unit === target.unitId))
    .toSorted((a, b) => apart(a) - apart(b))
}
