/** A report within the size that a server takes: the best rows stay, in the report's own order. */
import { canonicalJson } from '../../../simulator/json.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { orderRows } from './answer.ts'

/**
 * The same report while it fits into `maxBytes` of canonical JSON; otherwise as many of its best rows as do, and how
 * many are missing.
 */
export function fitReport(report: Report, maxBytes: number): Report {
  if (byteLength(report) <= maxBytes) return report
  const omitting = (count: number) => ({ count, reason: 'size-limit' }) as const
  let left = maxBytes - byteLength({ ...report, rows: [], omitted: omitting(report.rows.length) })
  const kept = new Set<Report['rows'][number]>()
  for (const row of orderRows(report.rows)) {
    // With the comma behind it.
    left -= byteLength(row) + 1
    if (left < 0 && kept.size > 0) break
    kept.add(row)
  }
  return {
    ...report,
    rows: report.rows.filter((row) => kept.has(row)),
    omitted: omitting(report.rows.length - kept.size),
  }
}

function byteLength(value: unknown): number {
  return new TextEncoder().encode(canonicalJson(value)).byteLength
}
