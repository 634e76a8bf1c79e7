import { describe, expect, test } from 'vitest'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { findOperator, operatorKeys } from '../../../simulator/graph/operators.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import type { ParsedModel } from '../../../simulator/import/reader.ts'
import { GraphBuilder, graphAttribute } from './build-graph.ts'

function parsed(graph: Graph): ParsedModel {
  const counts = { nodes: graph.nodes.length, nodesAllGraphs: graph.nodes.length }
  const weights = { weightBytes: 4321, weightBytesByDtype: { float32: 4321 } }
  return { format: 'onnx', graph, fileBytes: 0, producer: null, problems: [], ...weights, ...counts }
}

/** image [n, 3, 8, 8] → conv → unknown or known activation → class scores. */
function classifier(activation = 'Relu') {
  const graph = new GraphBuilder(17)
  const image = graph.input('image', ['n', 3, 8, 8])
  const y = graph.node('Conv', [image, graph.weight('w', [4, 3, 3, 3]), graph.weight('b', [4])], {}, ['y'])
  const a = graph.node(activation, [y], {}, ['a'])
  graph.declare('a', ['n', 4, 6, 6])
  const pooled = graph.node('GlobalAveragePool', [a], {}, ['pooled'])
  return graph.output(graph.node('Flatten', [pooled], {}, ['scores'])).build()
}

describe('an inspection', () => {
  test('of a bound model has every figure', async () => {
    const inspection = await inspectModel(parsed(classifier()), { dims: { n: 2 } })
    expect(inspection).toMatchObject({
      format: 'onnx',
      opset: 17,
      nodes: 4,
      params: 4 * 3 * 3 * 3 + 4,
      macs: 2 * 4 * 6 * 6 * 27,
      macsByOp: { Conv: 2 * 4 * 6 * 6 * 27 },
      weightBytes: 4321,
      weightBytesByDtype: { float32: 4321 },
      peakActivationBytes: 2 * (3 * 8 * 8 + 4 * 6 * 6) * 4,
      inputs: [{ name: 'image', dtype: 'float32', shape: [2, 3, 8, 8] }],
      outputs: [{ name: 'scores', dtype: 'float32', shape: [2, 4] }],
      coverage: 1,
      problems: [],
    })
    expect(inspection.modelId).toMatch(/^[a-z2-7]{26}$/)
    expect(inspection.tensors).toMatchObject({
      w: { dtype: 'float32', shape: [4, 3, 3, 3] },
      pooled: { shape: [2, 4, 1, 1] },
    })
  })

  test('is plain JSON', async () => {
    const inspection = await inspectModel(parsed(classifier()), { dims: { n: 2 } })
    expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection)
  })

  test('with an open symbol has null for what depends on it, and still all that does not', async () => {
    const inspection = await inspectModel(parsed(classifier()), {})
    expect(inspection).toMatchObject({
      modelId: null,
      macs: null,
      peakActivationBytes: null,
      params: 112,
      weightBytes: 4321,
    })
    expect(inspection.problems).toMatchObject([{ code: 'unbound-dimension', where: 'n' }])
    expect(inspection.inputs).toEqual([{ name: 'image', dtype: 'float32', shape: ['n', 3, 8, 8] }])
    expect(inspection.tensors).toMatchObject({ y: { dtype: 'float32', shape: null }, w: { shape: [4, 3, 3, 3] } })
  })

  test('tells which open sizes are the defaults of the file', async () => {
    const graph = { ...classifier(), defaultSizes: { n: 3 } }
    const assumed = await inspectModel(parsed(graph), {})
    expect(assumed.defaultSizes).toEqual({ n: 3 })
    expect(assumed.inputs).toMatchObject([{ shape: [3, 3, 8, 8] }])
    for (const bindings of [{ dims: { n: 1 } }, { inputShapes: { image: [1, 3, 8, 8] } }]) {
      expect((await inspectModel(parsed(graph), bindings)).defaultSizes).toEqual({})
    }
  })

  test('names an operator it does not know, and neither its MACs nor the total become 0', async () => {
    const inspection = await inspectModel(parsed(classifier('org.example.Secret')), { dims: { n: 1 } })
    expect(inspection.macs).toBeNull()
    expect(inspection.macsByOp).toEqual({ Conv: 4 * 6 * 6 * 27, 'org.example.Secret': null })
    expect(inspection.coverage).toBe(0.75)
    expect(inspection.problems).toMatchObject([{ code: 'unknown-operator', received: 'org.example.Secret' }])
    expect(inspection.tensors.scores).toEqual({ dtype: 'float32', shape: [1, 4] })
  })

  test('counts parameters of both branches and of constant nodes, but no indices and no scalars', async () => {
    const branch = (size: number) => {
      const inner = new GraphBuilder()
      return inner.output(inner.node('Add', ['x', inner.weight(`w${size}`, [size, 4])])).build()
    }
    const graph = new GraphBuilder()
    graph.input('x', [1, 4])
    graph.weight('scalar', [])
    graph.constant('axes', [2], [0, 1])
    graph.weight('mask', [4], 'bool')
    const tensor = { name: '', dtype: 'float16' as const, dims: [4], elements: null, external: null }
    const added = graph.node('Constant', [], { value: { kind: 'tensor', tensor } })
    const more = graph.node('Constant', [], { value_floats: [1, 2, 3, 4] })
    const condition = graph.constant('c', [], [1], 'bool')
    const branches = { then_branch: graphAttribute(branch(10)), else_branch: graphAttribute(branch(20)) }
    const chosen = graph.node('If', [condition], branches)
    graph.output(graph.node('Sum', [chosen, added, more]))
    expect((await inspectModel(parsed(graph.build()), {})).params).toBe(40 + 80 + 4 + 4)
  })

  test('counts weights that the graph generates, but not generated padding', async () => {
    const graph = new GraphBuilder()
    const weight = graph.node('ConstantOfShape', [graph.constant('shape', [2], [4, 8])])
    const padding = graph.node('ConstantOfShape', [graph.constant('pad', [2], [1, 6])])
    const y = graph.node('MatMul', [graph.input('x', [1, 4]), weight])
    graph.output(graph.node('Concat', [y, padding], { axis: 1 }))
    expect((await inspectModel(parsed(graph.build()), {})).params).toBe(32)
  })

  test('lists the values of graphs inside operators', async () => {
    const body = new GraphBuilder()
    body.input('token', [1, 1], 'int32')
    body.output(body.node('Gather', [body.weight('table', [99, 32]), 'token'], {}, ['embedded']))
    const graph = new GraphBuilder()
    const ids = graph.input('ids', [1, 4], 'int32')
    const decoder = graphAttribute(body.build())
    graph.output(graph.node('com.microsoft.BeamSearch', [ids], { decoder }, ['sequences']))
    const { tensors, macs, coverage } = await inspectModel(parsed(graph.build()), {})
    expect(tensors).toMatchObject({ embedded: { shape: [1, 1, 32] }, sequences: { dtype: 'int32', shape: null } })
    expect([macs, coverage]).toEqual([null, 0])
  })

  test('counts a loop under the operators of its body', async () => {
    const body = new GraphBuilder()
    body.input('i', [], 'int64')
    body.input('go', [], 'bool')
    body.input('h', null, null)
    body.output('go', body.node('MatMul', ['h', body.weight('w', [4, 4])], {}, ['next']))
    const graph = new GraphBuilder()
    const inputs = [graph.constant('n', [], [7]), null, graph.input('x', [1, 4])]
    graph.output(graph.node('Loop', inputs, { body: graphAttribute(body.build()) }, ['y']))
    const { macsByOp, macs } = await inspectModel(parsed(graph.build()), {})
    expect([macsByOp, macs]).toEqual([{ MatMul: 7 * 16 }, 7 * 16])
  })
})

describe('the operator registry', () => {
  test('has no key that an object has by nature', () => {
    for (const key of ['constructor', 'toString', '__proto__']) expect(findOperator(key)).toBeNull()
  })

  test('keys are domain-qualified operator names', () => {
    // Core ML begins its names with a small letter; custom operators are called as their authors please.
    const name = /^(tflite\.custom\.[\w-]+|(coreml|mil)\.[a-z]\w*|([a-z][\w.]*\.)?[A-Z]\w*)$/
    for (const key of operatorKeys()) expect(key).toMatch(name)
  })
})
