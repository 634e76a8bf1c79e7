/** What P(meets the budget) is worth: budgets around every prediction, the stated probability against the truth. */
import { isTime } from '../../device-catalog/pairs/quantity.ts'
import { fitsFrom, probability } from '../../simulator/decide/fit.ts'
import { weightedMean } from '../../simulator/statistics.ts'
import type { ScoredRow } from './score.ts'

export interface VerdictAccuracy {
  /** Budgets for which P ≥ 0.9 was stated, and the share of them that was met in truth. */
  readonly fits: number
  readonly metShare: number
  readonly reliability: readonly ReliabilityBin[]
}

interface ReliabilityBin {
  readonly fromP: number
  readonly toP: number
  readonly budgets: number
  readonly metShare: number
}

/** Budgets as multiples of the median: from out of reach to generous. */
const budgetFactors = [1 / 3, 1 / 2, 1 / 1.5, 1 / 1.25, 1, 1.25, 1.5, 2, 3] as const
const bins = 10

/** `null` where no interval is stated. */
export function verdictAccuracy(rows: readonly ScoredRow[]): VerdictAccuracy | null {
  const verdicts = rows.flatMap(({ asked, interval, measured, weight }) => {
    if (interval === null) return []
    const atMost = isTime(asked.quantity)
    return budgetFactors.map((factor) => {
      const limit = interval.p50 * factor
      const isMet = atMost ? measured <= limit : measured >= limit
      return { p: probability(interval, limit, atMost), value: isMet ? 1 : 0, weight }
    })
  })
  const fits = verdicts.filter(({ p }) => p >= fitsFrom)
  if (fits.length === 0) return null
  return {
    fits: fits.length,
    metShare: weightedMean(fits),
    reliability: Array.from({ length: bins }, (_, bin) => {
      const inBin = verdicts.filter(({ p }) => Math.min(bins - 1, Math.floor(p * bins)) === bin)
      return inBin.length === 0
        ? []
        : [{ fromP: bin / bins, toP: (bin + 1) / bins, budgets: inBin.length, metShare: weightedMean(inBin) }]
    }).flat(),
  }
}
