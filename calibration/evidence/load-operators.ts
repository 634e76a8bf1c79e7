/** The measured operators from their files. */
import { readFileSync } from 'node:fs'
import { type MeasuredOperators, readOperatorDevices, readOperators } from './operator-rows.ts'
import { type EvidenceSource, readSources } from './read.ts'

const folder = new URL('../../device-catalog/evidence/operators/', import.meta.url)

export interface OperatorEvidence {
  /** By origin: one table each. */
  readonly origins: ReadonlyMap<string, MeasuredOperators>
  readonly sources: readonly EvidenceSource[]
}

export function loadOperators(): OperatorEvidence {
  const sources = readSources(text('sources.csv'))
  const devices = readOperatorDevices(text('devices.csv'))
  return {
    sources,
    origins: new Map(sources.map(({ origin }) => [origin, readOperators(text(`${origin}.csv`), devices)])),
  }
}

function text(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}
