/** Which of two is faster: pairs of rows on the same device, runtime, threads and mode whose true gap is over 10 %. */

import { itemsPerBatch, secondsPerBatch } from '../../device-catalog/pairs/quantity.ts'
import type { MeasuredRow } from '../evidence/cases.ts'
import type { Answers } from './cross-validate.ts'

export interface OrderAccuracy {
  readonly pairs: number
  readonly rightShare: number
}

const smallestGap = 1.1

/** `null` where no two rows can be compared. A pair counts by the product of its weights. */
export function orderAccuracy(rows: readonly MeasuredRow[], answers: Answers): OrderAccuracy | null {
  const groups = new Map<string, Timed[]>()
  for (const row of rows) {
    const answer = answers.get(row.asked.id)
    if (answer === undefined || answer === null) continue
    const { quantity, question } = row.asked
    const timed = {
      measuredS: secondsPerBatch(quantity, row.value, question),
      predictedS: secondsPerBatch(quantity, answer.p50, question),
      weight: row.weight,
    }
    const key = comparable(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [timed])
    else group.push(timed)
  }
  let [pairs, total, right] = [0, 0, 0]
  for (const group of groups.values()) {
    group.forEach((a, index) => {
      for (const b of group.slice(index + 1)) {
        const gap = a.measuredS / b.measuredS
        if (Math.max(gap, 1 / gap) <= smallestGap) continue
        const weight = a.weight * b.weight
        pairs += 1
        total += weight
        if (gap > 1 === a.predictedS > b.predictedS) right += weight
      }
    })
  }
  return total === 0 ? null : { pairs, rightShare: right / total }
}

interface Timed {
  readonly measuredS: number
  readonly predictedS: number
  readonly weight: number
}

function comparable({ asked }: MeasuredRow): string {
  const { question, deviceId, cell, quantity } = asked
  const { unit, threads, powerMode } = question.request
  return [deviceId, unit, cell.runtime, threads, powerMode, itemsPerBatch(question), quantity].join('|')
}
