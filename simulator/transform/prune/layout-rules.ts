/** How operators that move or regroup elements carry channels. */
import type { Node } from '../../graph/graph.ts'
import { normalizeAxis } from '../../graph/shape.ts'
import { reshapeAxis } from './reshape-axis.ts'
import type { Followed, Trace } from './trace.ts'

export function transpose(t: Trace, node: Node): Followed {
  const track = t.track(node.inputs[0])
  const rank = t.shape(node.inputs[0])?.length
  if (track === null) return null
  if (rank === undefined) return t.block(node)
  const perm = t.numbers(node, node.inputs.length, 'perm')
  const axis = perm === null ? rank - 1 - track.axis : perm.indexOf(track.axis)
  return { axis, channels: track.channels }
}

/** Reshape, Flatten, Squeeze, Unsqueeze: the same elements under another shape. */
export function view(t: Trace, node: Node): Followed {
  const [x] = node.inputs
  const track = t.track(x)
  const [from, to] = [t.shape(x), t.shape(node.outputs[0])]
  if (track === null) return null
  if (from === null || to === null) return t.block(node)
  const reshaped = reshapeAxis(from, track.axis, to, track.channels)
  if (reshaped === null) return t.block(node, 'shape')
  if (reshaped.parts > 1) t.sets.joinParts(track.channels, reshaped.parts)
  if (node.op === 'Reshape') resizeTarget(t, node, reshaped.axis, track.axis, reshaped.channels)
  return { axis: reshaped.axis, channels: reshaped.channels }
}

/** −1 follows by itself; 0 copies the size of the same axis, which must be the followed one. */
function resizeTarget(t: Trace, node: Node, axis: number, from: number, channels: readonly number[]): void {
  const asked = t.numbers(node, 1, 'shape')?.[axis]
  if (asked === undefined || (asked === 0 && axis !== from)) t.fix(node, channels, 'shape')
  else if (asked > 0) t.resize(node, { at: node.inputs[1] == null ? 'shape' : 1, position: axis, channels })
}

export function concat(t: Trace, node: Node): Followed {
  const [first] = t.tracked(node)
  const rank = t.shape(node.outputs[0])?.length
  if (first === undefined) return null
  if (rank === undefined) return t.block(node)
  const along = normalizeAxis(t.number(node, 'axis', 1), rank)
  if (t.tracked(node).some(({ axis }) => axis !== first.axis)) return t.block(node, 'position')
  if (along !== first.axis) {
    for (const name of node.inputs) t.use(node, name, first.axis, first.channels)
    return { axis: first.axis, channels: first.channels }
  }
  const parts = node.inputs.map((name) => {
    const track = t.track(name)
    if (track !== null) return track.channels
    const channels = t.sets.create(t.shape(name)?.[along] ?? 0, node.name)
    t.fix(node, channels, 'outside')
    return channels
  })
  return { axis: along, channels: parts.flat() }
}

export function split(t: Trace, node: Node): Followed {
  const [x] = node.inputs
  const track = t.track(x)
  const rank = t.shape(x)?.length
  if (track === null) return null
  if (rank === undefined) return t.block(node)
  const along = normalizeAxis(t.number(node, 'axis', 0), rank)
  const sizes = node.outputs.map((name) => t.shape(name)?.[along] ?? 0)
  if (along !== track.axis) {
    return node.outputs.map(() => track)
  }
  const isGiven = node.inputs[1] != null || node.attributes.split !== undefined
  // Without sizes the parts are equal and must stay so.
  if (!isGiven) {
    if (new Set(sizes).size > 1) return t.block(node, 'shape')
    t.sets.joinParts(track.channels, sizes.length)
  }
  let start = 0
  return sizes.map((size, position) => {
    const channels = track.channels.slice(start, start + size)
    start += size
    if (isGiven) t.resize(node, { at: node.inputs[1] == null ? 'split' : 1, position, channels })
    t.sets.setApart(channels)
    return { axis: along, channels }
  })
}

/** A stretch of the followed axis: its ends move with what is kept before them. */
export function slice(t: Trace, node: Node): Followed {
  const [x] = node.inputs
  const track = t.track(x)
  const rank = t.shape(x)?.length
  if (track === null) return null
  const [starts, ends] = [t.numbers(node, 1, 'starts'), t.numbers(node, 2, 'ends')]
  const axes =
    node.inputs[3] == null && node.attributes.axes === undefined
      ? starts?.map((_, axis) => axis)
      : t.numbers(node, 3, 'axes')
  if (rank === undefined || starts === null || ends === null || axes == null) return t.block(node)
  const position = axes.findIndex((axis) => normalizeAxis(axis, rank) === track.axis)
  if (position === -1) return { axis: track.axis, channels: track.channels }
  const step = node.inputs[4] == null ? 1 : t.numbers(node, 4, 'steps')?.[position]
  const size = track.channels.length
  const [start, end] = [starts[position] ?? 0, Math.min(ends[position] ?? 0, size)]
  if (step !== 1 || start < 0 || end < 0) return t.block(node, 'position')
  const isOld = node.inputs[1] == null
  t.sets.setApart(track.channels.slice(start, end))
  t.resize(node, { at: isOld ? 'starts' : 1, position, channels: track.channels.slice(0, start) })
  t.resize(node, { at: isOld ? 'ends' : 2, position, channels: track.channels.slice(0, end) })
  return { axis: track.axis, channels: track.channels.slice(start, end) }
}

/** Rows picked from data; a table of weights makes the channels of its rows. */
export function gather(t: Trace, node: Node): Followed {
  const [data, indices] = node.inputs
  const [shape, picked] = [t.shape(data), t.shape(indices)]
  if (data == null || shape === null || picked === null) return t.block(node)
  const axis = normalizeAxis(t.number(node, 'axis', 0), shape.length)
  if (t.track(indices) !== null) t.block(node)
  const track = t.track(data)
  if (track !== null) {
    if (track.axis === axis) return t.fix(node, track.channels, 'position')
    return { axis: track.axis < axis ? track.axis : track.axis + picked.length - 1, channels: track.channels }
  }
  if (!t.isWeight(data) || shape.length !== 2 || axis !== 0) return null
  const made = t.sets.create(shape[1] ?? 0, node.name)
  t.use(node, data, 1, made)
  return { axis: picked.length, channels: made }
}

export function expand(t: Trace, node: Node): Followed {
  const [x] = node.inputs
  const track = t.track(x)
  const [from, to] = [t.shape(x), t.shape(node.outputs[0])]
  if (track === null) return null
  if (from === null || to === null) return t.block(node)
  const axis = track.axis + to.length - from.length
  const wanted = t.numbers(node, 1, 'shape')
  const position = axis - (to.length - (wanted?.length ?? 0))
  if (wanted === null) return t.block(node, 'shape')
  if (position >= 0 && wanted[position] !== 1) t.resize(node, { at: 1, position, channels: track.channels })
  return { axis, channels: track.channels }
}

/** Padding or repeating other axes; along the followed one it would make channels of nothing. */
export function pad(t: Trace, node: Node): Followed {
  const track = t.track(node.inputs[0])
  const rank = t.shape(node.inputs[0])?.length
  if (track === null) return null
  const pads = t.numbers(node, 1, 'pads')
  const given = node.inputs[3] == null ? null : t.numbers(node, 3, 'axes')
  if (rank === undefined || pads === null) return t.block(node)
  const position = given === null ? track.axis : given.findIndex((axis) => normalizeAxis(axis, rank) === track.axis)
  const isPadded = position >= 0 && (pads[position] !== 0 || pads[position + pads.length / 2] !== 0)
  if (isPadded) return t.block(node, 'position')
  return { axis: track.axis, channels: track.channels }
}

/** Spatial resampling; `sizes` names the channels too. */
export function resize(t: Trace, node: Node): Followed {
  const track = t.track(node.inputs[0])
  if (track === null) return null
  const [from, to] = [t.shape(node.inputs[0]), t.shape(node.outputs[0])]
  if (from === null || to === null || from[track.axis] !== to[track.axis]) return t.block(node, 'position')
  const axes = t.numbers(node, node.inputs.length, 'axes')
  const position = axes === null ? track.axis : axes.indexOf(track.axis)
  if (node.op === 'Resize' && node.inputs[3] != null && position >= 0) {
    t.resize(node, { at: 3, position, channels: track.channels })
  }
  return { axis: track.axis, channels: track.channels }
}

/** [N, C · b², H, W] → [N, C, bH, bW]: a channel goes with all its b² places. */
export function depthToSpace(t: Trace, node: Node): Followed {
  const track = t.track(node.inputs[0])
  if (track === null) return null
  if (track.axis !== 1) return t.block(node, 'position')
  const places = t.number(node, 'blocksize', 1) ** 2
  const count = track.channels.length / places
  const columnFirst = node.attributes.mode !== 'CRD'
  const made = track.channels.filter((_, index) => (columnFirst ? index < count : index % places === 0))
  track.channels.forEach((channel, index) => {
    const owner = made[columnFirst ? index % count : Math.floor(index / places)]
    if (owner !== undefined) t.sets.join([channel], [owner])
  })
  return { axis: 1, channels: made }
}

/** [N, C, H, W] → [N, C · b², H / b, W / b]: the list of channels once per place. */
export function spaceToDepth(t: Trace, node: Node): Followed {
  const track = t.track(node.inputs[0])
  if (track === null) return null
  if (track.axis !== 1) return t.block(node, 'position')
  const places = t.number(node, 'blocksize', 1) ** 2
  return { axis: 1, channels: Array.from({ length: places }, () => track.channels).flat() }
}
