/**
 * What one measured result of the user's own is worth: every held-out run is predicted without it, and with one other
 * held-out run as an anchor (docs/method/calibration.md, CAL-5).
 */

import { calibration as committed } from '../../device-catalog/calibration.ts'
import type { MeasuredRow } from '../../device-catalog/evidence/cases.ts'
import { predictedFigure } from '../../device-catalog/evidence/quantity.ts'
import { foldsOf, hashIndex, type SplitAxis } from '../../device-catalog/evidence/splits.ts'
import { answer } from '../../device-catalog/pairs/question.ts'
import { type Anchor, anchorAt, soundAnchors } from '../../simulator/predict/anchors.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { quantile } from '../../simulator/statistics.ts'
import { buildCalibration } from '../calibration/build.ts'

export interface AnchorWorth {
  /** `model`: a new network, anchored on another device; `device`: a new device, anchored with another network. */
  readonly axis: SplitAxis
  readonly rows: number
  readonly mdApeWithout: number
  readonly mdApeWith: number
  readonly covers80Without: number
  readonly covers80With: number
  readonly halfWidthWithout: number
  readonly halfWidthWith: number
  /** Of the anchors used, and of the same ones off by ten. */
  readonly refusedShare: number
  readonly refusedOffByTen: number
}

interface Held {
  readonly row: MeasuredRow
  readonly p50: number
  readonly pi80: readonly [number, number]
}

export function anchorWorth(rows: readonly MeasuredRow[], axis: SplitAxis): AnchorWorth {
  const latencies = rows.filter(({ asked, row }) => asked.quantity === 'latency' && row.trust >= 3 && row.isNewest)
  const byId = new Map(latencies.map((each) => [each.asked.id, each]))
  const errors: { without: number; with: number; inside: [boolean, boolean]; half: [number, number] }[] = []
  const refused: [boolean, boolean][] = []
  for (const { id, training, asked } of foldsOf(rows, axis)) {
    const calibration: Calibration = { ...buildCalibration(training, id, []), widths: committed.widths }
    const held = asked.flatMap((each) => heldOf(byId.get(each.id), calibration, []) ?? [])
    for (const each of held) {
      const other = anchorFor(each, held, axis)
      if (other === null) continue
      const made = anchorOf(other)
      const { sound } = soundAnchors(calibration, [made])
      const wrong = soundAnchors(calibration, [{ ...made, logError: made.logError + Math.LN10 }]).wrong
      refused.push([sound.length === 0, wrong.length > 0])
      const anchored = heldOf(each.row, calibration, sound)
      if (anchored === null) continue
      errors.push({
        without: Math.abs(each.p50 / each.row.value - 1),
        with: Math.abs(anchored.p50 / each.row.value - 1),
        inside: [isInside(each), isInside(anchored)],
        half: [halfWidth(each), halfWidth(anchored)],
      })
    }
  }
  return {
    axis,
    rows: errors.length,
    mdApeWithout: quantile(
      errors.map((each) => each.without),
      0.5,
    ),
    mdApeWith: quantile(
      errors.map((each) => each.with),
      0.5,
    ),
    covers80Without: shareOf(errors.map(({ inside }) => inside[0])),
    covers80With: shareOf(errors.map(({ inside }) => inside[1])),
    halfWidthWithout: quantile(
      errors.map(({ half }) => half[0]),
      0.5,
    ),
    halfWidthWith: quantile(
      errors.map(({ half }) => half[1]),
      0.5,
    ),
    refusedShare: shareOf(refused.map(([sound]) => sound)),
    refusedOffByTen: shareOf(refused.map(([, wrong]) => wrong)),
  }
}

function heldOf(row: MeasuredRow | undefined, calibration: Calibration, anchors: readonly Anchor[]): Held | null {
  if (row === undefined) return null
  const { question } = row.asked
  try {
    const predicted = answer({ ...question, request: { ...question.request, calibration, anchors } })
    const figure = predictedFigure(predicted, question, 'latency')
    return figure && { row, p50: figure.p50, pi80: figure.pi80 }
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

/**
 * The same network on another device, or another network on the same target, with the runtime and the precision of the
 * row; which of them is settled by a hash.
 */
function anchorFor({ row }: Held, held: readonly Held[], axis: SplitAxis): Held | null {
  const { asked } = row
  const candidates = held.filter(({ row: other }) => {
    const { cell, question, presetId, deviceGroup } = other.asked
    return (
      cell.kind === asked.cell.kind &&
      cell.runtime === asked.cell.runtime &&
      cell.precision === asked.cell.precision &&
      question.kind.latencyPer === asked.question.kind.latencyPer &&
      (axis === 'model'
        ? presetId === asked.presetId && deviceGroup !== asked.deviceGroup
        : presetId !== asked.presetId && deviceGroup === asked.deviceGroup)
    )
  })
  return candidates[hashIndex(asked.id, candidates.length)] ?? null
}

function anchorOf({ row, p50 }: Held): Anchor {
  return anchorAt(row.asked.question.request, Math.log(row.value / p50))
}

function isInside({ row, pi80 }: Held): boolean {
  return row.value >= pi80[0] && row.value <= pi80[1]
}

function halfWidth({ pi80 }: Held): number {
  return Math.sqrt(pi80[1] / pi80[0])
}

function shareOf(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length / flags.length
}
