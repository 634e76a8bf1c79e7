/** `node scripts/catalog-version.ts`: writes the content hash of the catalog; the catalog tests fail until it was run. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { catalogContent } from '../device-catalog/content.ts'
import { canonicalJson } from '../simulator/json.ts'

const hash = createHash('sha256').update(canonicalJson(catalogContent())).digest('hex')
/** The first 128 bits are enough to tell catalogs apart. */
const version = hash.slice(0, 32)

writeFileSync(
  new URL('../device-catalog/catalog-version.gen.ts', import.meta.url),
  `// Made by \`node scripts/catalog-version.ts\`.\nexport const catalogVersion = '${version}'\n`,
)
console.log(version)
