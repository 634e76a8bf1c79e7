import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { catalogContent } from '../../device-catalog/content.ts'
import { catalogVersion } from '../../device-catalog/index.ts'
import { canonicalJson } from '../../simulator/json.ts'

test('the committed catalog version is the hash of the catalog (else run node scripts/catalog-version.ts)', () => {
  const hash = createHash('sha256').update(canonicalJson(catalogContent())).digest('hex')
  expect(catalogVersion).toBe(hash.slice(0, 32))
})
