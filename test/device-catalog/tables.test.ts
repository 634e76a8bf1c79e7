import { describe, expect, test } from 'vitest'
import { batteries } from '../../device-catalog/batteries.ts'
import { gridCarbon } from '../../device-catalog/carbon.ts'
import { energyPerOp } from '../../device-catalog/energy-per-op.ts'
import { networks } from '../../device-catalog/networks.ts'
import { prices } from '../../device-catalog/prices.ts'
import { type CatalogFact, factSchema, sourceSchema } from '../../device-catalog/schema.ts'
import { isSourceId, sources } from '../../device-catalog/sources.ts'
import { bytesPerSFromMbps, sFromMs } from '../../simulator/quantities.ts'
import { hasFactTables, numberIn, readTable } from './fact-tables.ts'

const facts: readonly CatalogFact[] = [
  ...energyPerOp.map(({ energyPj }) => energyPj),
  ...prices.map(({ priceUsd }) => priceUsd),
  ...gridCarbon.map(({ gramsCo2ePerKwh }) => gramsCo2ePerKwh),
]

test('every figure of the tables is a fact with a source of the bibliography', () => {
  expect(facts.length).toBeGreaterThan(350)
  for (const fact of facts) {
    expect(factSchema.safeParse(fact).success).toBe(true)
    expect(fact.sourceIds.every(isSourceId)).toBe(true)
  }
  for (const { rttS, uplinkBytesPerS, downlinkBytesPerS } of networks) {
    for (const fact of [rttS, uplinkBytesPerS, downlinkBytesPerS]) {
      expect(fact?.sourceIds.length).toBeGreaterThan(0)
      expect(fact?.sourceIds.every(isSourceId)).toBe(true)
    }
  }
})

test('every source has title, publisher and locator', () => {
  for (const [id, source] of Object.entries(sources))
    expect(sourceSchema.safeParse({ id, ...source }).error).toBeUndefined()
})

test('every battery names its sources and could power something', () => {
  for (const { sourceIds, capacityWh, nominalV, resistanceOhm } of batteries) {
    expect(sourceIds.every(isSourceId)).toBe(true)
    expect(capacityWh).toBeGreaterThan(0)
    expect(nominalV ** 2 / (4 * (resistanceOhm ?? Number.NaN))).toBeGreaterThan(0.05)
  }
})

test('ids of batteries and networks and names of grids are unique', () => {
  const ids = [batteries, networks].map((entries) => entries.map(({ id }) => id))
  for (const names of [...ids, gridCarbon.map(({ region }) => region)]) {
    expect(new Set(names).size).toBe(names.length)
  }
})

describe('energy follows physics', () => {
  const pj = (operation: string, of: string, processNm: number): number => {
    const found = energyPerOp.find(
      (item) => item.operation === operation && item.of === of && item.processNm === processNm,
    )
    if (found === undefined) throw new Error(`no energy of ${operation} ${of} at ${processNm} nm`)
    return found.energyPj.value
  }

  test.each(['int8', 'int32', 'fp16', 'fp32'])('a multiplication in %s costs less at 7 nm than at 45 nm', (of) => {
    expect(pj('mult', of, 7)).toBeLessThan(pj('mult', of, 45))
  })

  test('a MAC costs its multiplication and the addition it feeds', () => {
    expect(pj('mac', 'int8', 45)).toBeCloseTo(pj('mult', 'int8', 45) + pj('add', 'int32', 45), 10)
    expect(pj('mac', 'fp32', 45)).toBeCloseTo(pj('mult', 'fp32', 45) + pj('add', 'fp32', 45), 10)
    expect(pj('mac', 'fp32', 7)).toBeCloseTo(pj('mult', 'fp32', 7) + pj('add', 'fp32', 7), 10)
  })

  test('a larger SRAM costs more per access', () => {
    for (const nm of [45, 7]) {
      expect(pj('sram-read-64b', '8 KiB', nm)).toBeLessThan(pj('sram-read-64b', '32 KiB', nm))
      expect(pj('sram-read-64b', '32 KiB', nm)).toBeLessThan(pj('sram-read-64b', '1 MiB', nm))
    }
  })
})

describe.skipIf(!hasFactTables)('the tables beside the devices (skipped where they are not at hand)', () => {
  test('of energies: the same rows in the same order, confirmed where they are cited and no guess', () => {
    const rows = readTable('energy_per_op.csv')
    expect(energyPerOp.map(({ energyPj }) => energyPj.value)).toEqual(rows.map((row) => Number(row('energy_pj'))))
    expect(energyPerOp.map(({ operation }) => operation)).toEqual(
      rows.map((row) => row('operation').replaceAll('_', '-')),
    )
    const cited = rows.map((row) => row('confidence') === 'cited')
    energyPerOp.forEach(({ energyPj }, index) => {
      if (energyPj.confirmed) expect(cited[index]).toBe(true)
      if (cited[index]) expect(energyPj.confirmed).toBe(energyPj.status !== 'assumed')
    })
  })

  test('of prices: the same rows in the same order, confirmed where they are cited', () => {
    const rows = readTable('prices.csv')
    expect(prices.map(({ provider, item, priceUsd, year }) => [provider, item, priceUsd.value, year])).toEqual(
      rows.map((row) => [row('provider'), row('item'), Number(row('price_usd')), Number(row('year'))]),
    )
    expect(prices.map(({ priceUsd }) => priceUsd.confirmed)).toEqual(rows.map((row) => row('confidence') === 'cited'))
  })

  test('of carbon intensities: the same regions and figures', () => {
    const expected = readTable('carbon.csv').map((row) => [row('region'), Number(row('gCO2_per_kwh')), row('year')])
    const found = gridCarbon.map(({ region, gramsCo2ePerKwh, year }) => [region, gramsCo2ePerKwh.value, year])
    expect(new Map(found.map((row) => [row[0], row]))).toEqual(new Map(expected.map((row) => [row[0], row])))
    expect(found).toHaveLength(expected.length)
  })

  test('of networks: every profile that can carry data both ways, with the same figures', () => {
    const rows = readTable('networks.csv').filter((row) => row('profile') !== 'throttle-4g') // round trips are one way there
    const complete = rows.filter((row) =>
      ['rtt_ms_p50', 'uplink_mbps', 'downlink_mbps'].every((column) => row(column) !== ''),
    )
    expect(new Set(networks.map(({ id }) => id))).toEqual(new Set(complete.map((row) => row('profile'))))
    for (const row of complete) {
      const network = networks.find(({ id }) => id === row('profile'))
      expect(network?.rttS.value).toBeCloseTo(sFromMs(Number(row('rtt_ms_p50'))), 10)
      expect(network?.uplinkBytesPerS?.value).toBeCloseTo(bytesPerSFromMbps(Number(row('uplink_mbps'))), 6)
      expect(network?.downlinkBytesPerS?.value).toBeCloseTo(bytesPerSFromMbps(Number(row('downlink_mbps'))), 6)
      const p95Ms = numberIn(row, 'rtt_ms_p95')
      expect(network?.rttP95S?.value ?? null).toEqual(p95Ms === null ? null : expect.closeTo(sFromMs(p95Ms), 10))
    }
  })
})
