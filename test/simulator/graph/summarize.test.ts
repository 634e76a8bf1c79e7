import { describe, expect, test } from 'vitest'
import { bindShapes, inferShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { GraphBuilder } from './build-graph.ts'

describe('a summary', () => {
  test('has tensors, constants and operators by index, in execution order', () => {
    const graph = new GraphBuilder()
    const x = graph.input('x', ['n', 3, 8, 8])
    const w = graph.weight('w', [4, 3, 3, 3])
    const y = graph.node('Conv', [x, w])
    graph.output(graph.node('Add', [y, y]))
    const summary = summarize(bindShapes(graph.build(), { dims: { n: 2 } }), 'small')
    expect(summary).toMatchObject({
      name: 'small',
      batch: 2,
      tensors: [
        { role: 'input', dtype: 'float32', shape: [2, 3, 8, 8] },
        { role: 'activation', shape: [2, 4, 6, 6] },
        { role: 'output', shape: [2, 4, 6, 6] },
      ],
      constants: [{ dtype: 'float32', elements: 108 }],
      operators: [
        { name: 'Conv_0', op: 'Conv', class: 'convolution', inputs: [0], outputs: [1], constants: [0] },
        { name: 'Add_1', op: 'Add', inputs: [1], outputs: [2], constants: [] },
      ],
    })
  })

  test('leaves out what is computed from constants, whose result becomes the constant', () => {
    const graph = new GraphBuilder()
    const turned = graph.node('Transpose', [graph.weight('w', [5, 8])])
    graph.output(graph.node('MatMul', [graph.input('x', [1, 8]), turned]))
    const { operators, constants } = summarize(bindShapes(graph.build(), {}), '')
    expect(operators.map(({ op }) => op)).toEqual(['MatMul'])
    expect(constants).toEqual([{ dtype: 'float32', elements: 40 }])
  })

  test('leaves out shape arithmetic: with static shapes nothing is left to compute', () => {
    const graph = new GraphBuilder()
    const x = graph.input('x', [2, 3, 4])
    const batch = graph.node('Gather', [graph.node('Shape', [x]), graph.constant('i', [1], [0])])
    const target = graph.node('Concat', [batch, graph.constant('rest', [1], [-1])], { axis: 0 })
    graph.output(graph.node('Reshape', [x, target]))
    const { operators, tensors } = summarize(bindShapes(graph.build(), {}), '')
    expect(operators.map(({ op }) => op)).toEqual(['Reshape'])
    expect(tensors.map(({ shape }) => shape)).toEqual([
      [2, 3, 4],
      [2, 12],
    ])
  })

  test('keeps quantized weights as they are stored, with scale and zero point', () => {
    const graph = new GraphBuilder()
    const stored = [graph.weight('q', [16, 8], 'int8'), graph.weight('s', [8]), graph.weight('z', [8], 'int8')]
    graph.output(graph.node('MatMul', [graph.input('x', [1, 16]), graph.node('DequantizeLinear', stored, { axis: 1 })]))
    const { constants, operators } = summarize(bindShapes(graph.build(), {}), '')
    expect(constants).toEqual([
      { dtype: 'int8', elements: 128 },
      { dtype: 'float32', elements: 8 },
      { dtype: 'int8', elements: 8 },
    ])
    expect(operators[0]?.constants).toEqual([0, 1, 2])
  })

  test('keeps the width of a weight that is only widened before use', () => {
    const graph = new GraphBuilder()
    const wide = graph.node('Cast', [graph.weight('h', [16, 8], 'float16')], { to: 1 })
    graph.output(graph.node('MatMul', [graph.input('x', [1, 16]), wide]))
    expect(summarize(bindShapes(graph.build(), {}), '').constants).toEqual([{ dtype: 'float16', elements: 128 }])
  })

  test('leaves out values of unknown size; operators that touch them have unknown work', () => {
    const graph = new GraphBuilder()
    const scores = graph.input('scores', [1, 80, 100])
    const boxes = graph.input('boxes', [1, 100, 4])
    const selected = graph.node('NonMaxSuppression', [boxes, scores, graph.constant('limit', [1], [10])])
    graph.output(graph.node('Cast', [selected], { to: 1 }))
    const { operators, tensors } = summarize(bindShapes(graph.build(), {}), '')
    expect(tensors).toHaveLength(2)
    expect(operators).toMatchObject([
      { op: 'NonMaxSuppression', outputs: [], macs: 0 },
      { op: 'Cast', inputs: [], outputs: [], vectorOps: null },
    ])
  })

  test('cannot be made while a symbol is open', () => {
    const graph = new GraphBuilder()
    graph.output(graph.node('Relu', [graph.input('x', ['n', 3])]))
    expect(() => summarize(inferShapes(graph.build(), {}), '')).toThrow('unbound-dimension at n')
  })

  test.each([
    ['images come out one to one', [8, 3, 4, 4], [8, 10], 8],
    ['one unbatched image becomes one vector', [3, 4, 4], [10], 1],
    ['a sequence comes first', [20, 1, 6], [1, 6], 1],
  ])('counts items per inference: %s', (_, input, output, batch) => {
    const graph = new GraphBuilder()
    graph.output(graph.node('org.example.Net', [graph.input('x', input)], {}, ['y']))
    graph.declare('y', output)
    expect(summarize(bindShapes(graph.build(), {}), '').batch).toBe(batch)
  })
})
