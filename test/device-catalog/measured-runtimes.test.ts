import { describe, expect, test } from 'vitest'
import { findDevice } from '../../device-catalog/index.ts'
import { runtimeIds } from '../../device-catalog/runtimes/index.ts'
import { hasFactTables, readTable } from './fact-tables.ts'

describe.skipIf(!hasFactTables)('the published measurements (skipped where their table is not at hand)', () => {
  const measurements = readTable('measurements.csv')

  test('use runtime ids of the vocabulary', () => {
    expect(measurements.length).toBeGreaterThan(11_000)
    const unknown = measurements.map((row) => row('runtime')).filter((id) => !includes(runtimeIds, id))
    expect([...new Set(unknown)]).toEqual([])
  })

  test('ran on units, runtimes and precisions that the catalog lists', () => {
    const unlisted = measurements.flatMap((row) => {
      const device = findDevice(row('device_id'))
      const names = unitNames(row('compute_unit'))
      const units = device?.units.filter(({ id }) => names.includes(id)) ?? []
      const runtimes = units.flatMap((unit) => unit.runtimes.filter(({ id }) => id === row('runtime')))
      const precision = row('precision')
      const isListed =
        precision === 'unstated'
          ? runtimes.length > 0
          : runtimes.some(({ precisions }) => includes(precisions, precision))
      return isListed ? [] : [`${row('device_id')} ${row('compute_unit')} ${row('runtime')} ${precision}`]
    })
    expect([...new Set(unlisted)]).toEqual([])
  })
})

/** The table calls in-memory units NPUs, and one row adds up the GPU and its DLA. */
function unitNames(unit: string): readonly string[] {
  return unit === 'npu' ? ['npu', 'imc'] : unit.split('+')
}

function includes(ids: readonly string[], id: string): boolean {
  return ids.includes(id)
}
