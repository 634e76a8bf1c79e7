/** Published figures of presets beside what the project counts on the graphs it builds. */
import { readFileSync } from 'node:fs'
import { parseCsv } from '../../device-catalog/csv.ts'
import { buildPreset, presets } from '../../model-zoo/index.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { countParameters } from '../../simulator/graph/parameters.ts'
import { summarize } from '../../simulator/graph/summarize.ts'

export const readmeUrl = new URL('../../model-zoo/published/README.md', import.meta.url)
const tableUrl = new URL('../../model-zoo/published/zoo.csv', import.meta.url)

export interface PublishedFigures {
  readonly presetId: string
  readonly family: string
  readonly task: string
  readonly inputShape: string
  /** As printed, '' where the source gives none. */
  readonly params: string
  readonly gmacs: string
  /** What a deployed graph is to be compared with: as printed, unless the row says why not. */
  readonly comparableParams: string
  readonly comparableGmacs: string
  readonly exception: string
}

export const published: readonly PublishedFigures[] = readTable()

function readTable(): readonly PublishedFigures[] {
  const { header, rows } = parseCsv(readFileSync(tableUrl, 'utf8'))
  return rows.map((fields) => {
    const field = (name: string) => fields[header.indexOf(name)] ?? ''
    return {
      presetId: field('preset_id'),
      family: field('family'),
      task: field('task'),
      inputShape: field('input_shape'),
      params: field('params_m'),
      gmacs: field('gmacs'),
      comparableParams: field('comparable_params_m') || field('params_m'),
      comparableGmacs: field('comparable_gmacs') || field('gmacs'),
      exception: field('exception'),
    }
  })
}

export interface CountedFigures {
  /** Millions, 10⁹; `null` = some operator's work is unknown. */
  readonly params: number
  readonly gmacs: number | null
}

/** Counted by the project's own analysis at the published input. */
export function countPreset(presetId: string): CountedFigures {
  const bound = bindShapes(buildPreset(presetId), {})
  const { operators } = summarize(bound, presetId)
  const macs = operators.reduce<number | null>(
    (sum, operator) => (sum === null || operator.macs === null ? null : sum + operator.macs),
    0,
  )
  return { params: countParameters(bound) / 1e6, gmacs: macs === null ? null : macs / 1e9 }
}

/** Largest deviation from a printed figure that counts as equal: a share of it, or half a unit of its last digit. */
export function tolerance(printed: string, share: number): number {
  const decimals = printed.includes('.') ? printed.length - printed.indexOf('.') - 1 : 0
  return Math.max(Number(printed) * share, 0.5 * 10 ** -decimals)
}

export function figuresTable(): string {
  const lines = published.flatMap((row) => {
    if (!presets.has(row.presetId)) return []
    const { params, gmacs } = countPreset(row.presetId)
    const cells = [
      `\`${row.presetId}\``,
      row.inputShape,
      ...compared(params, row.params, row.comparableParams),
      ...compared(gmacs, row.gmacs, row.comparableGmacs),
      row.exception,
    ]
    return `| ${cells.join(' | ')} |`
  })
  const header = '| preset | input | params (M) | cited | Δ | MACs (G) | cited | Δ | exception |'
  return [header, '|---|---|--:|--:|--:|--:|--:|--:|---|', ...lines].join('\n')
}

function compared(ours: number | null, cited: string, comparable: string): readonly string[] {
  if (ours === null) return ['unknown', cited, '']
  const delta = comparable === '' ? '' : `${(100 * (ours / Number(comparable) - 1)).toFixed(2)} %`
  return [ours.toPrecision(4), comparable === cited ? cited : `${cited} (${comparable})`, delta]
}
