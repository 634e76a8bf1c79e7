/** The evidence from its files, and the catalog that its questions are put to. */
import { readdirSync, readFileSync } from 'node:fs'
import { catalog, catalogVersion, findDevice, runtimes } from '../../device-catalog/index.ts'
import { makeModelCache } from '../../device-catalog/pairs/models.ts'
import type { PairContext } from '../../device-catalog/pairs/question.ts'
import { makePeerFacts } from '../../simulator/hardware/missing.ts'
import { fail } from '../../simulator/problem.ts'
import type { Evidence } from './cases.ts'
import { readCorrections, readEvidence, readSources } from './read.ts'

const folder = new URL('../../device-catalog/evidence/', import.meta.url)

export interface EvidenceFile {
  /** Relative to `device-catalog/evidence/`. */
  readonly name: string
  readonly text: string
}

const ledgerName = 'sources.csv'
const correctionsName = 'corrections.csv'

/** The ledger, the corrections, then one table per origin, by name. */
export function evidenceFiles(): EvidenceFile[] {
  return [fileOf(ledgerName), fileOf(correctionsName), ...originFiles()]
}

/** As published, before corrections. */
export function originFiles(): EvidenceFile[] {
  const names = readdirSync(new URL('origins/', folder)).sort()
  return names.map((name) => fileOf(`origins/${name}`))
}

function fileOf(name: string): EvidenceFile {
  return { name, text: readFileSync(new URL(name, folder), 'utf8') }
}

export function loadEvidence(): Evidence {
  const corrections = readCorrections(fileOf(correctionsName).text)
  return {
    rows: originFiles().flatMap(({ text }) => readEvidence(text, corrections)),
    sources: new Map(readSources(fileOf(ledgerName).text).map((source) => [source.id, source])),
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
    peers: makePeerFacts(catalog, runtimes),
    catalogVersion,
    calibration: null,
    models: makeModelCache((path) => {
      throw fail('cannot-read', 'Evidence names presets alone.', { where: path })
    }),
  }
}
