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

  test('a die has the same units under every name', () => {
    const familyOf = new Map<string, string>()
    for (const { silicon, units } of deviceEntries) {
      for (const { id, family } of units) {
        const known = familyOf.get(`${silicon} ${id}`) ?? family
        familyOf.set(`${silicon} ${id}`, known)
        expect(family, `${silicon} ${id}`).toBe(known)
      }
    }
    expect(familyOf.size).toBeLessThan(deviceEntries.flatMap(({ units }) => units).length)
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
