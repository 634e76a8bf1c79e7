/** The search part of the address of the device list: what is not understood is left out, never an error. */
import {
  type DeviceFacet,
  type DeviceOrder,
  type DeviceQuery,
  deviceFacets,
  deviceOrders,
} from '../answer/device-list.ts'

export interface DeviceSearch extends Readonly<Partial<Record<DeviceFacet, readonly string[]>>> {
  readonly q?: string
  readonly order?: DeviceOrder
}

export function parseDeviceSearch(search: Readonly<Record<string, unknown>>): DeviceSearch {
  const order = deviceOrders.find((known) => known === search.order)
  return {
    ...Object.fromEntries(
      deviceFacets.flatMap((facet) => {
        const values = textsOf(search[facet])
        return values.length === 0 ? [] : [[facet, values] as const]
      }),
    ),
    // A search for digits alone arrives as a number.
    ...(typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}),
    ...(typeof search.q === 'number' ? { q: String(search.q) } : {}),
    ...(order === undefined ? {} : { order }),
  }
}

export function deviceQueryOf({ q = '', order = 'segment', ...chosen }: DeviceSearch): DeviceQuery {
  return { search: q, chosen, order }
}

/** The address after one value of a facet was switched. */
export function switched(search: DeviceSearch, facet: DeviceFacet, value: string): DeviceSearch {
  const { [facet]: before = [], ...rest } = search
  const after = before.includes(value) ? before.filter((other) => other !== value) : [...before, value]
  return after.length === 0 ? rest : { ...rest, [facet]: after }
}

export function without(search: DeviceSearch, facet: DeviceFacet): DeviceSearch {
  const { [facet]: _, ...rest } = search
  return rest
}

export function withText(search: DeviceSearch, q: string): DeviceSearch {
  const { q: _, ...rest } = search
  return q === '' ? rest : { ...rest, q }
}

/** One value may stand without a list around it. */
function textsOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((each): each is string => typeof each === 'string' && each !== '')
}
