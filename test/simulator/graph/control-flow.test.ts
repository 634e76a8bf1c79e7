import { describe, expect, test } from 'vitest'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { GraphBuilder, graphAttribute } from './build-graph.ts'

/** A branch that multiplies the outer x [4, 8] by an 8×n weight. */
function product(n: number): Graph {
  const branch = new GraphBuilder()
  const y = branch.node('MatMul', ['x', branch.weight(`w${n}`, [8, n])], {}, [`y${n}`])
  return branch.output(y).build()
}

describe('If', () => {
  function choose(condition: number | null, thenBranch: Graph, elseBranch: Graph) {
    const graph = new GraphBuilder()
    graph.input('x', [4, 8])
    const decides = condition === null ? graph.input('c', [], 'bool') : graph.constant('c', [], [condition], 'bool')
    const attributes = { then_branch: graphAttribute(thenBranch), else_branch: graphAttribute(elseBranch) }
    graph.output(graph.node('If', [decides], attributes, ['y']))
    return bindShapes(graph.build(), {})
  }

  test('a condition that folds picks the branch, whose nodes replace the If', () => {
    const bound = choose(0, product(2), product(3))
    expect(bound.nodes.map(({ key, work }) => [key, work.macs])).toEqual([['MatMul', 4 * 8 * 3]])
    expect(bound.outputs[0]?.type).toMatchObject({ shape: [4, 3] })
    expect(bound.problems).toEqual([])
  })

  test('a condition of the run counts the heavier branch and says so', () => {
    const bound = choose(null, product(2), product(3))
    expect(bound.nodes.map(({ work }) => work.macs)).toEqual([4 * 8 * 3])
    expect(bound.problems).toMatchObject([{ code: 'branch-assumed', where: 'If_0', received: 'else branch of If_0' }])
  })

  test('a branch that contradicts the shapes cannot run and is not assumed, however heavy', () => {
    const impossible = new GraphBuilder()
    const y = impossible.node('MatMul', ['x', impossible.weight('w', [9, 1000])], {}, ['z'])
    const bound = choose(null, product(2), impossible.output(y).build())
    expect(bound.outputs[0]?.type).toMatchObject({ shape: [4, 2] })
    expect(bound.problems.map(({ code }) => code)).toEqual(['branch-assumed'])
  })

  test('the values of the branch that does not run are named all the same', () => {
    const bound = choose(1, product(2), product(3))
    expect(bound.values.get('y3')?.type).toMatchObject({ shape: [4, 3] })
  })
})

describe('Loop', () => {
  /** state ← state · w, stacking the state; `grows`: concatenates instead, so that the shape changes. */
  function loop(trips: number | 'input' | null, { grows = false, condition = 1 as number | 'input' } = {}) {
    const body = new GraphBuilder()
    body.input('i', [], 'int64')
    body.input('go', [], 'bool')
    body.input('state', null, null)
    const next = grows
      ? body.node('Concat', ['state', 'x'], { axis: 0 }, ['next'])
      : body.node('MatMul', ['state', body.weight('w', [8, 8])], {}, ['next'])
    const goesOn = body.node('Identity', [condition === 'input' ? 'outer' : 'go'], {}, ['on'])
    body.output(goesOn, next, next)

    const graph = new GraphBuilder()
    graph.input('x', [4, 8])
    graph.input('outer', [], 'bool')
    const limit =
      trips === 'input' ? graph.input('n', [], 'int64') : trips === null ? null : graph.constant('n', [], [trips])
    const start = graph.constant('start', [], [1], 'bool')
    graph.node('Loop', [limit, start, 'x'], { body: graphAttribute(body.build()) }, ['final', 'stacked'])
    return bindShapes(graph.output('final', 'stacked').build(), {})
  }
  const shapes = (bound: ReturnType<typeof loop>) => bound.outputs.map((value) => value?.type)

  test('with a known trip count has the work of all iterations and stacks as many items', () => {
    const bound = loop(5)
    expect(bound.nodes.at(-1)?.work.macs).toBe(5 * 4 * 8 * 8)
    expect(shapes(bound)).toMatchObject([{ shape: [4, 8] }, { shape: [5, 4, 8] }])
  })

  test('with more trips than are worth unrolling has the same work per iteration', () => {
    const bound = loop(1000)
    expect(bound.nodes.at(-1)?.work.macs).toBe(1000 * 4 * 8 * 8)
    expect(shapes(bound)).toMatchObject([{ shape: [4, 8] }, { shape: [1000, 4, 8] }])
  })

  test('whose state grows is followed round by round while it is short', () => {
    expect(shapes(loop(3, { grows: true }))[0]).toMatchObject({ shape: [4 + 3 * 4, 8] })
    expect(shapes(loop(1000, { grows: true }))[0]).toMatchObject({ shape: [null, 8] })
  })

  test.each([
    ['a trip count of the run', loop('input')],
    ['no trip count at all', loop(null)],
    ['a condition of the run', loop(5, { condition: 'input' })],
  ])('with %s has unknown total work and names what one iteration costs', (_, bound) => {
    expect(bound.nodes.at(-1)?.work).toMatchObject({ macs: null, vectorOps: null })
    expect(bound.problems).toContainEqual(
      expect.objectContaining({ code: 'unknown-iterations', received: `${4 * 8 * 8} MACs per iteration` }),
    )
    expect(shapes(bound)).toMatchObject([{ shape: [4, 8] }, { shape: [null, 4, 8] }])
  })

  test('that never starts costs nothing and returns what it was given', () => {
    const bound = loop(0)
    expect(bound.nodes.at(-1)?.work).toMatchObject({ macs: 0, vectorOps: 0 })
    expect(shapes(bound)).toMatchObject([{ shape: [4, 8] }, { shape: [0, 4, 8] }])
  })

  test('reads the outer values its body uses', () => {
    const node = loop(3, { grows: true }).nodes.at(-1)
    expect(node?.inputs.map((value) => value?.name)).toEqual(['n', 'start', 'x'])
    expect(
      loop(3, { condition: 'input' })
        .nodes.at(-1)
        ?.inputs.map((value) => value?.name),
    ).toContain('outer')
  })
})

test('Scan runs once per slice and stacks along the first axis', () => {
  const body = new GraphBuilder()
  body.input('h', null, null)
  body.input('x_t', null, null)
  const sum = body.node('Add', ['h', 'x_t'], {}, ['sum'])
  const next = body.node('MatMul', [sum, body.weight('w', [8, 8])], {}, ['next'])
  body.output(next, next)
  const graph = new GraphBuilder()
  const inputs = [graph.input('h0', [4, 8]), graph.input('x', [10, 4, 8])]
  graph.node('Scan', inputs, { body: graphAttribute(body.build()), num_scan_inputs: 1 }, ['h_n', 'y'])
  const bound = bindShapes(graph.output('h_n', 'y').build(), {})
  expect(bound.nodes.at(-1)?.work.macs).toBe(10 * 4 * 8 * 8)
  expect(bound.outputs.map((value) => value?.type)).toMatchObject([{ shape: [4, 8] }, { shape: [10, 4, 8] }])
})

describe('local functions', () => {
  /** f(a) = Cast(a · w) to the type that the attribute `to` names. */
  function withFunction(attributes: Record<string, number>) {
    const body = new GraphBuilder()
    body.input('a', null, null)
    const y = body.node('MatMul', ['a', body.weight('w', [8, 2])])
    body.output(body.node('Cast', [y], { to: { kind: 'reference', name: 'kind' } }))
    const graph = new GraphBuilder()
    const x = graph.input('x', [4, 8])
    graph.output(graph.node('local.f', [x], attributes, ['y']))
    const functions = new Map([['local.f', { defaults: { kind: 10 }, body: body.build() }]])
    return bindShapes(graph.build({ functions }), {})
  }

  test('are inlined, with defaults for attributes that the call leaves out', () => {
    const bound = withFunction({})
    expect(bound.nodes.map(({ key }) => key)).toEqual(['MatMul', 'Cast'])
    expect(bound.outputs[0]?.type).toMatchObject({ dtype: 'float16', shape: [4, 2] })
    expect(withFunction({ kind: 11 }).outputs[0]?.type).toMatchObject({ dtype: 'float64' })
  })

  test('that expand without bound are refused', { timeout: 30_000 }, () => {
    const functions = new Map(
      Array.from({ length: 40 }, (_, level) => {
        const body = new GraphBuilder()
        body.input('a', null, null)
        const once = body.node(`local.f${level + 1}`, ['a'], {}, ['once'])
        body.output(body.node(`local.f${level + 1}`, [once], {}, ['twice']))
        return [`local.f${level}`, { defaults: {}, body: body.build() }] as const
      }),
    )
    const graph = new GraphBuilder()
    graph.output(graph.node('local.f0', [graph.input('x', [1])]))
    expect(() => bindShapes(graph.build({ functions }), {})).toThrow('too-many-nodes')
  })

  test('that call themselves are refused', () => {
    const body = new GraphBuilder()
    body.input('a', null, null)
    body.output(body.node('local.f', ['a']))
    const graph = new GraphBuilder()
    graph.output(graph.node('local.f', [graph.input('x', [1])]))
    const functions = new Map([['local.f', { defaults: {}, body: body.build() }]])
    expect(() => bindShapes(graph.build({ functions }), {})).toThrow('too-deep')
  })
})

describe('sequences', () => {
  test('tell their items apart while their number is known', () => {
    const graph = new GraphBuilder()
    const [a, b] = [graph.input('a', [2, 3]), graph.input('b', [5, 3])]
    const list = graph.node('SequenceConstruct', [a, b])
    const longer = graph.node('SequenceInsert', [list, a, graph.constant('at', [], [0])])
    graph.output(graph.node('ConcatFromSequence', [longer], { axis: 0 }), graph.node('SequenceLength', [longer]))
    const bound = bindShapes(graph.build(), {})
    expect(bound.outputs.map((value) => value?.type)).toMatchObject([{ shape: [9, 3] }, { elements: [3] }])
  })

  test('SequenceMap runs its body once per item', () => {
    const body = new GraphBuilder()
    body.input('item', null, null)
    body.output(body.node('MatMul', ['item', body.weight('w', [3, 7])], {}, ['out']))
    const graph = new GraphBuilder()
    const list = graph.node('SequenceConstruct', [graph.input('a', [2, 3]), graph.input('b', [5, 3])])
    const mapped = graph.node('SequenceMap', [list], { body: graphAttribute(body.build()) })
    graph.output(graph.node('ConcatFromSequence', [mapped], { axis: 0 }))
    const bound = bindShapes(graph.build(), {})
    expect(bound.outputs[0]?.type).toMatchObject({ shape: [7, 7] })
    expect(bound.nodes[1]?.work.macs).toBe((2 + 5) * 3 * 7)
  })
})
