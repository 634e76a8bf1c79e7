import { describe, expect, test } from 'vitest'
import { catalog } from '../../device-catalog/index.ts'
import {
  type DeviceQuery,
  deviceFacets,
  deviceFacetValues,
  facetsToRelax,
  findDevices,
  int8Peak,
} from '../../web/app/answer/device-list.ts'
import { families, familyOf } from '../../web/app/answer/family.ts'
import { offeredPlaces } from '../../web/app/answer/place-devices.ts'
import { deviceQueryOf, parseDeviceSearch, switched } from '../../web/app/state/device-search.ts'
import { allDevices, gpuDevice } from '../support/devices.ts'

const rows = catalog.map((device, index) => ({ device, measuredRows: index % 30 }))
const query = (rest: Partial<DeviceQuery> = {}): DeviceQuery => ({ search: '', chosen: {}, order: 'segment', ...rest })
const found = (rest: Partial<DeviceQuery>) => findDevices(rows, query(rest)).map(({ device }) => device)

describe('the list of devices', () => {
  test('is searched by name, vendor, chip, unit, runtime and power mode; every word counts', () => {
    expect(found({})).toHaveLength(catalog.length)
    const jetson = found({ search: 'NVIDIA tensorrt', chosen: { segment: ['embedded'] } })
    expect(jetson.length).toBeGreaterThan(0)
    for (const device of jetson) {
      expect(device.vendor).toBe('NVIDIA')
      expect(device.units.some(({ runtimes }) => runtimes.some(({ id }) => id.includes('tensorrt')))).toBe(true)
    }
    expect(found({ search: 'tensorrt no-such-word' })).toEqual([])
  })

  test('has power classes that hold their upper end, as a budget does', () => {
    const at = (value: number) => ({
      device: { ...gpuDevice, tdpW: { value, status: 'vendor' as const, sourceIds: [] } },
      measuredRows: 0,
    })
    const powers = [0.5, 1, 1.5, 10, 15, 100, 300]
    const inClass = (power: string) =>
      findDevices(powers.map(at), query({ chosen: { power: [power] } })).map(({ device }) => device.tdpW?.value)
    expect(['to1', 'to10', 'to100', 'over100'].map(inClass)).toEqual([[0.5, 1], [1.5, 10], [15, 100], [300]])
  })

  test('"orin nano" finds every memory size and firmware, each with its power modes', () => {
    const ids = catalog.filter(({ id }) => id.includes('orin-nano')).map(({ id }) => id)
    expect(ids.length).toBeGreaterThanOrEqual(4)
    const variants = found({ search: 'orin nano' })
    expect(variants.map(({ id }) => id).sort()).toEqual(ids.sort())
    for (const { powerModes } of variants) expect(powerModes.length).toBeGreaterThan(1)
  })

  test('each facet says truly how many devices its values would leave', () => {
    const narrowed = query({ search: 'a', chosen: { unit: ['npu', 'tpu'], vendor: ['NVIDIA', 'Google'] } })
    for (const facet of deviceFacets) {
      for (const { value, count } of deviceFacetValues(rows, narrowed, facet)) {
        const alone = { ...narrowed, chosen: { ...narrowed.chosen, [facet]: [value] } }
        expect(findDevices(rows, alone), `${facet} ${value}`).toHaveLength(count)
      }
    }
  })

  test('that is empty names the facet to relax', () => {
    const none = query({ chosen: { vendor: ['Apple'], segment: ['mcu'] } })
    expect(findDevices(rows, none)).toEqual([])
    const apple = catalog.filter(({ vendor }) => vendor === 'Apple').length
    expect(facetsToRelax(rows, none)).toContainEqual({ facet: 'segment', count: apple })
  })

  test('has unknown figures last, whichever way it is ordered', () => {
    for (const order of ['peak', 'power', 'price'] as const) {
      const known = found({ order }).map((device) =>
        order === 'peak' ? int8Peak(device) : order === 'power' ? device.tdpW : device.priceUsd,
      )
      expect(known.includes(null)).toBe(true)
      expect(known.slice(known.indexOf(null)).every((fact) => fact === null)).toBe(true)
    }
  })

  test('keeps its question in the address', () => {
    const search = switched(switched({ q: 'orin nano', order: 'price' }, 'unit', 'gpu'), 'vendor', 'NVIDIA')
    expect(parseDeviceSearch(JSON.parse(JSON.stringify(search)))).toEqual(search)
    expect(deviceQueryOf(search)).toEqual({
      search: 'orin nano',
      order: 'price',
      chosen: { unit: ['gpu'], vendor: ['NVIDIA'] },
    })
    expect(parseDeviceSearch({ q: 8, unit: 'gpu', vendor: 7, order: 'colour', x: 1 })).toEqual({
      q: '8',
      unit: ['gpu'],
    })
    expect(switched(switched({}, 'unit', 'gpu'), 'unit', 'gpu')).toEqual({})
  })

  test('a peak names its unit; one that nobody states stays unknown', () => {
    for (const device of allDevices) {
      const stated = device.units.flatMap(({ id, peakMacsPerS: { int8 } }) => (int8 ? { unitId: id, fact: int8 } : []))
      expect(int8Peak(device)).toEqual(stated[0] ?? null)
    }
  })
})

test('every device of the catalog has a family that is drawn', () => {
  for (const device of catalog) expect(families).toContain(familyOf(device))
  expect(familyOf({ ...gpuDevice, segment: 'embedded' })).toBe('module')
  expect(familyOf({ ...gpuDevice, segment: 'cloud' })).toBe('cloud')
})

test('every place has devices, and the edge Worker is WebAssembly first', () => {
  const offered = offeredPlaces(catalog)
  for (const devices of Object.values(offered)) expect(devices.length).toBeGreaterThan(0)
  expect(offered.worker[0]?.units[0]?.kind).toBe('wasm-simd')
  expect(offered.cloud[0]?.units[0]?.kind).toBe('gpu')
})
