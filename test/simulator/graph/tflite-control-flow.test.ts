/** TFLite's subgraphs: branches and bodies that are given values, loops that only a condition ends, graphs that are called. */
import { describe, expect, test } from 'vitest'
import type { Attribute, Graph } from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { countParameters } from '../../../simulator/graph/parameters.ts'
import { GraphBuilder, graphAttribute } from './build-graph.ts'

/** a [4, 8] → [4, n]. */
function layer(n: number): Graph {
  const graph = new GraphBuilder()
  const y = graph.node('tflite.FULLY_CONNECTED', [graph.input('a', [4, 8]), graph.weight(`w${n}`, [n, 8])])
  return graph.output(y).build()
}

/** (counter, x [4, 8]) → counter < limit. */
function condition(limit: number, op = 'LESS'): Graph {
  const graph = new GraphBuilder()
  const counter = graph.input('i', [], 'int32')
  graph.input('x', [4, 8])
  return graph.output(graph.node(`tflite.${op}`, [counter, graph.constant('limit', [], [limit], 'int32')])).build()
}

/** (counter, x) → (counter by `op`, a layer on x). */
function body(step: number, op = 'ADD'): Graph {
  const graph = new GraphBuilder()
  const counter = graph.input('i', [], 'int32')
  const x = graph.input('x', [4, 8])
  const next = graph.node(`tflite.${op}`, [counter, graph.constant('step', [], [step], 'int32')])
  const y = graph.node('tflite.FULLY_CONNECTED', [x, graph.weight('w', [8, 8])])
  return graph.output(next, y).build()
}

const macsPerRound = 4 * 8 * 8

function loop(cond: Graph, inner: Graph, start: number | null = 0, op = 'WHILE') {
  const graph = new GraphBuilder()
  const counter = start === null ? graph.input('i', [], 'int32') : graph.constant('i', [], [start], 'int32')
  const operands = [counter, graph.input('x', [4, 8])]
  graph.node(`tflite.${op}`, operands, { cond: graphAttribute(cond), body: graphAttribute(inner) }, ['n', 'y'])
  return inferShapes(graph.output('y').build(), {})
}

describe('a loop that a condition ends', () => {
  test.each([
    ['once for each count', 5, 1, 0, 5],
    ['in larger steps', 10, 3, 1, 3],
    ['not at all', 0, 1, 0, 0],
    ['longer than is unrolled', 1000, 1, 0, 1000],
    ['longer than is unrolled, in larger steps', 100_000, 7, 3, 14_286],
  ])('runs %s', (_, limit, step, start, rounds) => {
    const { nodes, problems, outputs } = loop(condition(limit), body(step), start)
    expect(nodes[0]?.work.macs).toBe(rounds * macsPerRound)
    expect(problems).toEqual([])
    expect(outputs[0]?.type).toMatchObject({ shape: [4, 8] })
  })

  test('counts down as well', () => {
    expect(loop(condition(0, 'GREATER'), body(1, 'SUB'), 500).nodes[0]?.work.macs).toBe(500 * macsPerRound)
  })

  test('is the same in StableHLO', () => {
    expect(loop(condition(3), body(1), 0, 'STABLEHLO_WHILE').nodes[0]?.work.macs).toBe(3 * macsPerRound)
  })

  test('may double its counter, as long as it is short', () => {
    expect(loop(condition(1_000_000), body(3, 'MUL'), 2).nodes[0]?.work.macs).toBe(12 * macsPerRound)
  })

  test('has unknown work where the counter goes back and forth, stands still or starts anywhere', () => {
    for (const { nodes, problems } of [
      loop(condition(9), body(-1, 'MUL'), 2),
      loop(condition(9), body(0), 0),
      loop(condition(9), body(1), null),
    ]) {
      expect(nodes[0]?.work.macs).toBeNull()
      expect(problems).toMatchObject([{ code: 'unknown-iterations', received: `${macsPerRound} MACs per iteration` }])
    }
  })
})

describe('branches', () => {
  function branch(op: string, selector: number | null, attributes: Record<string, Attribute>) {
    const graph = new GraphBuilder()
    const type = op === 'IF' ? 'bool' : 'int32'
    const decided = selector === null ? graph.input('c', [1], type) : graph.constant('c', [1], [selector], type)
    graph.node(`tflite.${op}`, [decided, graph.input('x', [4, 8])], attributes, ['y'])
    return inferShapes(graph.output('y').build(), {})
  }
  const either = { then_branch: graphAttribute(layer(2)), else_branch: graphAttribute(layer(5)) }
  const cases: Record<string, Attribute> = { branches: { kind: 'graphs', graphs: [layer(2), layer(5), layer(3)] } }

  test('are given the values after the condition', () => {
    const { outputs, nodes } = branch('IF', 1, either)
    expect(outputs[0]?.type).toMatchObject({ shape: [4, 2] })
    expect(nodes.map(({ work }) => work.macs)).toEqual([4 * 2 * 8])
  })

  test('that only a run decides count by the heaviest', () => {
    const { outputs, problems } = branch('IF', null, either)
    expect(outputs[0]?.type).toMatchObject({ shape: [4, 5] })
    expect(problems).toMatchObject([{ code: 'branch-assumed', received: 'else branch of IF_0' }])
    expect(branch('STABLEHLO_CASE', null, cases).problems).toMatchObject([{ received: 'branch 1 of STABLEHLO_CASE_0' }])
  })

  test('are chosen by index, the last one for every index that is none', () => {
    const width = (index: number) => branch('STABLEHLO_CASE', index, cases).outputs[0]?.type
    expect(width(0)).toMatchObject({ shape: [4, 2] })
    expect(width(1)).toMatchObject({ shape: [4, 5] })
    for (const index of [2, 3, -1]) expect(width(index)).toMatchObject({ shape: [4, 3] })
  })
})

describe('a graph that is called', () => {
  test('runs in place of its node, and its weights count once however often', () => {
    const shared = graphAttribute(layer(8))
    const graph = new GraphBuilder()
    const once = graph.node('tflite.STABLEHLO_COMPOSITE', [graph.input('x', [4, 8])], { body: shared })
    const twice = graph.node('tflite.CALL', [once], { body: shared })
    const bound = inferShapes(graph.output(twice).build(), {})
    expect(bound.nodes.map(({ key }) => key)).toEqual(['tflite.FULLY_CONNECTED', 'tflite.FULLY_CONNECTED'])
    expect(bound.outputs[0]?.type).toMatchObject({ shape: [4, 8] })
    expect(countParameters(bound)).toBe(64)
  })

  test('before the first run is no part of it', () => {
    const graph = new GraphBuilder()
    graph.node('tflite.CALL_ONCE', [], { body: graphAttribute(layer(8)) }, [])
    const y = graph.node('tflite.RELU', [graph.input('x', [4])])
    const { nodes, problems } = inferShapes(graph.output(y).build(), {})
    expect(nodes.map(({ work }) => work.macs)).toEqual([0, 0])
    expect(problems).toEqual([])
  })
})

describe('symbols with a size of their own', () => {
  const graph = () => {
    const builder = new GraphBuilder()
    const y = builder.node('tflite.ADD', [builder.input('x', ['batch', 8]), builder.input('z', ['batch', 8])])
    return builder.output(y).build({ defaultSizes: { batch: 1 } })
  }

  test('need no binding, and take any', () => {
    const sizeOf = (bindings: Parameters<typeof inferShapes>[1]) => inferShapes(graph(), bindings).outputs[0]?.type
    expect(sizeOf({})).toMatchObject({ shape: [1, 8] })
    expect(sizeOf({ dims: { batch: 3 } })).toMatchObject({ shape: [3, 8] })
    expect(sizeOf({ inputShapes: { x: [5, 8] } })).toMatchObject({ shape: [5, 8] })
  })
})
