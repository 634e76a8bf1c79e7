/**
 * A layered drawing of a graph whose edges go forward (Sugiyama, Tagawa, Toda 1981): layers by longest path, order within a
 * layer by the mean of the neighbours, places by least squares along each layer. Long edges of one node share one line.
 *
 * O(nodes + length of the long lines) per sweep, so that thousands of nodes take milliseconds.
 */

export interface Edge {
  readonly from: number
  readonly to: number
}

export interface GraphLayout {
  readonly layers: number
  /** In widths of a node. */
  readonly width: number
  /** By node: layer from the top, and its middle from the left in widths of a node. */
  readonly layer: Int32Array
  readonly x: Float64Array
  /** A piece of an edge, from the middle of one layer to that of the next; nodes where it ends, −1 = it goes on. */
  readonly pieces: readonly Piece[]
}

export interface Piece {
  readonly fromX: number
  readonly toX: number
  /** It goes to the next layer. */
  readonly layer: number
  readonly from: number
  readonly to: number
}

const sweeps = 6
/** Half of what a node and a passing line take, in widths of a node. */
const halfWidth = { node: 0.56, line: 0.06 } as const
/** Lines are kept straighter than nodes. */
const lineWeight = 4

/** Edges go from smaller to larger numbers. */
export function layoutGraph(nodes: number, edges: readonly Edge[]): GraphLayout {
  const layer = layersOf(nodes, edges)
  const points = pointsOf(nodes, edges, layer)
  const order = ordered(points)
  const x = placed(points, order)
  const left = x.reduce((least, each, point) => Math.min(least, each - halfOf(points, point)), 0)
  const right = x.reduce((most, each, point) => Math.max(most, each + halfOf(points, point)), 0)
  return {
    layers: points.byLayer.length,
    width: right - left,
    layer,
    x: Float64Array.from({ length: nodes }, (_, node) => (x[node] ?? 0) - left),
    pieces: points.links.map(({ from, to }) => ({
      fromX: (x[from] ?? 0) - left,
      toX: (x[to] ?? 0) - left,
      layer: points.layer[from] ?? 0,
      from: from < nodes ? from : -1,
      to: to < nodes ? to : -1,
    })),
  }
}

/** Longest path from the top; what nothing leads to stands just above what it leads to. */
function layersOf(nodes: number, edges: readonly Edge[]): Int32Array {
  const layer = new Int32Array(nodes)
  const byTarget = edges.toSorted((a, b) => a.to - b.to)
  const hasInput = new Uint8Array(nodes)
  for (const { from, to } of byTarget) {
    layer[to] = Math.max(layer[to] ?? 0, (layer[from] ?? 0) + 1)
    hasInput[to] = 1
  }
  const nearest = new Map<number, number>()
  for (const { from, to } of edges) {
    if (hasInput[from] === 0) nearest.set(from, Math.min(nearest.get(from) ?? Number.POSITIVE_INFINITY, layer[to] ?? 0))
  }
  for (const [node, first] of nearest) layer[node] = first - 1
  return layer
}

/** Nodes, then the points where long lines pass a layer. */
interface Points {
  readonly nodes: number
  readonly layer: readonly number[]
  readonly byLayer: readonly (readonly number[])[]
  /** From a layer to the next. */
  readonly links: readonly Edge[]
  readonly above: readonly (readonly number[])[]
  readonly below: readonly (readonly number[])[]
}

function pointsOf(nodes: number, edges: readonly Edge[], nodeLayer: Int32Array): Points {
  const layer: number[] = [...nodeLayer]
  const links: Edge[] = []
  /** The line of each node, by how far it has come. */
  const lines: number[][] = Array.from({ length: nodes }, () => [])
  for (const { from, to } of edges) {
    const line = lines[from] ?? []
    const steps = (nodeLayer[to] ?? 0) - (nodeLayer[from] ?? 0) - 1
    while (line.length < steps) {
      const point = layer.length
      layer.push((nodeLayer[from] ?? 0) + line.length + 1)
      links.push({ from: line.at(-1) ?? from, to: point })
      line.push(point)
    }
    links.push({ from: steps === 0 ? from : (line[steps - 1] ?? from), to })
  }
  const byLayer: number[][] = Array.from({ length: Math.max(0, ...layer) + 1 }, () => [])
  layer.forEach((of, point) => {
    byLayer[of]?.push(point)
  })
  const above: number[][] = layer.map(() => [])
  const below: number[][] = layer.map(() => [])
  for (const { from, to } of links) {
    above[to]?.push(from)
    below[from]?.push(to)
  }
  return { nodes, layer, byLayer, links, above, below }
}

/** Points of each layer from left to right. */
function ordered({ byLayer, layer, above, below }: Points): readonly (readonly number[])[] {
  const order = byLayer.map((points) => [...points])
  const rank = new Float64Array(layer.length)
  for (const points of order) for (const [index, point] of points.entries()) rank[point] = index
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isDown = sweep % 2 === 0
    const neighbours = isDown ? above : below
    for (const points of isDown ? order : order.toReversed()) {
      if (points.length < 2) continue
      const wanted = new Map(points.map((point) => [point, mean(neighbours[point] ?? [], rank) ?? rank[point] ?? 0]))
      points.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0))
      for (const [index, point] of points.entries()) rank[point] = index
    }
  }
  return order
}

function placed(points: Points, order: readonly (readonly number[])[]): Float64Array {
  const { layer, above, below } = points
  const x = new Float64Array(layer.length)
  for (const row of order) {
    let at = 0
    for (const point of row) {
      at += halfOf(points, point)
      x[point] = at
      at += halfOf(points, point)
    }
  }
  for (let sweep = 0; sweep < sweeps + 1; sweep++) {
    const isDown = sweep % 2 === 0
    const neighbours = isDown ? above : below
    for (const row of isDown ? order : order.toReversed()) {
      const wanted = row.map((point) => mean(neighbours[point] ?? [], x) ?? x[point] ?? 0)
      spread(points, row, wanted, x)
    }
  }
  return x
}

/** As near to where each wants to be as their widths allow: pool adjacent violators. */
function spread(points: Points, row: readonly number[], wanted: readonly number[], x: Float64Array): void {
  const offsets: number[] = []
  const blocks: { sum: number; weight: number; count: number }[] = []
  let offset = 0
  row.forEach((point, index) => {
    if (index > 0) offset += halfOf(points, row[index - 1] ?? point) + halfOf(points, point)
    offsets.push(offset)
    const weight = point < points.nodes ? 1 : lineWeight
    let block = { sum: ((wanted[index] ?? 0) - offset) * weight, weight, count: 1 }
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.weight <= block.sum / block.weight) break
      blocks.pop()
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count }
    }
    blocks.push(block)
  })
  let index = 0
  for (const { sum, weight, count } of blocks) {
    for (const end = index + count; index < end; index++) x[row[index] ?? 0] = sum / weight + (offsets[index] ?? 0)
  }
}

function halfOf({ nodes }: Points, point: number): number {
  return point < nodes ? halfWidth.node : halfWidth.line
}

/** `null` = of none. */
function mean(of: readonly number[], values: Float64Array): number | null {
  if (of.length === 0) return null
  return of.reduce((sum, each) => sum + (values[each] ?? 0), 0) / of.length
}
