/** Content hashes: of the catalog's facts, of the facts with what measured results taught, and of the simulator. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { catalogContent } from '../device-catalog/content.ts'
import { canonicalJson } from '../simulator/json.ts'

const catalogFolder = new URL('../device-catalog/', import.meta.url)
const simulatorFolder = new URL('../simulator/', import.meta.url)
const engineFile = 'version.gen.ts'

export interface CatalogVersions {
  readonly factsVersion: string
  readonly catalogVersion: string
}

/** The first 128 bits are enough to tell catalogs apart. */
const digits = 32
/** Versions of the simulator are read by people. */
const engineDigits = 12

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

/** Of every source of the simulator, whatever ends its lines. */
export function engineVersion(): string {
  const names = readdirSync(simulatorFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && name !== engineFile)
    .sort()
  const hash = createHash('sha256')
  for (const name of names) {
    const text = readFileSync(new URL(name, simulatorFolder), 'utf8').replaceAll('\r\n', '\n')
    hash.update(name).update('\0').update(text).update('\0')
  }
  return hash.digest('hex').slice(0, engineDigits)
}

export function writeVersions(): void {
  write(new URL('catalog-version.gen.ts', catalogFolder), { ...catalogVersions() })
  write(new URL(engineFile, simulatorFolder), { engineVersion: engineVersion() })
}

function write(file: URL, versions: Readonly<Record<string, string>>): void {
  const lines = Object.entries(versions).map(([name, value]) => `export const ${name} = '${value}'\n`)
  writeFileSync(file, `// Made by \`node scripts/catalog-version.ts\`.\n${lines.join('')}`)
}
