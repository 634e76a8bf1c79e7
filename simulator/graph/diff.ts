/**
 * Difference of two models, or of one model in two precisions: layers added, removed and changed.
 *
 * Amounts belong to layers one by one (a shared constant to its first reader, the rest of the file to `unread`), so the
 * deltas sum to the difference of the totals, exactly. Unknown work makes a sum unknown, never smaller.
 */
import { align, type Key, type Pair } from './align.ts'
import type { OperatorClass } from './summary.ts'

/** What adds up. */
export interface Amounts {
  readonly params: number
  /** `null` = not known. */
  readonly macs: number | null
  readonly weightBytes: number
  /** Written by the layer; `null` = a size is not known. */
  readonly activationBytes: number | null
}

export interface Layer extends Amounts {
  readonly name: string
  readonly op: string
  readonly class: OperatorClass
  /** Shapes with types, as text: `float32[1,64,56,56]`. */
  readonly outputs: readonly string[]
  readonly weights: readonly string[]
  /** Attributes that decide what is computed, as text. */
  readonly attributes: string
}

export interface ModelLayers {
  readonly name: string
  readonly layers: readonly Layer[]
  /** Constants that no layer reads. */
  readonly unread: Amounts
  /** Not a sum: decided by what is alive together. */
  readonly peakActivationBytes: number | null
}

export const layerAspects = ['op', 'attributes', 'weights', 'outputs', 'amounts'] as const
export type LayerAspect = (typeof layerAspects)[number]

export interface LayerChange {
  readonly before: Layer
  readonly after: Layer
  readonly aspects: readonly LayerAspect[]
  readonly delta: Amounts
}

export interface ModelDiff {
  readonly before: ModelTotals
  readonly after: ModelTotals
  /** after − before; the sum of all changes below. */
  readonly delta: Amounts
  readonly added: readonly Layer[]
  readonly removed: readonly Layer[]
  readonly changed: readonly LayerChange[]
  /** Layers that are the same but for their name. */
  readonly unchanged: number
  /** Change of what no layer reads. */
  readonly unread: Amounts
}

interface ModelTotals extends Amounts {
  readonly name: string
  readonly layers: number
  readonly peakActivationBytes: number | null
}

const byName: Key<Layer> = ({ name, op }) => `${op} ${name}`
const byContent: Key<Layer> = ({ op, attributes, weights, outputs }) =>
  [op, attributes, ...weights, ...outputs].join(' ')
const byOperator: Key<Layer> = ({ op }) => op

/** Names that survive an edit align best; where they are numbered through, content does. */
const strategies: readonly (readonly Key<Layer>[])[] = [
  [byName, byContent, byOperator],
  [byContent, byName, byOperator],
]

export function diffModels(before: ModelLayers, after: ModelLayers): ModelDiff {
  const candidates = strategies.map((keys) => compare(before, after, align(before.layers, after.layers, keys)))
  return candidates.reduce((best, next) => (touched(next) < touched(best) ? next : best))
}

function touched({ added, removed, changed }: ModelDiff): number {
  return added.length + removed.length + changed.length
}

function compare(before: ModelLayers, after: ModelLayers, pairs: readonly Pair[]): ModelDiff {
  const [kept, found] = [new Set(pairs.map((pair) => pair.before)), new Set(pairs.map((pair) => pair.after))]
  const changed = pairs.flatMap((pair) => changeOf(before.layers[pair.before], after.layers[pair.after]) ?? [])
  const [was, is] = [totalsOf(before), totalsOf(after)]
  return {
    before: was,
    after: is,
    delta: difference(was, is),
    added: after.layers.filter((_, index) => !found.has(index)),
    removed: before.layers.filter((_, index) => !kept.has(index)),
    changed,
    unchanged: pairs.length - changed.length,
    unread: difference(before.unread, after.unread),
  }
}

function changeOf(before: Layer | undefined, after: Layer | undefined): LayerChange | null {
  if (before === undefined || after === undefined) return null
  const delta = difference(before, after)
  const aspects = layerAspects.filter((aspect) =>
    aspect === 'amounts' ? isChange(delta) : before[aspect].toString() !== after[aspect].toString(),
  )
  return aspects.length === 0 ? null : { before, after, aspects, delta }
}

/** Unknown before and after is no change that could be told. */
function isChange({ params, macs, weightBytes, activationBytes }: Amounts): boolean {
  return params !== 0 || weightBytes !== 0 || (macs ?? 0) !== 0 || (activationBytes ?? 0) !== 0
}

function totalsOf({ name, layers, unread, peakActivationBytes }: ModelLayers): ModelTotals {
  return { name, layers: layers.length, ...layers.reduce<Amounts>(sumAmounts, unread), peakActivationBytes }
}

export function sumAmounts(a: Amounts, b: Amounts): Amounts {
  return combined(a, b, (x, y) => x + y)
}

function difference(before: Amounts, after: Amounts): Amounts {
  return combined(before, after, (was, is) => is - was)
}

function combined(a: Amounts, b: Amounts, operation: (a: number, b: number) => number): Amounts {
  const known = (x: number | null, y: number | null) => (x === null || y === null ? null : operation(x, y))
  return {
    params: operation(a.params, b.params),
    macs: known(a.macs, b.macs),
    weightBytes: operation(a.weightBytes, b.weightBytes),
    activationBytes: known(a.activationBytes, b.activationBytes),
  }
}
