import type { CatalogFact, DeviceEntry } from '../../device-catalog/schema.ts'

export interface LocatedFact {
  readonly path: string
  readonly fact: CatalogFact
}

/** Every fact of an entry with the path to it, found by its form, so that a new field cannot be forgotten. */
export function factsOf(entry: DeviceEntry): LocatedFact[] {
  const found: LocatedFact[] = []
  walk(entry, entry.id, found)
  return found
}

function walk(value: unknown, path: string, found: LocatedFact[]): void {
  if (typeof value !== 'object' || value === null) return
  if (isFact(value)) {
    found.push({ path, fact: value })
    return
  }
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'number') throw new Error(`${path}.${key} is a bare number`)
    walk(item, `${path}.${key}`, found)
  }
}

function isFact(value: object): value is CatalogFact {
  return 'value' in value && 'unit' in value && 'sourceIds' in value
}
