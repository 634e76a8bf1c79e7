/** The presets as a list: what one is found by, how many each facet would leave, in which order they stand. */

export interface PresetRow {
  readonly id: string
  readonly family: string
  readonly task: string
  readonly inputShape: readonly number[]
  readonly citation: string
  readonly parameters: number
  /** `null` = some operator's work is not known. */
  readonly macs: number | null
}

/** Powers of ten that size classes end at. */
const sizeLimits = { parameters: [1e6, 1e7, 1e8], macs: [1e8, 1e9, 1e10] } as const
export const sizeClasses = ['small', 'medium', 'large', 'huge'] as const
export type SizeClass = (typeof sizeClasses)[number]

export const facets = ['task', 'family', 'parameters', 'macs'] as const
export type Facet = (typeof facets)[number]

export const presetColumns = ['id', 'task', 'family', 'parameters', 'macs'] as const
export type PresetColumn = (typeof presetColumns)[number]

export interface PresetQuery {
  readonly search: string
  /** Chosen value of each facet; absent = any. */
  readonly chosen: Readonly<Partial<Record<Facet, string>>>
  readonly sort: PresetColumn
  readonly descending: boolean
}

export interface FacetValue {
  readonly value: string
  /** Rows that choosing it would leave, the other facets and the search as they are. */
  readonly count: number
}

/** Every word has to occur in the id, family, task or citation. Unknown sorts last in both directions. */
export function findPresets(rows: readonly PresetRow[], query: PresetQuery): readonly PresetRow[] {
  const sign = query.descending ? -1 : 1
  return matching(rows, query).toSorted((a, b) => {
    const [x, y] = [a[query.sort], b[query.sort]]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return x === y ? 0 : x < y ? -sign : sign
  })
}

/** Values of a facet with their counts: sizes in their order, words by the alphabet. */
export function facetValues(rows: readonly PresetRow[], query: PresetQuery, facet: Facet): readonly FacetValue[] {
  const left = matching(rows, query, facet)
  const values = facet === 'parameters' || facet === 'macs' ? sizeClasses : wordsOf(rows, facet)
  return values.map((value) => ({ value, count: left.filter((row) => facetOf(row, facet) === value).length }))
}

function matching(rows: readonly PresetRow[], { search, chosen }: PresetQuery, except?: Facet): readonly PresetRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const asked = facets.filter((facet) => facet !== except && chosen[facet] !== undefined)
  return rows.filter((row) => {
    const text = `${row.id} ${row.family} ${row.task} ${row.citation}`.toLowerCase()
    return words.every((word) => text.includes(word)) && asked.every((facet) => facetOf(row, facet) === chosen[facet])
  })
}

function wordsOf(rows: readonly PresetRow[], facet: 'task' | 'family'): readonly string[] {
  return [...new Set(rows.map((row) => row[facet]))].sort()
}

/** Unknown work is in no size class. */
function facetOf(row: PresetRow, facet: Facet): string | null {
  if (facet === 'task' || facet === 'family') return row[facet]
  const size = row[facet]
  if (size === null) return null
  const limits = sizeLimits[facet]
  const above = limits.filter((limit) => size >= limit).length
  return sizeClasses[above] ?? null
}
