/** The evidence from its files, and the catalog that its questions are put to. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Evidence } from '../../device-catalog/evidence/cases.ts'
import { readEvidence, readSources } from '../../device-catalog/evidence/read.ts'
import { catalog, catalogVersion, findDevice } from '../../device-catalog/index.ts'
import { makeModelCache } from '../../device-catalog/pairs/models.ts'
import type { PairContext } from '../../device-catalog/pairs/question.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { fail } from '../../simulator/problem.ts'

const folder = new URL('../../device-catalog/evidence/', import.meta.url)

export interface EvidenceFile {
  /** Relative to `device-catalog/evidence/`. */
  readonly name: string
  readonly text: string
}

/** The ledger, then one table per origin, by name. */
export function evidenceFiles(): EvidenceFile[] {
  const origins = readdirSync(new URL('origins/', folder)).sort()
  return ['sources.csv', ...origins.map((name) => `origins/${name}`)].map((name) => ({
    name,
    text: readFileSync(new URL(name, folder), 'utf8'),
  }))
}

export function loadEvidence(): Evidence {
  const [ledger, ...origins] = evidenceFiles()
  return {
    rows: origins.flatMap(({ text }) => readEvidence(text)),
    sources: new Map(readSources(ledger?.text ?? '').map((source) => [source.id, source])),
  }
}

/** What questions about presets on devices of the catalog need. */
export function catalogContext(): PairContext {
  return {
    deviceById(id) {
      const device = findDevice(id)
      if (device === null) throw fail('unknown-device', 'List the devices.', { where: 'device_id', received: id })
      return device
    },
    peers: makePeerFacts(catalog),
    catalogVersion,
    calibration: null,
    models: makeModelCache((path) => {
      throw fail('cannot-read', 'Evidence names presets alone.', { where: path })
    }),
  }
}
