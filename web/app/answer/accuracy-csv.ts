/** The accuracy page as tables to keep: what is shown, every measured figure with the credit line of its source. */
import { csvText } from '../../../simulator/report/csv.ts'
import type { FamilyReport, ValidationReport } from '../../../worker/contract/validation.ts'

export function pointsCsv({ points, sources }: Pick<ValidationReport, 'points' | 'sources'>): string {
  const creditOf = new Map(sources.map(({ id, attribution }) => [id, attribution]))
  return csvText([
    [
      'row_id',
      'preset_id',
      'device_id',
      'runtime',
      'precision',
      'quantity',
      'measured',
      'predicted',
      'predicted_lo80',
      'predicted_hi80',
      'source_id',
      'attribution',
    ],
    ...points.map((point) => [
      point.rowId,
      point.presetId,
      point.deviceId,
      point.runtime,
      point.precision,
      point.quantity,
      String(point.measured),
      String(point.predicted),
      cell(point.pi80?.[0]),
      cell(point.pi80?.[1]),
      point.sourceId,
      creditOf.get(point.sourceId) ?? '',
    ]),
  ])
}

export function familiesCsv(families: readonly FamilyReport[]): string {
  const baselineIds = [...new Set(families.flatMap(({ baselines }) => Object.keys(baselines)))]
  return csvText([
    [
      'family',
      'runtime',
      'precision',
      'rows',
      'models',
      'devices',
      'mdape',
      'p90_factor',
      'coverage50',
      'coverage80',
      'coverage95',
      'half_width80_factor',
      ...baselineIds.map((id) => `mdape_${id}`),
      'mdape_sister_bound',
      'standing',
    ],
    ...families.map(({ metrics, baselines, sisterBound, ...family }) => [
      family.family,
      family.runtime,
      family.precision,
      String(family.rows),
      String(family.models),
      String(family.devices),
      cell(metrics?.mdApe),
      cell(metrics?.p90Factor),
      cell(metrics?.intervals?.coverage50Share),
      cell(metrics?.intervals?.coverage80Share),
      cell(metrics?.intervals?.coverage95Share),
      cell(metrics?.intervals?.halfWidth80Factor),
      ...baselineIds.map((id) => cell(baselines[id]?.mdApe)),
      cell(sisterBound?.mdApe),
      family.standing,
    ]),
  ])
}

/** Unknown is an empty cell. */
function cell(value: number | null | undefined): string {
  return value == null ? '' : String(value)
}
