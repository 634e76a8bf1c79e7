/** A fact with its unit as engineers write it. */
import type { FactUse } from '../../../simulator/predict/prediction.ts'
import type { Messages } from './en.ts'
import { figure, siPrefix } from './format.ts'

/** `DRAM bandwidth`, `INT8 peak, dense`; a field without a name keeps its path. */
export function factName(field: string, text: Pick<Messages, 'factNames' | 'densePeak'>): string {
  const [, arithmetic] = /^unit\.peakMacsPerS\.(.+)$/.exec(field) ?? []
  return arithmetic === undefined ? (text.factNames[field] ?? field) : text.densePeak(arithmetic.toUpperCase())
}

/** `10.0 TMAC/s`, `17.0 GB/s`, `50.0 µs`; a share has no unit. */
export function factText({ value, unit }: Pick<FactUse, 'value' | 'unit'>): string {
  if (unit === '1') return figure(value, 3)
  const small = value > 0 && value < 1 ? smallPrefixes.find(({ factor }) => value * factor >= 1) : undefined
  if (small !== undefined && prefixable.includes(unit))
    return `${figure(value * small.factor, 3)} ${small.prefix}${unit}`
  if (value !== 0 && value < 1) return `${figure(value, 3)} ${unit}`
  const { text, prefix } = siPrefix(value)
  return `${text} ${prefix}${unit}`
}

const prefixable = ['s', 'W', 'J']
const smallPrefixes = [
  { prefix: 'm', factor: 1e3 },
  { prefix: 'µ', factor: 1e6 },
  { prefix: 'n', factor: 1e9 },
]
