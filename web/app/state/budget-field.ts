/** The fields of the budget as people type them: `33 ms`, `0.2 s`, `30 fps`, `200 mW`, `1 GB`, `512 KiB`, `$250`. */
import type { Budget, LimitName } from '../../../simulator/decide/budget.ts'
import { msFromS, sFromMs } from '../../../simulator/quantities.ts'

/** Latency and frame rate are the same question asked per inference or per second; one of them has the first field. */
export type Pace = 'latency' | 'throughput'

export type BudgetField = Exclude<LimitName, 'maxEnergyMj'>

interface FieldRule {
  /** Shown after the number, and meant when no unit is typed. */
  readonly unit: string
  /** The unit without a prefix, as typed. */
  readonly base: string
  readonly fromBase: (value: number) => number
}

const same = (value: number): number => value

export const fieldRules: Readonly<Record<BudgetField, FieldRule>> = {
  maxLatencyMs: { unit: 'ms', base: 's', fromBase: msFromS },
  minThroughputPerS: { unit: 'FPS', base: 'fps', fromBase: same },
  maxPowerW: { unit: 'W', base: 'W', fromBase: same },
  maxMemoryBytes: { unit: 'MB', base: 'B', fromBase: same },
  maxPriceUsd: { unit: 'USD', base: 'USD', fromBase: same },
}

const prefixes: Readonly<Record<string, number>> = {
  u: 1e-6,
  µ: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
}

export type ParsedField =
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'invalid'; readonly received: string }

/** Value in the unit of the budget. Zero and negative limits are refused: no device meets them. */
export function parseBudgetField(field: BudgetField, text: string): ParsedField {
  const cleaned = text.trim().replace(/^[≤≥<>=$\s]+/, '')
  if (cleaned === '') return { kind: 'empty' }
  const [, digits, unit] = /^(\d[\d,]*(?:\.\d*)?|\.\d+)\s*(\S*)$/.exec(cleaned) ?? []
  const value = digits === undefined ? null : convert(field, Number(digits.replaceAll(',', '')), unit ?? '')
  if (value === null || !(value > 0) || !Number.isFinite(value)) return { kind: 'invalid', received: text }
  return { kind: 'value', value: Number(value.toPrecision(12)) }
}

/** As put into the field: up to four digits, in the shown unit. */
export function showBudgetField(field: BudgetField, value: number | undefined): string {
  if (value === undefined) return ''
  const oneShownUnit = convert(field, 1, fieldRules[field].unit) ?? 1
  return String(Number((value / oneShownUnit).toPrecision(4)))
}

/** Asks the same budget per inference or per second: 33.3 ms ↔ 30 FPS, one item per inference. */
export function withPace(budget: Budget, pace: Pace): Budget {
  const { maxLatencyMs, minThroughputPerS, ...rest } = budget
  if (pace === 'latency') {
    const limitMs = maxLatencyMs ?? (minThroughputPerS === undefined ? undefined : msFromS(1 / minThroughputPerS))
    return limitMs === undefined ? rest : { ...rest, maxLatencyMs: Number(limitMs.toPrecision(3)) }
  }
  const limitPerS = minThroughputPerS ?? (maxLatencyMs === undefined ? undefined : 1 / sFromMs(maxLatencyMs))
  return limitPerS === undefined ? rest : { ...rest, minThroughputPerS: Number(limitPerS.toPrecision(3)) }
}

export function paceOf(budget: Budget): Pace {
  return budget.minThroughputPerS !== undefined && budget.maxLatencyMs === undefined ? 'throughput' : 'latency'
}

/** `null` = the unit does not belong to this field. */
function convert(field: BudgetField, value: number, typedUnit: string): number | null {
  const { unit, base, fromBase } = fieldRules[field]
  const wanted = typedUnit === '' ? unit : typedUnit
  if (field === 'maxLatencyMs' && wanted.toLowerCase() === 'fps') return msFromS(1 / value)
  if (field === 'minThroughputPerS' && wanted.toLowerCase() === 'ms') return 1 / sFromMs(value)
  if (!wanted.toLowerCase().endsWith(base.toLowerCase())) return null
  const typedPrefix = wanted.slice(0, wanted.length - base.length)
  // Nobody means millibytes: prefixes of bytes are read without regard to case.
  const prefix =
    base === 'B'
      ? Object.keys(prefixes).findLast((key) => key.toLowerCase() === typedPrefix.toLowerCase())
      : typedPrefix
  const factor = prefix === undefined ? undefined : prefixes[prefix]
  return factor === undefined ? null : fromBase(value * factor)
}
