/** Content hashes of the catalog: of its facts, and of the facts with what measured results taught. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { catalogContent } from '../device-catalog/content.ts'
import { canonicalJson } from '../simulator/json.ts'

const catalogFolder = new URL('../device-catalog/', import.meta.url)

export interface CatalogVersions {
  readonly factsVersion: string
  readonly catalogVersion: string
}

/** The first 128 bits are enough to tell catalogs apart. */
const digits = 32

export function catalogVersions(): CatalogVersions {
  const facts = canonicalJson(catalogContent())
  const learned = createHash('sha256').update(facts)
  for (const name of ['calibration.gen.json', 'measured.gen.json']) {
    learned.update('\0').update(readFileSync(new URL(name, catalogFolder), 'utf8'))
  }
  return {
    factsVersion: createHash('sha256').update(facts).digest('hex').slice(0, digits),
    catalogVersion: learned.digest('hex').slice(0, digits),
  }
}

export function writeCatalogVersions(): CatalogVersions {
  const versions = catalogVersions()
  const lines = Object.entries(versions).map(([name, value]) => `export const ${name} = '${value}'\n`)
  const text = `// Made by \`node scripts/catalog-version.ts\`.\n${lines.join('')}`
  writeFileSync(new URL('catalog-version.gen.ts', catalogFolder), text)
  return versions
}
