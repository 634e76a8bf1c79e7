/** Numbers as people read them. Digits end where the band begins; SI prefixes; a true minus; thousands with a comma. */
import type { AvailableMetric } from '../../../simulator/predict/prediction.ts'

/** Significant digits that a metric's 80 % band supports: 3 up to ±20 %, 2 beyond. */
export function significantDigits(metric: AvailableMetric): number {
  const relative = (metric.pi80[1] - metric.pi80[0]) / (2 * metric.p50)
  if (!Number.isFinite(relative)) return 2
  return relative < 0.2 ? 3 : 2
}

/** `13.7`, `0.046`, `12,300`: rounded to `digits` significant digits, never in exponent form. */
export function figure(value: number, digits = 3): string {
  if (value === 0) return '0'
  const rounded = Number(value.toPrecision(digits))
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))))
  return withMinus(withDecimals(decimals).format(rounded))
}

/** Made once each: a slider writes thousands of figures a second. */
const formatters = new Map<number, Intl.NumberFormat>()

function withDecimals(decimals: number): Intl.NumberFormat {
  const known = formatters.get(decimals)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  formatters.set(decimals, made)
  return made
}

/** As typed by a person: no padding, up to six digits. */
export function plain(value: number): string {
  return withMinus(Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 9 }))
}

/** `11.9–15.8`: an en dash, no spaces. */
export function range(low: number, high: number, digits: number): string {
  return `${figure(low, digits)}–${figure(high, digits)}`
}

/** Axis labels: `0.05`, `200`, `1000`, `50 k`. */
export function tick(value: number): string {
  if (value >= 10_000) {
    const { text, prefix } = siPrefix(value, 3)
    return `${Number(text.replaceAll(',', ''))} ${prefix}`.trim()
  }
  return String(Number(value.toPrecision(3)))
}

/** A share of one as a whole percent, never broken before the sign; `<1 %` rather than a false 0. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1\u00a0%'
  if (share < 1 && share > 0.995) return '>99\u00a0%'
  return `${Math.round(share * 100)}\u00a0%`
}

/** A factor as tables show it: ×1.35. */
export function times(factor: number): string {
  return `×${factor.toFixed(2)}`
}

export interface WithUnit {
  readonly text: string
  readonly unit: string
}

/** 10³ bytes is a kB, 10⁶ a MB. */
export function byteSize(value: number, digits = 3): WithUnit {
  const { text, prefix } = siPrefix(value, digits)
  return { text, unit: `${prefix}B` }
}

/** `4.35` `G`, `63` `` : the largest SI prefix that leaves at least one. */
export function siPrefix(value: number, digits = 3): { readonly text: string; readonly prefix: string } {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P']
  const rounded = Number(value.toPrecision(digits))
  const step = rounded < 1000 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(rounded) / 3 + 1e-9))
  const scaled = rounded / 1000 ** step
  // Below a thousand counts and bytes are whole: no decimals to invent.
  const text = step === 0 && Number.isInteger(value) ? String(value) : figure(scaled, digits)
  return { text, prefix: prefixes[step] ?? '' }
}

/** `25.6 GB/s`. */
export function byteRate(bytesPerS: number): string {
  return `${joined(byteSize(bytesPerS))}/s`
}

/** Joined for sentences and tooltips: `8.9 MB`. */
export function joined({ text, unit }: WithUnit): string {
  return `${text} ${unit}`
}

function withMinus(text: string): string {
  return text.replace('-', '−')
}
