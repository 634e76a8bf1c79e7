/** The search part of the addresses of the model pages: what is not understood is left out, never an error. */
import { isPrecisionId, type PrecisionId } from '../../../simulator/graph/precision.ts'
import { type Facet, facets, type PresetColumn, type PresetQuery, presetColumns } from '../answer/model-list.ts'

type Search = Readonly<Record<string, unknown>>

export interface PresetSearch extends Readonly<Partial<Record<Facet, string>>> {
  readonly q?: string
  readonly sort?: PresetColumn
  readonly up?: boolean
}

export function parsePresetSearch(search: Search): PresetSearch {
  const chosen = facets.flatMap((facet) => {
    const value = text(search[facet])
    return value === undefined ? [] : [[facet, value] as const]
  })
  const q = text(search.q)
  const sort = presetColumns.find((column) => column === search.sort)
  return {
    ...Object.fromEntries(chosen),
    ...(q === undefined ? {} : { q }),
    ...(sort === undefined ? {} : { sort }),
    ...(search.up === true ? { up: true } : {}),
  }
}

/** By name, A first, unless the address says otherwise; figures start with the largest. */
export function queryOf({ q = '', sort = 'id', up, ...chosen }: PresetSearch): PresetQuery {
  return { search: q, chosen, sort, descending: isFigure(sort) && up !== true }
}

const isFigure = (column: PresetColumn): boolean => column === 'parameters' || column === 'macs'

/** The address after a click on a column: the order turns where there are two. */
export function sortedBy(search: PresetSearch, column: PresetColumn): PresetSearch {
  const { sort = 'id', up, ...rest } = search
  if (sort === column && isFigure(column) && up !== true) return { ...rest, sort, up: true }
  return { ...rest, sort: column }
}

export interface ModelSearch {
  /** Absent = as stored. */
  readonly precision?: PrecisionId
}

export function parseModelSearch(search: Search): ModelSearch {
  return precisionAs('precision', search.precision)
}

export interface DiffSearch {
  readonly old?: string
  readonly new?: string
  readonly oldPrecision?: PrecisionId
  readonly newPrecision?: PrecisionId
}

export function parseDiffSearch(search: Search): DiffSearch {
  const [before, after] = [text(search.old), text(search.new)]
  return {
    ...(before === undefined ? {} : { old: before }),
    ...(after === undefined ? {} : { new: after }),
    ...precisionAs('oldPrecision', search.oldPrecision),
    ...precisionAs('newPrecision', search.newPrecision),
  }
}

function precisionAs<Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: PrecisionId } {
  // The computed key is exactly `Name`.
  return typeof value === 'string' && isPrecisionId(value)
    ? ({ [name]: value } as { readonly [Key in Name]?: PrecisionId })
    : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
