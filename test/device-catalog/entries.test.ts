import { describe, expect, test } from 'vitest'
import { deviceEntries } from '../../device-catalog/index.ts'
import { deviceEntrySchema } from '../../device-catalog/schema.ts'
import { isSourceId } from '../../device-catalog/sources.ts'
import { factsOf } from './facts-of.ts'

describe('device entries', () => {
  test.each(deviceEntries.map((entry) => [entry.id, entry] as const))('%s has the form of an entry', (_, entry) => {
    const parsed = deviceEntrySchema.safeParse(entry)
    expect(parsed.error?.issues ?? []).toEqual([])
  })

  test('devices of one die have a unit in common', () => {
    const familiesOf = new Map<string, Set<string>>()
    for (const { silicon, units } of deviceEntries) {
      const families = new Set(units.map(({ family }) => family))
      const known = familiesOf.get(silicon)
      const common = [...families].filter((family) => known === undefined || known.has(family))
      familiesOf.set(silicon, new Set(common))
      expect(common.length, silicon).toBeGreaterThan(0)
    }
    expect(familiesOf.size).toBeLessThan(deviceEntries.length)
  })

  test('every number has a source of the bibliography', () => {
    const facts = deviceEntries.flatMap((entry) => factsOf(entry))
    expect(facts.length).toBeGreaterThan(5000)
    const unknown = facts.flatMap(({ path, fact }) =>
      fact.sourceIds.filter((id) => !isSourceId(id)).map((id) => `${path}: ${id}`),
    )
    expect(unknown).toEqual([])
    expect(facts.filter(({ fact }) => fact.sourceIds.length === 0)).toEqual([])
  })
})
