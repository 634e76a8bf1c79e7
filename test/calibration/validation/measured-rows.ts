/** Rows of evidence made in code: real presets and devices, latencies as a test wants them. */
import { casesOf, type MeasuredRow } from '../../../calibration/evidence/cases.ts'
import { catalogContext } from '../../../calibration/evidence/load.ts'
import { readEvidence, readSources } from '../../../calibration/evidence/read.ts'
import { csvText } from '../../../simulator/report/csv.ts'

export type RowSpec = Readonly<Record<string, string | number>>

const ledger = csvText([
  ['source_id', 'origin', 'title', 'publisher', 'locator', 'date', 'licence', 'trust', 'method'],
  ['s', 'o', 'T', 'P', 'https://github.com/a/b', '2026', 'MIT', '5', 'a stopwatch'],
])

const context = catalogContext()

/** `spec` over a row of trust 5 at batch 1 on a CPU; ids count up from 0. */
export async function measuredRows(specs: readonly RowSpec[]): Promise<readonly MeasuredRow[]> {
  const full = specs.map((spec, index) => ({
    row_id: String(index).padStart(12, '0'),
    source_id: 's',
    compute_unit: 'cpu',
    runtime: 'ncnn',
    precision: 'fp32',
    batch: 1,
    latency_kind: 'mean',
    trust: 5,
    newest: 1,
    ...spec,
  }))
  const header = [...new Set(full.flatMap((row) => Object.keys(row)))]
  const lines = full.map((row: RowSpec) => header.map((name) => String(row[name] ?? '')))
  const sources = new Map(readSources(ledger).map((source) => [source.id, source]))
  const { measured, unanswered } = await casesOf({ rows: readEvidence(csvText([header, ...lines])), sources }, context)
  if (unanswered.length > 0) throw new Error(`rows that cannot be asked: ${JSON.stringify(unanswered)}`)
  return measured
}

export const fourPresets = ['resnet18', 'resnet50', 'mobilenet-v2-1.0', 'squeezenet1-1'] as const
export const threeDevices = ['raspberry-pi-4b', 'raspberry-pi-5', 'rk3588'] as const
