/**
 * What one measured result of the user's own is worth: every held-out run is predicted without it, and with one other
 * held-out run as an anchor (docs/method/calibration.md, CAL-5).
 */

import { loadCalibration } from '../../device-catalog/calibration.ts'
import { predictedFigure } from '../../device-catalog/pairs/quantity.ts'
import { answer } from '../../device-catalog/pairs/question.ts'
import { type Anchor, anchorAt, soundAnchors } from '../../simulator/predict/anchors.ts'
import type { Calibration } from '../../simulator/predict/calibration.ts'
import { ProblemError } from '../../simulator/problem.ts'
import { quantile } from '../../simulator/statistics.ts'
import type { AnchorWorth } from '../../worker/contract/validation.ts'
import { buildCalibration } from '../build.ts'
import type { MeasuredRow } from '../evidence/cases.ts'
import { foldsOf, hashIndex } from '../evidence/splits.ts'

interface Held {
  readonly row: MeasuredRow
  readonly p50: number
  readonly pi80: readonly [number, number]
}

export const anchoredAxes = ['model', 'device'] as const
type AnchoredAxis = (typeof anchoredAxes)[number]

/** Axis `model`: a new network, anchored on another device; `device`: a new device, anchored with another network. */
export function anchorWorth(rows: readonly MeasuredRow[], axis: AnchoredAxis): AnchorWorth | null {
  const latencies = rows.filter(({ asked, row }) => asked.quantity === 'latency' && row.trust >= 3 && row.isNewest)
  const byId = new Map(latencies.map((each) => [each.asked.id, each]))
  const committed = loadCalibration()
  const without: Held[] = []
  const anchored: Held[] = []
  const refused: boolean[] = []
  const refusedOffByTen: boolean[] = []
  for (const { id, training, asked } of foldsOf(rows, axis)) {
    const calibration: Calibration = {
      ...buildCalibration(training, { ...committed, hash: id }, []),
      widths: committed.widths,
    }
    const held = asked.flatMap((each) => heldOf(byId.get(each.id), calibration, []) ?? [])
    for (const each of held) {
      const other = anchorFor(each, held, axis)
      if (other === null) continue
      const made = anchorOf(other)
      const { sound } = soundAnchors(calibration, [made])
      const { wrong } = soundAnchors(calibration, [{ ...made, logError: made.logError + Math.LN10 }])
      refused.push(sound.length === 0)
      refusedOffByTen.push(wrong.length > 0)
      const again = heldOf(each.row, calibration, sound)
      if (again === null) continue
      without.push(each)
      anchored.push(again)
    }
  }
  if (without.length === 0) return null
  return {
    rows: without.length,
    without: metricsOf(without),
    with: metricsOf(anchored),
    refusedShare: shareOf(refused),
    refusedOffByTenShare: shareOf(refusedOffByTen),
  }
}

function metricsOf(held: readonly Held[]): AnchorWorth['with'] {
  return {
    mdApe: quantile(
      held.map(({ row, p50 }) => Math.abs(p50 / row.value - 1)),
      0.5,
    ),
    coverage80Share: shareOf(held.map(isInside)),
    halfWidth80Factor: quantile(held.map(halfWidth), 0.5),
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
function anchorFor({ row }: Held, held: readonly Held[], axis: AnchoredAxis): Held | null {
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
