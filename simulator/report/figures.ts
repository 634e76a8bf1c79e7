/** Numbers as people read them: three significant digits, a unit that fits, never more than the interval supports. */
import type { Budget, LimitName } from '../decide/budget.ts'
import type { AvailableMetric, Metric } from '../predict/prediction.ts'

/** Units that figures are shown in; the key says what the number is in. */
const scales = {
  ms: [
    [1e3, 's'],
    [1, 'ms'],
    [1e-3, 'µs'],
  ],
  bytes: [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
    [1, 'B'],
  ],
  mj: [
    [1e3, 'J'],
    [1, 'mJ'],
    [1e-3, 'µJ'],
  ],
  w: [
    [1, 'W'],
    [1e-3, 'mW'],
  ],
  perS: [[1, '/s']],
  usd: [[1, 'USD']],
  macs: [
    [1e9, 'GMAC'],
    [1e6, 'MMAC'],
    [1e3, 'kMAC'],
    [1, 'MAC'],
  ],
} as const satisfies Record<string, readonly (readonly [number, string])[]>

export type DisplayUnit = keyof typeof scales

/** Three significant digits without an exponent: 0.0123, 1.23, 123, 1230. */
export function formatNumber(value: number): string {
  if (value === 0) return '0'
  const rounded = Number(value.toPrecision(3))
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))))
  const text = rounded.toFixed(Math.min(decimals, 20))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** `4.21 ms`, `3.5 MB`. */
export function formatQuantity(value: number, unit: DisplayUnit): string {
  const [factor, symbol] = scaleFor(value, unit)
  return `${formatNumber(value / factor)} ${symbol}`
}

/** `3.1 – 6.8 ms`; both ends in the unit that fits the upper one. */
export function formatRange([low, high]: readonly [number, number], unit: DisplayUnit): string {
  const [factor, symbol] = scaleFor(high, unit)
  return `${formatNumber(low / factor)} – ${formatNumber(high / factor)} ${symbol}`
}

/** A figure that is computed exactly, such as a size, has an interval of one point: nothing to show beside it. */
export function isExact({ p50, pi80 }: AvailableMetric): boolean {
  return pi80[0] === p50 && pi80[1] === p50
}

/** `4.21 ms (3.1 – 6.8 ms)`, the median with its 80 % interval; `null` when the figure is unavailable. */
export function formatMetric(metric: Metric, unit: DisplayUnit): string | null {
  if (metric.availability === 'unavailable') return null
  if (isExact(metric)) return formatQuantity(metric.p50, unit)
  return `${formatQuantity(metric.p50, unit)} (${formatRange(metric.pi80, unit)})`
}

/** `62.5 %`. */
export function formatShare(share: number): string {
  return `${formatNumber(share * 100)} %`
}

/**
 * `0.93`, `>0.99`, `<0.01`: two digits, and never a certainty, which no prediction has. Rounded toward even odds, so that
 * 0.90 is shown only where a verdict counts it as such.
 */
export function formatProbability(probability: number): string {
  if (probability > 0.99) return '>0.99'
  if (probability < 0.01) return '<0.01'
  const percent = Number((probability * 100).toPrecision(9))
  return ((probability > 0.5 ? Math.floor(percent) : Math.ceil(percent)) / 100).toFixed(2)
}

/** The unit of each limit and of the metric it is compared with. */
export const limitUnits: Readonly<Record<LimitName, DisplayUnit>> = {
  maxLatencyMs: 'ms',
  minThroughputPerS: 'perS',
  maxPowerW: 'w',
  maxMemoryBytes: 'bytes',
  maxEnergyMj: 'mj',
  maxPriceUsd: 'usd',
}

/** The limits that are set, in the order of `Budget`. */
export function limitsOf(budget: Budget): { readonly limit: LimitName; readonly value: number }[] {
  const names = Object.keys(limitUnits) as LimitName[] // keys of a literal typed Record<LimitName, …>
  return names.flatMap((limit) => {
    const value = budget[limit]
    return value === undefined ? [] : [{ limit, value }]
  })
}

function scaleFor(value: number, unit: DisplayUnit): readonly [number, string] {
  const units: readonly (readonly [number, string])[] = scales[unit]
  const fitting = units.find(([factor]) => Math.abs(value) >= factor)
  const last = units[units.length - 1]
  // Every unit has at least one scale; zero is shown in the unit's own name where there is one.
  return fitting ?? (value === 0 ? units.find(([factor]) => factor === 1) : last) ?? [1, unit]
}
