/** Peak activations of a bound graph, by the three readings of `peak_act_bytes` in use. */
import type { BoundGraph, BoundNode, BoundValue } from './bound.ts'
import { dtypeBytes } from './dtype.ts'
import { type Lifetimes, lifetimesOf } from './lifetimes.ts'
import { elementCount } from './shape.ts'
import { isViewOperator } from './view-operators.ts'

export interface LifetimeRules {
  /** Reshapes and their like share the bytes of their input. */
  readonly viewsAreFree: boolean
  /** Values computed from weights alone are activations too. */
  readonly weightsFold: boolean
}

/** `null` where the size of a value is not known. Steps are the bound graph's nodes. */
export function boundLifetimes(bound: BoundGraph, rules: LifetimeRules): Lifetimes | null {
  const index = new Map<BoundValue, number>()
  const sizesBytes: number[] = []
  const owner: number[] = []
  /** Outputs of Constant nodes: weights as the file keeps them, never activations. */
  const stored = new Set<BoundValue | null>()
  /** Kept from run to run: they live throughout. */
  const states: number[] = []
  let isKnown = true
  const isActivation = (value: BoundValue | null): value is BoundValue =>
    value !== null && value.origin !== 'constant' && !stored.has(value) && !(rules.weightsFold && value.isWeight)
  const place = (value: BoundValue): number => {
    const known = index.get(value)
    if (known !== undefined) return known
    const size = bytesOf(value)
    if (size === null) isKnown = false
    index.set(value, sizesBytes.length)
    if (value.origin === 'state') states.push(sizesBytes.length)
    owner.push(sizesBytes.length)
    return sizesBytes.push(size ?? 0) - 1
  }
  const placeAll = (values: readonly (BoundValue | null)[]) => values.filter(isActivation).map(place)

  const inputs = placeAll(bound.inputs)
  const steps = bound.nodes.map((node) => {
    if (node.key === 'Constant') for (const output of node.outputs) stored.add(output)
    const step = { reads: placeAll(node.inputs), writes: placeAll(node.outputs) }
    if (rules.viewsAreFree) shareBytes(node, index, owner)
    return step
  })
  const outputs = placeAll(bound.outputs)
  if (!isKnown) return null
  return lifetimesOf(steps, { sizesBytes, inputs: [...inputs, ...states], outputs: [...outputs, ...states], owner })
}

function shareBytes(node: BoundNode, index: ReadonlyMap<BoundValue, number>, owner: number[]): void {
  if (!isViewOperator(node.op)) return
  const [input, output] = [node.inputs[0] ?? null, node.outputs[0] ?? null]
  const from = input === null ? undefined : index.get(input)
  const to = output === null ? undefined : index.get(output)
  if (from !== undefined && to !== undefined) owner[to] = owner[from] ?? from
}

/** Bytes of a tensor; sequences and maps hold references and strings have no fixed width: 0. */
function bytesOf({ type }: BoundValue): number | null {
  if (type.kind !== 'tensor') return 0
  const count = elementCount(type.shape)
  return count === null || type.dtype === null ? null : dtypeBytes(type.dtype, count)
}
