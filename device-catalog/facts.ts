/**
 * Figures and how sure they are.
 *
 * A bare number is a vendor figure quoted from the default sources of its device or unit and not seen there by us.
 * `confirmed(…)` marks one that was seen; `measured`, `derived` and `assumed` are for what no vendor states.
 */
import type { CatalogFact } from './schema.ts'
import { type SourceId, sources } from './sources.ts'
import type { FactUnit } from './vocabulary.ts'

/** A figure before it knows its unit and the default sources. */
export interface Figure {
  readonly value: number
  readonly status: CatalogFact['status']
  readonly confirmed: boolean
  /** `null` = the default sources of the device or unit. */
  readonly sources: readonly SourceId[] | null
  readonly formula: string | null
  readonly note: string | null
  readonly conflict: NonNullable<CatalogFact['conflict']>
}

export type Num = number | Figure

/** The general form of the helpers below. */
export function fact(value: number, detail: Partial<Omit<Figure, 'value'>> = {}): Figure {
  return {
    value,
    status: 'vendor',
    confirmed: false,
    sources: null,
    formula: null,
    note: null,
    conflict: [],
    ...detail,
  }
}

/** Observed on the hardware; `note` says how. */
export function measured(value: number, note: string, ...from: readonly SourceId[]): Figure {
  return fact(value, { status: 'measured', note, ...(from.length === 0 ? {} : { sources: from }) })
}

/** Follows from other figures by `formula`. */
export function derived(value: number, formula: string, ...from: readonly SourceId[]): Figure {
  return fact(value, { status: 'derived', formula, ...(from.length === 0 ? {} : { sources: from }) })
}

/** A guess, with what it rests on. */
export function assumed(value: number, note: string): Figure {
  return fact(value, { status: 'assumed', note })
}

/** Somebody has seen this very figure in the source. */
export function confirmed(figure: Num): Figure {
  return { ...figureOf(figure), confirmed: true }
}

/** `figure` with another published value for the same quantity kept beside it. */
export function disputed(figure: Num, value: number, note: string): Figure {
  const own = figureOf(figure)
  return { ...own, conflict: [...own.conflict, { value, note }] }
}

/** Price in US dollars of a year, remembered from lists and shops: an order of magnitude, never an offer. */
export function price(usd: number, year: number): Figure {
  return fact(usd, { sources: ['list-prices'], note: `price of ${year}` })
}

/** On-demand price per hour; `item` is what is rented. */
export function hourly(usdPerHour: number, item: string): Figure {
  return fact(usdPerHour, { sources: ['list-prices'], note: item })
}

export function plainValue(figure: Num): number {
  return typeof figure === 'number' ? figure : figure.value
}

/** The complete fact; `at` are the sources of a figure that names none. */
export function factIn(figure: Num, unit: FactUnit, at: readonly SourceId[]): CatalogFact {
  const own = figureOf(figure)
  const sourceIds = own.sources ?? at
  return {
    value: own.value,
    unit,
    status: own.status,
    sourceIds: [...sourceIds],
    retrieved: own.confirmed ? lastRetrieved(sourceIds) : null,
    confirmed: own.confirmed,
    ...(own.formula === null ? {} : { formula: own.formula }),
    ...(own.note === null ? {} : { note: own.note }),
    ...(own.conflict.length === 0 ? {} : { conflict: [...own.conflict] }),
  }
}

/** `factIn`, or `null` for a figure that is not known. */
export function optionalFactIn(figure: Num | undefined, unit: FactUnit, at: readonly SourceId[]): CatalogFact | null {
  return figure === undefined ? null : factIn(figure, unit, at)
}

function figureOf(figure: Num): Figure {
  return typeof figure === 'number' ? fact(figure) : figure
}

function lastRetrieved(ids: readonly SourceId[]): string {
  const days = ids.flatMap((id) => sources[id].retrieved ?? [])
  const last = days.sort().at(-1)
  if (last === undefined) throw new Error(`a confirmed figure needs a source that was opened: ${ids.join(', ')}`)
  return last
}
