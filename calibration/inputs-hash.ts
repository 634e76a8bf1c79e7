/** What a validation is about, as one hash: the evidence, the ledger, the catalog and the engine. */
import { createHash } from 'node:crypto'
import { catalogVersions, engineVersion } from './catalog-version.ts'
import { evidenceFiles } from './evidence/load.ts'

/** Of the catalog as it is now: the committed version may be one of before the last change. */
export function inputsHash(): string {
  const { factsVersion } = catalogVersions()
  const hash = createHash('sha256').update(engineVersion()).update('\0').update(factsVersion)
  for (const { name, text } of evidenceFiles()) hash.update('\0').update(name).update('\0').update(text)
  return hash.digest('hex')
}
