/** Rows of a difference: what a layer adds to, or takes from, the totals. */
import type { Amounts, Layer, LayerAspect, LayerChange } from '../../../simulator/graph/diff.ts'

export interface DiffRow {
  readonly name: string
  readonly op: string
  readonly delta: Amounts
  /** What is different, by aspect; a layer that is new or gone shows its outputs. */
  readonly what: readonly { readonly aspect: LayerAspect; readonly before: string; readonly after: string }[]
}

export function changedRow({ before, after, aspects, delta }: LayerChange): DiffRow {
  const what = aspects.flatMap((aspect) => {
    if (aspect === 'amounts') return []
    const [was, is] = [entries(before[aspect]), entries(after[aspect])]
    return [{ aspect, before: only(was, is), after: only(is, was) }]
  })
  return { name: after.name, op: after.op, delta, what }
}

export function addedRow(layer: Layer): DiffRow {
  return { name: layer.name, op: layer.op, delta: layer, what: [outputs('', layer.outputs.join(' '))] }
}

export function removedRow(layer: Layer): DiffRow {
  return { name: layer.name, op: layer.op, delta: negated(layer), what: [outputs(layer.outputs.join(' '), '')] }
}

/** Largest first: what weighs most in the totals. */
export function byWeight(rows: readonly DiffRow[]): readonly DiffRow[] {
  const weight = ({ delta: { params, macs, weightBytes, activationBytes } }: DiffRow) =>
    Math.abs(macs ?? 0) + Math.abs(params) + Math.abs(weightBytes) + Math.abs(activationBytes ?? 0)
  return rows.toSorted((a, b) => weight(b) - weight(a))
}

const outputs = (before: string, after: string) => ({ aspect: 'outputs', before, after }) as const

const entries = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? value.split(' ') : value

const only = (these: readonly string[], others: readonly string[]): string =>
  these.filter((entry) => !others.includes(entry)).join(' ')

function negated({ params, macs, weightBytes, activationBytes }: Amounts): Amounts {
  return {
    params: 0 - params,
    macs: macs === null ? null : 0 - macs,
    weightBytes: 0 - weightBytes,
    activationBytes: activationBytes === null ? null : 0 - activationBytes,
  }
}
