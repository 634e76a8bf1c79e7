import { describe, expect, test } from 'vitest'
import { bindShapes, inferShapes } from '../../../simulator/graph/infer.ts'
import { ProblemError } from '../../../simulator/problem.ts'
import { GraphBuilder } from './build-graph.ts'

/** image [batch, 3, height, width] and mask [batch, height]; the mask is reshaped by the size of the image. */
function dynamicGraph() {
  const graph = new GraphBuilder()
  const image = graph.input('image', ['batch', 3, 'height', 'width'])
  const mask = graph.input('mask', ['batch', 'height'])
  const weight = graph.weight('w', [8, 3, 3, 3])
  const y = graph.node('Conv', [image, weight], { strides: [2, 2], pads: [1, 1, 1, 1] })
  const shape = graph.node('Shape', [mask])
  const flat = graph.node('Flatten', [y])
  const like = graph.node('Expand', [graph.constant('one', [], [1], 'float32'), shape])
  return graph.output(flat, like).build()
}

function problemOf(action: () => unknown) {
  try {
    action()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('nothing was refused')
}

describe('binding', () => {
  test('by symbol, all shapes become numbers', () => {
    const bound = bindShapes(dynamicGraph(), { dims: { batch: 2, height: 10, width: 9 } })
    expect(bound.outputs.map((value) => value?.type)).toMatchObject([{ shape: [2, 8 * 5 * 5] }, { shape: [2, 10] }])
    expect(bound.problems).toEqual([])
  })

  test('the shape of one input binds its symbols for the others', () => {
    const bound = bindShapes(dynamicGraph(), { inputShapes: { image: [2, 3, 10, 9] } })
    expect(bound.outputs[1]?.type).toMatchObject({ shape: [2, 10] })
  })

  test('an open symbol is refused, and the problem names every one of them', () => {
    const problem = problemOf(() => bindShapes(dynamicGraph(), { dims: { batch: 1 } }))
    expect(problem).toMatchObject({ code: 'unbound-dimension', where: 'height, width' })
  })

  test('a dimension without a name is named by its input and axis', () => {
    const graph = new GraphBuilder()
    graph.output(graph.node('Relu', [graph.input('x', [null, 4])]))
    expect(problemOf(() => bindShapes(graph.build(), {}))).toMatchObject({ code: 'unbound-dimension', where: 'x[0]' })
  })

  test('open symbols are bad news for an inspection: shapes keep the symbol, work is unknown', () => {
    const bound = inferShapes(dynamicGraph(), {})
    expect(bound.unboundDimensions).toEqual(['batch', 'height', 'width'])
    expect(bound.problems.map(({ code }) => code)).toEqual(['unbound-dimension'])
    expect(bound.values.get('v0')?.type).toMatchObject({ shape: ['batch', 8, null, null] })
    expect(bound.nodes[0]?.work).toMatchObject({ macs: null, vectorOps: null })
  })

  test('a shape that contradicts a declared size or rank is refused', () => {
    for (const image of [
      [1, 4, 10, 10],
      [3, 10, 10],
    ]) {
      const problem = problemOf(() => bindShapes(dynamicGraph(), { inputShapes: { image } }))
      expect(problem).toMatchObject({ code: 'shape-mismatch', where: 'image' })
    }
  })

  test('a symbol bound twice to different sizes is refused, and between two inputs it is reported', () => {
    const twice = { dims: { batch: 1 }, inputShapes: { image: [2, 3, 10, 10] } }
    expect(problemOf(() => bindShapes(dynamicGraph(), twice))).toMatchObject({ code: 'shape-mismatch' })
    const loose = inferShapes(dynamicGraph(), { inputShapes: { image: [2, 3, 10, 10], mask: [3, 10] } })
    expect(loose.problems[0]).toMatchObject({
      code: 'shape-mismatch',
      where: 'mask, batch',
      expected: '2',
      received: '3',
    })
  })

  test.each([
    [{ dims: { depth: 3 } }, 'unknown-dimension-name', 'depth'],
    [{ dims: { batch: 1.5 } }, 'invalid-field', 'dims.batch'],
    [{ dims: { batch: -1 } }, 'invalid-field', 'dims.batch'],
    [{ inputShapes: { picture: [1] } }, 'invalid-field', 'inputShapes.picture'],
    [{ inputShapes: { mask: [1, Number.NaN] } }, 'invalid-field', 'inputShapes.mask'],
    [{ inputShapes: { mask: [1, 4] }, inputValues: { mask: [1, 2] } }, 'shape-mismatch', 'mask'],
  ])('%j is refused as %s at %s', (bindings, code, where) => {
    expect(problemOf(() => bindShapes(dynamicGraph(), bindings))).toMatchObject({ code, where })
  })

  test('shapes inside the model that cannot go together are refused with the node', () => {
    const graph = new GraphBuilder()
    const x = graph.input('x', ['n', 'k'])
    graph.output(graph.node('MatMul', [x, graph.weight('w', [8, 2])]))
    expect(problemOf(() => bindShapes(graph.build(), { dims: { n: 1, k: 7 } }))).toMatchObject({
      code: 'shape-mismatch',
      where: 'MatMul_0',
    })
    expect(bindShapes(graph.build(), { dims: { n: 1, k: 8 } }).outputs[0]?.type).toMatchObject({ shape: [1, 2] })
  })
})

describe('what only the run decides', () => {
  test('is named at the node where it starts, and declared sizes fill it in', () => {
    const build = (declared: readonly (number | null)[]) => {
      const graph = new GraphBuilder()
      const found = graph.node('NonZero', [graph.input('x', [4, 4])], {}, ['found'])
      graph.declare('found', declared)
      return graph.output(graph.node('Transpose', [found])).build()
    }
    const open = bindShapes(build([2, null]), {})
    expect(open.problems).toMatchObject([{ code: 'data-dependent-shape', where: 'NonZero_0' }])
    expect(open.outputs[0]?.type).toMatchObject({ shape: [null, 2] })
    expect(bindShapes(build([2, 5]), {}).outputs[0]?.type).toMatchObject({ shape: [5, 2] })
  })

  test('is settled by the value of the input that decides it', () => {
    const graph = new GraphBuilder()
    const x = graph.input('x', [1, 8])
    const target = graph.input('target', [2], 'int64')
    const y = graph.output(graph.node('Reshape', [x, target])).build()
    expect(bindShapes(y, {}).outputs[0]?.type).toMatchObject({ shape: [null, null] })
    expect(bindShapes(y, { inputValues: { target: [2, -1] } }).outputs[0]?.type).toMatchObject({ shape: [2, 4] })
  })

  test('an unknown operator is named once, takes declared shapes, and has unknown work', () => {
    const graph = new GraphBuilder()
    let x = graph.input('x', [1, 8])
    for (let i = 0; i < 3; i++) x = graph.node('org.example.Mystery', [x], {}, [`m${i}`])
    graph.declare('m2', [1, 16], 'float16')
    const bound = bindShapes(graph.output(x).build(), {})
    expect(bound.problems).toMatchObject([{ code: 'unknown-operator', received: 'org.example.Mystery' }])
    expect(bound.outputs[0]?.type).toMatchObject({ dtype: 'float16', shape: [1, 16] })
    expect(bound.nodes.map(({ work }) => work.macs)).toEqual([null, null, null])
  })
})
