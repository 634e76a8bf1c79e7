import { expect, test } from 'vitest'
import { catalogVersion, factsVersion } from '../../device-catalog/index.ts'
import { catalogVersions } from '../../scripts/catalog/version.ts'

test('the committed catalog versions are the hashes of the catalog (else run node scripts/catalog-version.ts)', () => {
  expect({ factsVersion, catalogVersion }).toEqual(catalogVersions())
})
