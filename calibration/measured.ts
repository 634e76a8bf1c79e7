/** The published figures of every pair, with how far the fit is from each, as tables and rows (`simulator/predict/measured.ts`). */
import type { Quantity } from '../device-catalog/pairs/quantity.ts'
import {
  type MeasuredResults,
  type MeasuredRow,
  type PublishedQuantity,
  publishedQuantities,
} from '../simulator/predict/measured.ts'
import type { EvidenceRow, EvidenceSource } from './evidence/read.ts'
import { type Fitted, fittedLogTime } from './fit/fit.ts'
import type { CalibrationRow } from './rows.ts'

const published: Readonly<Partial<Record<Quantity, PublishedQuantity>>> = {
  latency: 'latencyMs',
  throughput: 'throughputPerS',
  decode: 'tokensPerS',
  ttft: 'ttftMs',
  prompt: 'promptTokensPerS',
}

const thousandths = 1e3

export function measuredResults(
  rows: readonly CalibrationRow[],
  fitted: Fitted,
  inputs: string,
  sources: ReadonlyMap<string, EvidenceSource>,
): MeasuredResults {
  const networks = new Texts()
  const targets = new Texts()
  const precisions = new Texts<MeasuredResults['precisions'][number]>()
  const named = new Texts()
  const conditions = new Texts()
  const written = rows.flatMap((row): MeasuredRow[] => {
    const { asked, target, evidence, architectureId, batch, value, isRate } = row
    const quantity = published[asked.quantity]
    if (quantity === undefined) return []
    return [
      [
        networks.at(architectureId),
        targets.at(evidence.target),
        publishedQuantities.indexOf(quantity),
        precisions.at(target.precision),
        batch,
        value,
        Math.round((row.logSeconds - fittedLogTime(row, fitted)) * thousandths),
        named.at(asked.sourceId),
        conditions.at(conditionsOf(row.published)),
        isRate ? 1 : 0,
      ],
    ]
  })
  return {
    version: 1,
    inputs,
    networks: networks.all(),
    targets: targets.all(),
    precisions: precisions.all(),
    sources: named.all().map((id) => sourceOf(id, sources)),
    conditions: conditions.all(),
    rows: written,
  }
}

/** How it was measured, as far as the row says so: `pipelined, DFC 3.31.0, 4 threads`. */
function conditionsOf({ pair, inputShape }: EvidenceRow): string {
  const { kindText, runtimeVersion, threads, powerMode, contextTokens } = pair
  return [
    kindText,
    runtimeVersion,
    inputShape,
    contextTokens === null ? '' : `context ${contextTokens}`,
    threads === null ? '' : `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    powerMode,
  ]
    .filter((text) => text !== '')
    .join(', ')
}

function sourceOf(
  id: string,
  sources: ReadonlyMap<string, EvidenceSource>,
): readonly [id: string, title: string, url: string] {
  const source = sources.get(id)
  return source === undefined ? [id, id, ''] : [id, `${source.publisher}: ${source.title}`, source.locator]
}

/** Texts in the order of their first use, each once. */
class Texts<Text extends string = string> {
  readonly #indices = new Map<Text, number>()

  at(text: Text): number {
    const known = this.#indices.get(text) ?? this.#indices.size
    this.#indices.set(text, known)
    return known
  }

  all(): Text[] {
    return [...this.#indices.keys()]
  }
}
