/** Does int8 help? The same model on the same accelerator in float and in int8, and whether the sign is foretold. */

import { itemsPerBatch, secondsPerBatch } from '../../device-catalog/pairs/quantity.ts'
import type { UnitKind } from '../../simulator/hardware/device.ts'
import type { MeasuredRow } from '../evidence/cases.ts'
import type { Answers } from './cross-validate.ts'

export interface SignAccuracy {
  readonly pairs: number
  readonly rightShare: number
  /** Pairs whose int8 is slower in truth. */
  readonly slower: number
  /** `null` without any. */
  readonly slowerFoundShare: number | null
}

const generalPurpose: ReadonlySet<UnitKind> = new Set(['cpu-simd', 'wasm-simd', 'mcu-cpu', 'gpu'])
const floats: ReadonlySet<string> = new Set(['fp32', 'fp16', 'bf16'])

/** `null` where no model was run both ways. */
export function precisionSign(rows: readonly MeasuredRow[], answers: Answers): SignAccuracy | null {
  const groups = new Map<string, { float?: MeasuredRow; int8?: MeasuredRow }>()
  for (const row of rows) {
    const { cell } = row.asked
    const side = cell.precision === 'int8' ? 'int8' : floats.has(cell.precision) ? 'float' : null
    if (side === null || generalPurpose.has(cell.kind) || !answers.get(row.asked.id)) continue
    const key = comparable(row)
    groups.set(key, { ...groups.get(key), [side]: row })
  }
  let [pairs, total, right, slower, slowerTotal, slowerFound] = [0, 0, 0, 0, 0, 0]
  for (const { float, int8 } of groups.values()) {
    if (float === undefined || int8 === undefined) continue
    const truth = gain(float.value, int8.value, float)
    const told = gain(answers.get(float.asked.id)?.p50 ?? 1, answers.get(int8.asked.id)?.p50 ?? 1, float)
    if (truth === 1) continue
    const weight = (float.weight + int8.weight) / 2
    pairs += 1
    total += weight
    if (truth > 1 === told > 1) right += weight
    if (truth < 1) {
      slower += 1
      slowerTotal += weight
      if (told < 1) slowerFound += weight
    }
  }
  if (pairs === 0) return null
  return {
    pairs,
    rightShare: right / total,
    slower,
    slowerFoundShare: slowerTotal === 0 ? null : slowerFound / slowerTotal,
  }
}

/** How many times faster int8 is. */
function gain(float: number, int8: number, { asked }: MeasuredRow): number {
  const seconds = (value: number) => secondsPerBatch(asked.quantity, value, asked.question)
  return seconds(float) / seconds(int8)
}

function comparable({ asked, row }: MeasuredRow): string {
  const { question, deviceId, cell, presetId, quantity } = asked
  const { unit, powerMode } = question.request
  return [presetId, row.inputShape, deviceId, unit, cell.runtime, powerMode, itemsPerBatch(question), quantity].join(
    '|',
  )
}
