import { describe, expect, test } from 'vitest'
import { deviceEntries } from '../../device-catalog/index.ts'
import { runtimeEntries, runtimeIds } from '../../device-catalog/runtimes/index.ts'
import { otherNames } from '../../device-catalog/runtimes/other-names.ts'
import { runtimeEntrySchema } from '../../device-catalog/schema.ts'

describe('the runtimes of the catalog', () => {
  test.each(runtimeIds)('%s has an entry of the stated shape, under its own id', (id) => {
    expect(runtimeEntrySchema.parse(runtimeEntries[id])).toEqual(runtimeEntries[id])
    expect(runtimeEntries[id].id).toBe(id)
  })

  test('say of every unit that lists them that they drive its kind, in its precisions', () => {
    const unsaid = deviceEntries.flatMap(({ id: device, units }) =>
      units.flatMap(({ kind, runtimes }) =>
        runtimes.flatMap(({ id, precisions }) => {
          const drives: readonly string[] = runtimeEntries[id].drives[kind] ?? []
          return precisions.filter((each) => !drives.includes(each)).map((each) => `${device} ${kind} ${id} ${each}`)
        }),
      ),
    )
    expect(unsaid).toEqual([])
  })

  test('have names of their own, none of which is that of something else', () => {
    const names = Object.values(runtimeEntries).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const aliases = new Set(Object.values(runtimeEntries).flatMap((entry) => entry.aliases))
    expect(otherNames.filter((name) => aliases.has(name))).toEqual([])
  })
})
