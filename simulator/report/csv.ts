/** CSV out: RFC 4180 quoting, and a report as a table with one line per device. */
import type { Metric } from '../predict/prediction.ts'
import type { Report, ReportRow } from './format.ts'

/** Rows of fields as CSV text, lines ended by LF. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((fields) => `${fields.map(csvField).join(',')}\n`).join('')
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

type Column = readonly [name: string, value: (row: ReportRow, report: Report) => string]

const columns: readonly Column[] = [
  ['device_id', ({ prediction }) => text(prediction.deviceId)],
  ['device_name', ({ deviceName }) => text(deviceName)],
  ['compute_unit', ({ prediction }) => text(prediction.unitId)],
  ['runtime', ({ prediction }) => text(prediction.runtimeId)],
  ['precision', ({ prediction }) => text(prediction.precision)],
  ['batch', ({ prediction }) => String(prediction.batch)],
  ['power_mode', ({ prediction }) => text(prediction.powerMode)],
  ['verdict', ({ fit }) => fit.verdict],
  ['p_meets', ({ fit }) => (fit.pMeets === null ? '' : String(fit.pMeets))],
  ['blocking', ({ fit }) => fit.blocking ?? ''],
  ...metricColumns('latency_ms', ({ prediction }) => prediction.latencyMs),
  ...metricColumns('throughput_per_s', ({ prediction }) => prediction.throughputPerS),
  ...metricColumns('memory_bytes', ({ prediction }) => prediction.memory.totalBytes),
  ...metricColumns('energy_mj', ({ prediction }) => prediction.energyMj),
  ...metricColumns('power_w', ({ prediction }) => prediction.powerW),
  ['bound', ({ prediction }) => prediction.bound],
  ['coverage', ({ prediction }) => String(prediction.coverage)],
  ['evidence', ({ prediction }) => prediction.evidence.level],
  ['evidence_rows', ({ prediction }) => String(prediction.evidence.rows)],
  ['evidence_networks', ({ prediction }) => String(prediction.evidence.networks)],
  ['evidence_devices', ({ prediction }) => String(prediction.evidence.devices)],
  ['anchored', ({ prediction }) => String(prediction.evidence.anchored)],
  ['basis', ({ prediction }) => prediction.evidence.basis],
  ['model_id', ({ prediction }) => text(prediction.modelId)],
  ['engine_version', ({ prediction }) => text(prediction.engineVersion)],
  ['catalog_version', ({ prediction }) => text(prediction.catalogVersion)],
  // On every line, like the versions: a table with a note under it is no table any more.
  ['omitted_devices', (_, { omitted }) => String(omitted?.count ?? 0)],
  ['omitted_reason', (_, { omitted }) => omitted?.reason ?? ''],
]

/** One line per device in the order of the report; a figure that is unavailable is empty, never 0. */
export function reportCsv(report: Report): string {
  return csvText([
    columns.map(([name]) => name),
    ...report.rows.map((row) => columns.map(([, value]) => value(row, report))),
  ])
}

function metricColumns(name: string, metricOf: (row: ReportRow) => Metric): Column[] {
  const figure = (pick: (metric: Extract<Metric, { availability: 'available' }>) => number) => (row: ReportRow) => {
    const metric = metricOf(row)
    return metric.availability === 'available' ? String(pick(metric)) : ''
  }
  return [
    [name, figure(({ p50 }) => p50)],
    [`${name}_lo80`, figure(({ pi80 }) => pi80[0])],
    [`${name}_hi80`, figure(({ pi80 }) => pi80[1])],
  ]
}

/** A shared report may come from anyone: a text that a spreadsheet would run as a formula is made a plain text. */
function text(field: string): string {
  return /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
}
