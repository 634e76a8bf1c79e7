/** A value of a limit as people write it, with its unit: `33.3 ms`, `30 FPS`, `1 GB`, `250 USD`. */
import type { Budget, LimitName } from '../../../simulator/decide/budget.ts'
import { limitsOf } from '../../../simulator/report/figures.ts'
import { byteSize, joined, plain } from './format.ts'

const units: Readonly<Record<Exclude<LimitName, 'maxMemoryBytes'>, string>> = {
  maxLatencyMs: 'ms',
  minThroughputPerS: 'FPS',
  maxPowerW: 'W',
  maxEnergyMj: 'mJ',
  maxPriceUsd: 'USD',
}

export function limitValue(limit: LimitName, value: number): string {
  if (limit !== 'maxMemoryBytes') return `${plain(Number(value.toPrecision(4)))} ${units[limit]}`
  const size = byteSize(value)
  return joined({ ...size, text: String(Number(size.text)) })
}

/** `33.3 ms, 10 W and 250 USD`; '' when nothing is limited. */
export function budgetText(budget: Budget): string {
  const values = limitsOf(budget).map(({ limit, value }) => limitValue(limit, value))
  const last = values.pop()
  return values.length === 0 ? (last ?? '') : `${values.join(', ')} and ${last}`
}
