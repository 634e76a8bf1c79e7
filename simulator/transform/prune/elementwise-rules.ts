/** How elementwise operators, norms, pools and reductions carry channels: the axis stays what it is. */
import type { Node } from '../../graph/graph.ts'
import { normalizeAxis } from '../../graph/shape.ts'
import type { Followed, Trace } from './trace.ts'

/** Any number of operands under broadcasting: what meets along the followed axis shares its fate. */
export function elementwise(t: Trace, node: Node): Followed {
  const rank = t.shape(node.outputs[0])?.length
  const lead = node.inputs.find((name) => t.track(name) !== null)
  const track = t.track(lead)
  const leadRank = t.shape(lead)?.length
  if (track === null) return null
  if (rank === undefined || leadRank === undefined) return t.block(node)
  const fromEnd = leadRank - track.axis
  for (const name of node.inputs) {
    if (name === null || name === lead) continue
    const shape = t.shape(name)
    const other = t.track(name)
    if (shape === null) return t.block(node)
    const axis = shape.length - fromEnd
    if (other !== null && other.axis !== axis) {
      t.fix(node, other.channels, 'position')
      t.fix(node, track.channels, 'position')
    } else if (axis >= 0 && shape[axis] !== 1) t.use(node, name, axis, track.channels)
  }
  return { axis: rank - fromEnd, channels: track.channels }
}

/** The first input's shape and axis; nothing else depends on it. */
export function unchanged(t: Trace, node: Node): Followed {
  return t.track(node.inputs[0])
}

/** Windows over the spatial axes. */
export function pooling(t: Trace, node: Node): Followed {
  if (t.tracked(node).some(({ axis }) => axis !== 1)) return t.block(node, 'position')
  return unchanged(t, node)
}

/** One parameter per channel of axis 1 in all further inputs (batch and instance norm). */
export function channelNorm(t: Trace, node: Node): Followed {
  const [x, ...parameters] = node.inputs
  const track = t.track(x)
  if (track === null) return null
  if (track.axis !== 1) return t.block(node, 'position')
  for (const name of parameters) t.use(node, name, 0, track.channels)
  return { axis: 1, channels: track.channels }
}

/** Groups of channels are normed together: all groups lose as many. */
export function groupNorm(t: Trace, node: Node): Followed {
  const [x, ...parameters] = node.inputs
  const track = t.track(x)
  if (track === null) return null
  if (track.axis !== 1) return t.block(node, 'position')
  t.sets.joinParts(track.channels, t.number(node, 'num_groups', 1))
  // Before opset 21 there was one parameter per group.
  for (const name of parameters) {
    if (t.shape(name)?.[0] === track.channels.length) t.use(node, name, 0, track.channels)
  }
  return { axis: 1, channels: track.channels }
}

/** Over the last axes, with parameters of their shape. */
export function layerNorm(t: Trace, node: Node): Followed {
  const [x, ...parameters] = node.inputs
  const track = t.track(x)
  const rank = t.shape(x)?.length
  if (track === null) return null
  if (rank === undefined) return t.block(node)
  const first = normalizeAxis(t.number(node, 'axis', -1), rank)
  for (const name of parameters) {
    const shape = t.shape(name)
    const axis = track.axis - first
    if (shape !== null && axis >= 0 && shape[axis] !== 1) t.use(node, name, axis, track.channels)
  }
  return { axis: track.axis, channels: track.channels }
}

/** A distribution over the followed axis is over its positions. */
export function softmax(t: Trace, node: Node): Followed {
  const track = t.track(node.inputs[0])
  const rank = t.shape(node.inputs[0])?.length
  if (track === null) return null
  if (rank === undefined) return t.block(node)
  const isOld = (t.graph.opsets[''] ?? Number.POSITIVE_INFINITY) < 13
  const axis = normalizeAxis(t.number(node, 'axis', isOld ? 1 : -1), rank)
  if (isOld ? track.axis >= axis : track.axis === axis) return t.block(node, 'position')
  return unchanged(t, node)
}

/** Reduced away, or kept beside the axes that are. */
export function reduction(t: Trace, node: Node): Followed {
  const [x] = node.inputs
  const track = t.track(x)
  const rank = t.shape(x)?.length
  if (track === null) return null
  if (rank === undefined) return t.block(node)
  const axes = t.numbers(node, 1, 'axes')?.map((axis) => normalizeAxis(axis, rank)) ?? null
  if (axes === null || axes.includes(track.axis)) return null
  const dropped = t.number(node, 'keepdims', 1) === 0 ? axes.filter((axis) => axis < track.axis).length : 0
  return { axis: track.axis - dropped, channels: track.channels }
}

/** Quantize and dequantize of activations: a scale per channel follows, one for all does not depend. */
export function quantization(t: Trace, node: Node): Followed {
  const [x, ...parameters] = node.inputs
  const track = t.track(x)
  const rank = t.shape(x)?.length
  if (track === null) return null
  if (rank === undefined || t.number(node, 'block_size', 0) > 0) return t.block(node)
  const axis = (t.number(node, 'axis', 1) + rank) % rank
  for (const name of parameters) {
    if (axis === track.axis && t.shape(name)?.[0] === track.channels.length) t.use(node, name, 0, track.channels)
  }
  return { axis: track.axis, channels: track.channels }
}
