import { expect, test } from 'vitest'
import { catalogVersions } from '../../calibration/catalog-version.ts'
import { catalogVersion, factsVersion } from '../../device-catalog/index.ts'

test('the committed catalog versions are the hashes of the catalog (else run node scripts/catalog-version.ts)', () => {
  expect({ factsVersion, catalogVersion }).toEqual(catalogVersions())
})
