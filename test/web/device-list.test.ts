import { describe, expect, test } from 'vitest'
import { catalog } from '../../device-catalog/index.ts'
import { findDevices, int8Peak } from '../../web/app/answer/device-list.ts'
import { families, familyOf } from '../../web/app/answer/family.ts'
import { offeredPlaces } from '../../web/app/answer/place-devices.ts'
import { allDevices, gpuDevice } from '../support/devices.ts'

describe('the list of devices', () => {
  test('is searched by name, vendor, chip, unit and runtime; every word counts', () => {
    expect(findDevices(catalog, '', [])).toHaveLength(catalog.length)
    const jetson = findDevices(catalog, 'NVIDIA tensorrt', ['embedded'])
    expect(jetson.length).toBeGreaterThan(0)
    for (const device of jetson) {
      expect(device.vendor).toBe('NVIDIA')
      expect(device.units.some(({ runtimes }) => runtimes.some(({ id }) => id.includes('tensorrt')))).toBe(true)
    }
    expect(findDevices(catalog, 'tensorrt no-such-word', [])).toEqual([])
  })

  test('is narrowed by places', () => {
    expect(new Set(findDevices(catalog, '', ['mcu']).map(({ segment }) => segment))).toEqual(new Set(['mcu']))
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
