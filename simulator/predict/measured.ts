/**
 * Published figures by pair of network and target, in a form that stays small as a file (`device-catalog/measured.gen.json`):
 * tables of texts, and rows that point into them.
 */
import type { PrecisionId } from '../graph/precision.ts'

/** What a figure is of. A prompt's time and its rate are of one pass, as a token's are. */
export const publishedQuantities = ['latencyMs', 'throughputPerS', 'tokensPerS', 'ttftMs', 'promptTokensPerS'] as const
export type PublishedQuantity = (typeof publishedQuantities)[number]

export type MeasuredRow = readonly [
  network: number,
  target: number,
  quantity: number,
  precision: number,
  /** Items; of a system that fills its own, as many as it is predicted with. */
  batch: number,
  /** As published. */
  value: number,
  /** ln (measured / predicted) time by the calibration alone, in thousandths. */
  residual: number,
  source: number,
  conditions: number,
  /** 1 = the time between finished runs, several in flight. */
  isRate: 0 | 1,
]

export interface MeasuredResults {
  readonly version: 1
  /** As in the calibration that the residuals are of. */
  readonly inputs: string
  /** Network keys (`architectureIdOf`). */
  readonly networks: readonly string[]
  /** `EvidenceScopes.target`. */
  readonly targets: readonly string[]
  readonly precisions: readonly PrecisionId[]
  readonly sources: readonly (readonly [id: string, title: string, url: string])[]
  readonly conditions: readonly string[]
  readonly rows: readonly MeasuredRow[]
}

/** What is published of one pair, as it is shown: one figure, named by its quantity. */
export type PublishedFigure = { readonly [Quantity in PublishedQuantity]?: number } & {
  readonly precision: PrecisionId
  readonly batch: number
  /** Id and title. */
  readonly source: string
  readonly title: string
  readonly url: string
  readonly conditions: string
}

/** A figure of the pair that is asked about, and how far the calibration alone is from it. */
export interface PairResult {
  readonly quantity: PublishedQuantity
  readonly logError: number
  readonly batch: number
  readonly precision: PrecisionId
  readonly isRate: boolean
  readonly figure: PublishedFigure
}

const rowsByPair = new WeakMap<MeasuredResults, ReadonlyMap<string, readonly MeasuredRow[]>>()

/** Of the pair, in the order of the file. O(rows) once for each set of results. */
export function resultsOf(results: MeasuredResults, architectureId: string, target: string): readonly PairResult[] {
  let byPair = rowsByPair.get(results)
  if (byPair === undefined) {
    byPair = pairsOf(results)
    rowsByPair.set(results, byPair)
  }
  return (byPair.get(pairKey(architectureId, target)) ?? []).map((row) => resultOf(results, row))
}

/** Published figures of a network, on every target together; 0 where there are no results at hand. */
export function rowsOfNetwork(results: MeasuredResults | null | undefined, architectureId: string): number {
  const index = results?.networks.indexOf(architectureId) ?? -1
  return index < 0 ? 0 : (results?.rows ?? []).reduce((count, [network]) => (network === index ? count + 1 : count), 0)
}

function pairsOf({ networks, targets, rows }: MeasuredResults): Map<string, MeasuredRow[]> {
  const byPair = new Map<string, MeasuredRow[]>()
  for (const row of rows) {
    const key = pairKey(networks[row[0]] ?? '', targets[row[1]] ?? '')
    const known = byPair.get(key)
    if (known === undefined) byPair.set(key, [row])
    else known.push(row)
  }
  return byPair
}

function pairKey(architectureId: string, target: string): string {
  return `${architectureId} ${target}`
}

const thousandths = 1e-3

function resultOf({ precisions, sources, conditions }: MeasuredResults, row: MeasuredRow): PairResult {
  const [, , quantityAt, precisionAt, batch, value, residual, sourceAt, conditionsAt, isRate] = row
  const [quantity, precision, source] = [publishedQuantities[quantityAt], precisions[precisionAt], sources[sourceAt]]
  if (quantity === undefined || precision === undefined || source === undefined) {
    throw new Error(`measured results point nowhere: ${row.join(',')}`)
  }
  const [id, title, url] = source
  return {
    quantity,
    logError: residual * thousandths,
    batch,
    precision,
    isRate: isRate === 1,
    figure: { [quantity]: value, precision, batch, source: id, title, url, conditions: conditions[conditionsAt] ?? '' },
  }
}
