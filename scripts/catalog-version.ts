/** `node scripts/catalog-version.ts`: writes the content hashes of the catalog; the catalog tests fail until it was run. */
import { writeCatalogVersions } from '../calibration/catalog-version.ts'

console.log(writeCatalogVersions().catalogVersion)
