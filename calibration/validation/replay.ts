/**
 * The product held against its own evidence: every scored figure through the calibration that ships. The fit has seen
 * them, so an interval that misses its own evidence says nothing of what it has not seen.
 */

import { loadCalibration } from '../../device-catalog/calibration.ts'
import { predictedFigure } from '../../device-catalog/pairs/quantity.ts'
import { answer, type PairContext } from '../../device-catalog/pairs/question.ts'
import { groupBy } from '../../simulator/group-by.ts'
import { numberFamily } from '../../simulator/hardware/calibration.ts'
import { askedTarget } from '../../simulator/predict/asked-target.ts'
import type { ReplayReport } from '../../worker/contract/validation.ts'
import { type AskedRow, casesOf, type Evidence, type MeasuredRow } from '../evidence/cases.ts'
import { quarantine } from '../evidence/quarantine.ts'
import { type KnownExceptions, openQuestion, outlierText, type TargetKey, targetText } from './exceptions.ts'
import { scorableRows } from './score.ts'

const calibration = loadCalibration()

export interface Replayed {
  readonly asked: AskedRow
  readonly sourceId: string
  readonly measured: number
  readonly predicted: number
  readonly isInside95: boolean
  /** |ln (measured / predicted)| over the half-width of the 95 % interval on that logarithm. */
  readonly halfWidths: number
}

/** Beyond this a figure is no bad luck: it is listed with its reason, or as an open question. */
const outlierFrom = 2
/** Fewer figures of a target say nothing about 95 %. */
const leastFigures = 8
const leastInside = 0.93

/** All that is scored, once: seconds. */
export async function replayedEvidence(evidence: Evidence, context: PairContext): Promise<Replayed[]> {
  const { measured } = await casesOf(evidence, context)
  const tooFast = new Set(quarantine(measured).map(({ row }) => row.asked.rowId))
  return replayed(scorableRows(measured, tooFast, (id) => evidence.sources.get(id)?.origin ?? id))
}

/** Figures that are answered. */
export function replayed(rows: readonly MeasuredRow[]): Replayed[] {
  return rows.flatMap(({ asked, value, row }) => {
    const { question } = asked
    const prediction = answer({ ...question, request: { ...question.request, calibration } })
    const figure = predictedFigure(prediction, question, asked.quantity)
    if (figure === null) return []
    const [low, high] = figure.pi95
    const halfWidth = Math.log(high / low) / 2
    return [
      {
        asked,
        sourceId: row.sourceId,
        measured: value,
        predicted: figure.p50,
        isInside95: value >= low && value <= high,
        halfWidths: Math.abs(Math.log(value / figure.p50)) / halfWidth,
      },
    ]
  })
}

export function outliersOf(figures: readonly Replayed[]): Replayed[] {
  return figures.filter(({ halfWidths }) => halfWidths > outlierFrom).sort((a, b) => b.halfWidths - a.halfWidths)
}

export interface ReplayedTarget extends TargetKey {
  readonly figures: number
  readonly inside95Share: number
}

/** Targets with enough figures to judge. */
export function targetsOf(figures: readonly Replayed[]): ReplayedTarget[] {
  const targets = groupBy(figures, ({ asked }) => targetText(targetOf(asked)))
  return [...targets.values()].flatMap((members) => {
    const [first] = members
    if (first === undefined || members.length < leastFigures) return []
    const inside = members.filter(({ isInside95 }) => isInside95).length
    return [{ ...targetOf(first.asked), figures: members.length, inside95Share: inside / members.length }]
  })
}

export function targetsBelow(figures: readonly Replayed[]): ReplayedTarget[] {
  return targetsOf(figures)
    .filter(({ inside95Share }) => inside95Share < leastInside)
    .sort((a, b) => a.inside95Share - b.inside95Share)
}

export function targetOf({ deviceId, cell, question }: AskedRow): TargetKey {
  return {
    deviceId,
    unit: askedTarget(question.request).unit.id,
    runtime: cell.runtime,
    numbers: numberFamily(cell.precision),
  }
}

/** With the reasons that are listed; what is not listed yet is an open question. */
export function replayReport(figures: readonly Replayed[], known: KnownExceptions): ReplayReport {
  const outlierReason = new Map(known.outliers.map((each) => [outlierText(each), each.reason]))
  const targetReason = new Map(known.targets.map((each) => [targetText(each), each.reason]))
  return {
    figures: figures.length,
    inside95Share: figures.filter(({ isInside95 }) => isInside95).length / figures.length,
    targets: targetsOf(figures).length,
    below: targetsBelow(figures).map((target) => ({
      ...target,
      reason: targetReason.get(targetText(target)) ?? openQuestion,
    })),
    outliers: outliersOf(figures).map(({ asked, sourceId, measured, predicted, halfWidths }) => ({
      ...targetOf(asked),
      rowId: asked.rowId,
      quantity: asked.quantity,
      presetId: asked.presetId,
      measured,
      predicted,
      halfWidths,
      reason: outlierReason.get(asked.id) ?? openQuestion,
      sourceId,
    })),
  }
}
