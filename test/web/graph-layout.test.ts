import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type Edge, type GraphLayout, layoutGraph } from '../../web/app/charts/graph-layout.ts'

/** Edges that go forward, each once. */
const anyGraph = fc.integer({ min: 2, max: 40 }).chain((nodes) =>
  fc
    .uniqueArray(
      fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)).filter(([a, b]) => a !== b),
      { selector: ([a, b]) => `${Math.min(a, b)} ${Math.max(a, b)}`, maxLength: 80 },
    )
    .map((pairs) => ({ nodes, edges: pairs.map(([a, b]): Edge => ({ from: Math.min(a, b), to: Math.max(a, b) })) })),
)

/** Nodes that the pieces lead to from a node, each line followed to its ends. */
function reached({ pieces, layer }: GraphLayout, node: number): number[] {
  const found: number[] = []
  let heads = pieces.filter(({ from }) => from === node)
  while (heads.length > 0) {
    found.push(...heads.flatMap(({ to }) => (to === -1 ? [] : [to])))
    const open = heads.filter(({ to }) => to === -1)
    heads = pieces.filter(
      (piece) => piece.from === -1 && open.some((head) => head.layer + 1 === piece.layer && head.toX === piece.fromX),
    )
  }
  return layer[node] === undefined ? [] : found.toSorted((a, b) => a - b)
}

describe('a layered drawing', () => {
  test.prop([anyGraph])('goes down along every edge and draws no node over another', ({ nodes, edges }) => {
    const { layer, x, layers, width } = layoutGraph(nodes, edges)
    for (const { from, to } of edges) expect(layer[to]).toBeGreaterThan(layer[from] ?? 0)
    for (let one = 0; one < nodes; one++) {
      expect(layer[one]).toBeGreaterThanOrEqual(0)
      expect(layer[one]).toBeLessThan(layers)
      expect(x[one]).toBeGreaterThanOrEqual(0.5)
      expect(x[one]).toBeLessThanOrEqual(width - 0.5)
      for (let other = 0; other < one; other++) {
        if (layer[one] === layer[other]) expect(Math.abs((x[one] ?? 0) - (x[other] ?? 0))).toBeGreaterThan(1)
      }
    }
  })

  it('is a straight line for a chain', () => {
    const edges = Array.from({ length: 9 }, (_, from) => ({ from, to: from + 1 }))
    const { x, layers, width } = layoutGraph(10, edges)
    expect(layers).toBe(10)
    expect(new Set(x).size).toBe(1)
    expect(width).toBeLessThan(1.2)
  })

  it('leads a skip connection past what it skips, to where it goes', () => {
    const layout = layoutGraph(4, [
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 3 },
      { from: 0, to: 3 },
    ])
    expect([...layout.layer]).toEqual([0, 1, 2, 3])
    expect(reached(layout, 0)).toEqual([1, 3])
    const passing = layout.pieces.filter(({ from, to }) => from === -1 && to === -1)
    expect(passing).toHaveLength(1)
    expect(Math.abs((passing[0]?.fromX ?? 0) - (layout.x[1] ?? 0))).toBeGreaterThan(0.5)
  })

  it('stays quick at thousands of nodes with skips', () => {
    const nodes = 3000
    const edges = Array.from({ length: nodes - 1 }, (_, from) => ({ from, to: from + 1 })).concat(
      Array.from({ length: nodes / 4 - 10 }, (_, at) => ({ from: at * 4, to: at * 4 + 30 })),
    )
    const start = performance.now()
    expect(layoutGraph(nodes, edges).layers).toBe(nodes)
    // Some 50 ms on a quiet machine.
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
