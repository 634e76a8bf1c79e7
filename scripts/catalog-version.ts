/** `node scripts/catalog-version.ts`: writes the content hashes of catalog and simulator; their tests fail until it was run. */
import { catalogVersions, engineVersion, writeVersions } from '../calibration/catalog-version.ts'

writeVersions()
console.log(catalogVersions().catalogVersion, engineVersion())
