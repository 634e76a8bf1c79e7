/** How convolutions and matrix products carry channels: the input's are read, new ones are made. */
import type { Node } from '../../graph/graph.ts'
import type { Channels } from './channels.ts'
import type { Followed, Trace, Track } from './trace.ts'

/** Channels of axis 1; anything followed along another axis is fixed. */
function channelAxis(t: Trace, node: Node, name: string | null | undefined): Channels | null {
  const track = t.track(name)
  if (track === null || track.axis === 1) return track?.channels ?? null
  t.fix(node, track.channels, 'position')
  return null
}

/** x [N, C, …], w [out, C / g, …kernel], b [out]. */
export function convolution(t: Trace, node: Node): Followed {
  const [x, w, b] = node.inputs
  const dims = t.shape(w)
  if (w == null || dims === null || !t.isWeight(w)) return t.block(node)
  const [out = 0, perGroup = 0] = dims
  const groups = t.number(node, 'group', 1)
  const read = channelAxis(t, node, x)
  if (groups > 1 && perGroup === 1) return depthwise(t, node, read, out)
  const made = t.sets.create(out, node.name)
  if (read !== null) {
    if (groups > 1) t.sets.joinParts(read, groups)
    t.use(node, w, 1, read.slice(0, perGroup))
  }
  if (groups > 1) t.sets.joinParts(made, groups)
  t.use(node, w, 0, made)
  t.use(node, b, 0, made)
  return { axis: 1, channels: made }
}

/** Filters of one channel each: out = multiplier · C, and as many groups as channels. */
function depthwise(t: Trace, node: Node, read: Channels | null, out: number): Followed {
  if (read === null) return null
  const [, w, b] = node.inputs
  const multiplier = out / read.length
  const made = read.flatMap((channel) => new Array<number>(multiplier).fill(channel))
  t.use(node, w, 0, made)
  t.use(node, b, 0, made)
  t.resize(node, { at: 'group', position: null, channels: read })
  return { axis: 1, channels: made }
}

/** x [N, C, …], w [C, out / g, …kernel], b [out]. */
export function transposedConvolution(t: Trace, node: Node): Followed {
  const [x, w, b] = node.inputs
  const dims = t.shape(w)
  if (w == null || dims === null || !t.isWeight(w)) return t.block(node)
  const groups = t.number(node, 'group', 1)
  const [channels = 0, perGroup = 0] = dims
  const read = channelAxis(t, node, x)
  if (groups === channels && groups > 1) {
    if (read === null) return null
    const made = read.flatMap((channel) => new Array<number>(perGroup).fill(channel))
    t.use(node, w, 0, read)
    t.use(node, b, 0, made)
    t.resize(node, { at: 'group', position: null, channels: read })
    return { axis: 1, channels: made }
  }
  if (read !== null) {
    if (groups > 1) t.sets.joinParts(read, groups)
    t.use(node, w, 0, read)
  }
  const made = t.sets.create(perGroup * groups, node.name)
  if (groups > 1) t.sets.joinParts(made, groups)
  t.use(node, w, 1, made.slice(0, perGroup))
  t.use(node, b, 0, made)
  return { axis: 1, channels: made }
}

/** a [M, K], b [K, N] or transposed, c broadcast to [M, N]. */
export function gemm(t: Trace, node: Node): Followed {
  const [a, b, c] = node.inputs
  const dims = t.shape(b)
  if (b == null || dims === null || !t.isWeight(b) || t.number(node, 'transA', 0) !== 0) return t.block(node)
  const [inner, outer] = t.number(node, 'transB', 0) === 0 ? [0, 1] : [1, 0]
  const read = channelAxis(t, node, a)
  if (read !== null) t.use(node, b, inner, read)
  const made = t.sets.create(dims[outer] ?? 0, node.name)
  t.use(node, b, outer, made)
  const bias = t.shape(c)
  if (bias !== null && bias.at(-1) !== 1) t.use(node, c, bias.length - 1, made)
  return { axis: 1, channels: made }
}

/** a […, M, K] · b […, K, N]; either may be a weight. */
export function matmul(t: Trace, node: Node): Followed {
  const [a, b] = node.inputs
  const [left, right] = [t.shape(a), t.shape(b)]
  if (a == null || b == null || left === null || right === null || left.length < 2 || right.length < 2) {
    return t.block(node)
  }
  const rank = Math.max(left.length, right.length)
  const k = { a: left.length - 1, b: right.length - 2 }
  const [fromA, fromB] = [t.track(a), t.track(b)]
  if (fromA?.axis === k.a) t.use(node, b, k.b, fromA.channels)
  else if (fromB?.axis === k.b) t.use(node, a, k.a, fromB.channels)

  const kept = [
    fromA?.axis === k.a ? null : aligned(fromA, left, rank),
    fromB?.axis === k.b ? null : aligned(fromB, right, rank),
  ]
  const [first, second] = kept.flatMap((track) => track ?? [])
  if (first !== undefined) {
    // Two followed axes of one result: only the first can be followed on.
    if (second !== undefined) t.fix(node, second.channels, 'position')
    if (first.axis < rank - 2 && kept.some((track) => track === null)) t.fix(node, first.channels, 'outside')
    return { axis: first.axis, channels: first.channels }
  }
  return madeByWeight(t, node, a, left, b, right)
}

/** A weight matrix makes the columns (or rows) of the result. */
function madeByWeight(
  t: Trace,
  node: Node,
  a: string,
  left: readonly number[],
  b: string,
  right: readonly number[],
): Track | null {
  const rank = Math.max(left.length, right.length)
  if (right.length === 2 && t.isWeight(b)) {
    const channels = t.sets.create(right[1] ?? 0, node.name)
    t.use(node, b, 1, channels)
    return { axis: rank - 1, channels }
  }
  if (left.length === 2 && t.isWeight(a)) {
    const channels = t.sets.create(left[0] ?? 0, node.name)
    t.use(node, a, 0, channels)
    return { axis: rank - 2, channels }
  }
  return null
}

/** Axis counted in a result of `rank` dimensions. */
function aligned(track: Track | null, shape: readonly number[], rank: number): Track | null {
  return track === null ? null : { axis: track.axis + rank - shape.length, channels: track.channels }
}
