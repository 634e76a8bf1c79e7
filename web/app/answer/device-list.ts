/** The catalog as a list: what a device is found by, how many each facet would leave, in which order they stand. */
import { type Device, type Fact, segments } from '../../../simulator/hardware/device.ts'

export interface DeviceRow {
  readonly device: Device
  /** Published measurements on it. */
  readonly measuredRows: number
}

/** Ends of the power classes, W. Each belongs to the class below it, as a budget of 10 W allows 10 W. */
const powerLimitsW = [1, 10, 100] as const
export const powerClasses = ['to1', 'to10', 'to100', 'over100', 'unknown'] as const
export type PowerClass = (typeof powerClasses)[number]

/** Fewer say little about a device. */
const manyRows = 20
export const evidenceClasses = ['many', 'some', 'none'] as const
export type EvidenceClass = (typeof evidenceClasses)[number]

export const deviceFacets = ['segment', 'unit', 'vendor', 'power', 'evidence'] as const
export type DeviceFacet = (typeof deviceFacets)[number]

export const deviceOrders = ['segment', 'name', 'peak', 'power', 'price', 'evidence'] as const
export type DeviceOrder = (typeof deviceOrders)[number]

type ChosenValues = Readonly<Partial<Record<DeviceFacet, readonly string[]>>>

export interface DeviceQuery {
  readonly search: string
  /** Any of the values of a facet, and every facet. */
  readonly chosen: ChosenValues
  readonly order: DeviceOrder
}

export interface DeviceFacetValue {
  readonly value: string
  /** Rows that have it, the search and the other facets as they are. */
  readonly count: number
}

/** Every word of the search has to occur. Unknown figures stand last. */
export function findDevices(rows: readonly DeviceRow[], query: DeviceQuery): readonly DeviceRow[] {
  const found = matching(rows, query)
  const key = orderKeys[query.order]
  return found.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return x < y ? -1 : x > y ? 1 : 0
  })
}

/** Values of a facet in their own order, vendors by how many devices they have; those that nobody has are left out. */
export function deviceFacetValues(
  rows: readonly DeviceRow[],
  query: DeviceQuery,
  facet: DeviceFacet,
): readonly DeviceFacetValue[] {
  const left = matching(rows, query, facet)
  const count = (among: readonly DeviceRow[], value: string) =>
    among.filter((row) => valuesOf(row, facet).includes(value)).length
  return orderedValues(rows, facet)
    .filter((value) => count(rows, value) > 0)
    .map((value) => ({ value, count: count(left, value) }))
}

/** For a search that finds nothing: facets that would leave something if they were dropped, and how much. */
export function facetsToRelax(rows: readonly DeviceRow[], query: DeviceQuery): { facet: DeviceFacet; count: number }[] {
  return deviceFacets.flatMap((facet) => {
    if ((query.chosen[facet] ?? []).length === 0) return []
    const { length: count } = matching(rows, query, facet)
    return count === 0 ? [] : [{ facet, count }]
  })
}

/** Dense INT8 peak in MAC/s, and whose it is: the preferred unit of those that state one, often not the device's fastest. */
export function int8Peak(device: Device): { readonly fact: Fact; readonly unitId: string } | null {
  for (const unit of device.units) {
    const fact = unit.peakMacsPerS.int8
    if (fact !== undefined) return { fact, unitId: unit.id }
  }
  return null
}

/** Small first, except what is asked for because it is large; `null` = unknown. */
const orderKeys: Readonly<Record<DeviceOrder, (row: DeviceRow) => number | string | null>> = {
  segment: ({ device }) => segments.indexOf(device.segment),
  name: ({ device }) => device.name.toLowerCase(),
  peak: ({ device }) => negated(int8Peak(device)?.fact.value),
  power: ({ device }) => device.tdpW?.value ?? null,
  price: ({ device }) => device.priceUsd?.value ?? null,
  evidence: ({ measuredRows }) => negated(measuredRows),
}

function negated(value: number | undefined): number | null {
  return value === undefined ? null : -value
}

function matching(rows: readonly DeviceRow[], { search, chosen }: DeviceQuery, except?: DeviceFacet): DeviceRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const asked = deviceFacets.filter((facet) => facet !== except && (chosen[facet] ?? []).length > 0)
  return rows.filter((row) => {
    const text = searchText(row.device)
    return (
      words.every((word) => text.includes(word)) &&
      asked.every((facet) => valuesOf(row, facet).some((value) => chosen[facet]?.includes(value)))
    )
  })
}

function valuesOf({ device, measuredRows }: DeviceRow, facet: DeviceFacet): readonly string[] {
  switch (facet) {
    case 'segment':
      return [device.segment]
    case 'unit':
      return device.units.map(({ id }) => id)
    case 'vendor':
      return [device.vendor]
    case 'power':
      return [powerClassOf(device.tdpW)]
    case 'evidence':
      return [measuredRows === 0 ? 'none' : measuredRows < manyRows ? 'some' : 'many']
  }
}

function powerClassOf(tdpW: Fact | null): PowerClass {
  if (tdpW === null) return 'unknown'
  return powerClasses[powerLimitsW.filter((limit) => tdpW.value > limit).length] ?? 'over100'
}

function orderedValues(rows: readonly DeviceRow[], facet: DeviceFacet): readonly string[] {
  if (facet === 'segment') return segments
  if (facet === 'power') return powerClasses
  if (facet === 'evidence') return evidenceClasses
  const counts = new Map<string, number>()
  for (const value of rows.flatMap((row) => valuesOf(row, facet))) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value)
}

/** The modes too: "orin nano 15w" finds what runs in it. */
function searchText({ id, name, vendor, chip, units, powerModes }: Device): string {
  const parts = units.flatMap((unit) => [
    unit.id,
    unit.architecture,
    unit.family,
    ...unit.runtimes.map((runtime) => runtime.id),
  ])
  return [id, name, vendor, chip, ...powerModes.map((mode) => mode.id), ...parts].join(' ').toLowerCase()
}
