/** From a weight as an operator reads it back to the constants that it is computed from. */
import type { Node } from '../../graph/graph.ts'
import { operatorKey } from '../../graph/graph.ts'
import { normalizeAxis } from '../../graph/shape.ts'
import type { Channels } from './channels.ts'
import { reshapeAxis } from './reshape-axis.ts'
import type { Trace } from './trace.ts'

/** `reader` needs `axis` of the weight `name` to be made of `channels`. */
export function traceWeight(t: Trace, reader: Node, name: string, axis: number, channels: Channels): void {
  const constant = t.constant(name)
  const node = t.producer(name)
  const rule = node === null ? undefined : rules[operatorKey(node)]
  if (constant !== null) t.demand(reader, constant, axis, channels)
  else if (node === null || rule === undefined) t.fix(reader, channels, 'operator')
  else rule(t, node, axis, channels)
}

type WeightRule = (t: Trace, node: Node, axis: number, channels: Channels) => unknown

const sameAxis: WeightRule = (t, node, axis, channels) => {
  const [input] = node.inputs
  if (input != null) traceWeight(t, node, input, axis, channels)
}

const transposed: WeightRule = (t, node, axis, channels) => {
  const [input] = node.inputs
  const perm = t.numbers(node, node.inputs.length, 'perm')
  const rank = t.shape(input)?.length
  if (input == null || rank === undefined) return t.fix(node, channels, 'shape')
  traceWeight(t, node, input, perm?.[axis] ?? rank - 1 - axis, channels)
}

/** Scales and zero points follow: one per channel, one per block of elements, or one for all. */
const dequantized: WeightRule = (t, node, axis, channels) => {
  const [input, ...parameters] = node.inputs
  const rank = t.shape(input)?.length ?? 0
  if (input == null) return
  const scaledAxis = (t.number(node, 'axis', 1) + rank) % Math.max(1, rank)
  const isBlocked = t.number(node, 'block_size', 0) > 0
  if (isBlocked && scaledAxis === axis) return t.fix(node, channels, 'shape')
  traceWeight(t, node, input, axis, channels)
  for (const name of parameters) {
    const shape = t.shape(name)
    if (name == null || shape === null || shape.length === 0) continue
    if (isBlocked) traceWeight(t, node, name, axis, channels)
    else if (scaledAxis === axis && shape[0] === channels.length) traceWeight(t, node, name, 0, channels)
  }
}

/** A row repeated for every item of the batch. */
const expanded: WeightRule = (t, node, axis, channels) => {
  const [input] = node.inputs
  const [from, to] = [t.shape(input), t.shape(node.outputs[0])]
  if (input == null || from === null || to === null) return t.fix(node, channels, 'shape')
  const inner = axis - (to.length - from.length)
  if (from[inner] !== channels.length) return t.fix(node, channels, 'shape')
  traceWeight(t, node, input, inner, channels)
  const wanted = t.numbers(node, 1, 'shape')
  const position = axis - (to.length - (wanted?.length ?? 0))
  if (wanted?.[position] !== 1) t.resize(node, { at: 1, position, channels })
}

/** Rows picked from a table: what they are made of stays. */
const gathered: WeightRule = (t, node, axis, channels) => {
  const [data, indices] = node.inputs
  const [shape, picked] = [t.shape(data), t.shape(indices)]
  if (data == null || shape === null || picked === null) return t.fix(node, channels, 'shape')
  const along = normalizeAxis(t.number(node, 'axis', 0), shape.length)
  if (axis >= along && axis < along + picked.length) return t.fix(node, channels, 'position')
  return traceWeight(t, node, data, axis < along ? axis : axis - picked.length + 1, channels)
}

/** A stretch along other axes. */
const sliced: WeightRule = (t, node, axis, channels) => {
  const [input] = node.inputs
  const size = t.shape(input)?.[axis]
  if (input == null || size !== channels.length) return t.fix(node, channels, 'position')
  return traceWeight(t, node, input, axis, channels)
}

/** The same elements under another shape, read backwards. */
const reshaped: WeightRule = (t, node, axis, channels) => {
  const [input, target] = node.inputs
  const [from, to] = [t.shape(input), t.shape(node.outputs[0])]
  const source = from && to && reshapeAxis(to, axis, from, channels)
  if (input == null || source == null || source.parts > 1) return t.fix(node, channels, 'shape')
  if (node.op === 'Reshape') {
    const asked = t.numbers(node, 1, 'shape')?.[axis]
    if (asked === undefined || asked === 0) return t.fix(node, channels, 'shape')
    if (asked > 0) t.resize(node, { at: target == null ? 'shape' : 1, position: axis, channels })
  }
  return traceWeight(t, node, input, source.axis, source.channels)
}

const rules: Readonly<Record<string, WeightRule>> = {
  Identity: sameAxis,
  Cast: sameAxis,
  Transpose: transposed,
  DequantizeLinear: dequantized,
  Expand: expanded,
  Gather: gathered,
  Slice: sliced,
  Reshape: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
}
