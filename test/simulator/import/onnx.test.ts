/** What an ONNX file says, as a graph. */
import { describe, expect, test } from 'vitest'
import type { Graph } from '../../../simulator/graph/graph.ts'
import { fromBytes, openModel, type ParsedModel } from '../../../simulator/import/index.ts'
import {
  attribute,
  bytesOf,
  chain,
  type GraphParts,
  graph,
  localFunction,
  model,
  modelOf,
  node,
  opset,
  tensor,
  value,
} from '../../support/build-onnx.ts'
import { concat, field, varintField } from '../../support/build-protobuf.ts'
import { rejectionOf } from './problem-of.ts'

const open = (content: Uint8Array): Promise<ParsedModel> => openModel(fromBytes(content), 'test.onnx')
const openGraph = async (parts: GraphParts): Promise<Graph> => (await open(modelOf(parts))).graph
const names = (graph: Graph) => graph.nodes.map((each) => each.name)

const x = value('x', [1, 2])
const weight = tensor({ name: 'w', dims: [2], floats: [1, 2] })

describe('an ONNX model', () => {
  test('tells its producer, operator sets, sizes and counts', async () => {
    const content = concat(
      model({
        producer: 'maker',
        opsets: [opset('ai.onnx', 17), opset('ai.onnx.ml', 3), opset('com.microsoft', 1)],
        graph: graph({ name: 'main', inputs: [x], outputs: [value('y')], nodes: [node('Relu', ['x'], ['y'])] }),
      }),
      field(3, '2.1'),
    )
    const parsed = await open(content)
    expect(parsed).toMatchObject({
      format: 'onnx',
      producer: 'maker 2.1',
      fileBytes: content.length,
      weightBytes: 0,
      nodes: 1,
      nodesAllGraphs: 1,
      problems: [],
    })
    expect(parsed.graph).toMatchObject({ name: 'main', opsets: { '': 17, 'ai.onnx.ml': 3, 'com.microsoft': 1 } })
    expect(parsed.graph.functions).toBeUndefined()
  })

  test('stored bytes are told by element type, those under a byte without the padding of each tensor', async () => {
    const int4 = 22
    const { weightBytes, weightBytesByDtype } = await open(
      modelOf({
        initializers: [
          tensor({ name: 'a', dims: [4], raw: new Uint8Array(16) }),
          tensor({ name: 'b', dims: [3], type: 2, raw: new Uint8Array(3) }),
          tensor({ name: 'c', dims: [3], type: int4, raw: new Uint8Array(2) }),
          tensor({ name: 'd', dims: [3], type: int4, raw: new Uint8Array(2) }),
        ],
      }),
    )
    expect({ weightBytes, weightBytesByDtype }).toEqual({
      weightBytes: 22,
      weightBytesByDtype: { float32: 16, uint8: 3, int4: 3 },
    })
  })

  test('of IR version 2 means operator set 1 where it imports none', async () => {
    const parsed = await open(model({ irVersion: 2, opsets: [], graph: graph({}) }))
    expect(parsed.graph.opsets).toEqual({ '': 1 })
  })

  test('that imports no operator set is refused from IR version 3 on', async () => {
    expect(await rejectionOf(open(model({ irVersion: 3, opsets: [], graph: graph({}) })))).toMatchObject({
      code: 'malformed',
    })
  })

  test('counts weights once, in bits, wherever they are stored', async () => {
    const constant = tensor({ dims: [3], raw: new Uint8Array(12) })
    const parsed = await open(
      modelOf({
        initializers: [
          tensor({ name: 'a', type: 22, dims: [3], raw: new Uint8Array(2) }),
          tensor({ name: 'b', type: 22, dims: [5], raw: new Uint8Array(3) }),
          tensor({ name: 'c', dims: [10], external: { location: 'c.bin' } }),
        ],
        nodes: [node('Constant', [], ['d'], { attributes: [attribute.tensor('value', constant)] })],
      }),
    )
    expect(parsed.weightBytes).toBe((3 + 5) / 2 + 40 + 12)
  })

  test('names the files that its weights are in, and reads on without them', async () => {
    const outside = (name: string, location: string) => tensor({ name, dims: [1], external: { location } })
    const parsed = await open(
      modelOf({ initializers: [outside('a', 'one.bin'), outside('b', 'two.bin'), outside('c', 'one.bin')] }),
    )
    expect(parsed.problems).toMatchObject([
      { code: 'external-data-missing', where: 'a', expected: 'one.bin', received: expect.stringContaining('2') },
      { code: 'external-data-missing', where: 'b', expected: 'two.bin' },
    ])
  })

  test('sums up external files that are too many to list', async () => {
    const initializers = Array.from({ length: 50 }, (_, index) =>
      tensor({ name: `w${index}`, dims: [1], external: { location: `w${index}.bin` } }),
    )
    const { problems } = await open(modelOf({ initializers }))
    expect(problems.length).toBeLessThan(12)
    expect(problems.at(-1)?.expected).toBe(`${50 - (problems.length - 1)} more files`)
  })

  test('without its weights is read, and says that they are not there', async () => {
    const { problems, weightBytes } = await open(modelOf({ initializers: [tensor({ name: 'w', dims: [10, 10] })] }))
    expect(weightBytes).toBe(400)
    expect(problems).toMatchObject([{ code: 'tensor-size-mismatch', where: 'w' }])
  })
})

describe('a graph', () => {
  test('has symbols, unknown dimensions and unknown ranks as the file gives them', async () => {
    const { values, inputs } = await openGraph({
      inputs: [value('a', ['batch', 3, null, -1, 0]), value('b'), value('c', []), value('d', ['', 1], 7)],
    })
    expect(inputs).toEqual(['a', 'b', 'c', 'd'])
    expect(values.get('a')).toEqual({ name: 'a', dtype: 'float32', shape: ['batch', 3, null, null, 0] })
    expect(values.get('b')?.shape).toBeNull()
    expect(values.get('c')?.shape).toEqual([])
    expect(values.get('d')).toMatchObject({ dtype: 'int64', shape: [null, 1] })
  })

  test('takes sequences, optionals and maps as values of no element type', async () => {
    const other = (name: string, kind: number) => concat(field(1, name), field(2, field(kind, new Uint8Array(0))))
    const { values } = await openGraph({ inputs: [other('sequence', 4), other('map', 5), other('optional', 9)] })
    for (const name of ['sequence', 'map', 'optional']) {
      expect(values.get(name)).toEqual({ name, dtype: null, shape: null })
    }
  })

  test('knows every value that is made, declared or not, and no constant among them', async () => {
    const { values, constants } = await openGraph({
      inputs: [x],
      outputs: [value('y', [1, 2])],
      valueInfo: [value('h', [1, 2]), value('nobody', [9]), value('w', [2])],
      initializers: [weight],
      nodes: [node('Relu', ['x'], ['h']), node('Relu', ['h'], ['i']), node('Add', ['i', 'w'], ['y'])],
    })
    expect([...values.keys()].toSorted()).toEqual(['h', 'i', 'x', 'y'])
    expect(values.get('i')).toEqual({ name: 'i', dtype: null, shape: null })
    expect([...constants.keys()]).toEqual(['w'])
  })

  test('does not ask its caller for weights that are listed as inputs too', async () => {
    const { inputs, constants } = await openGraph({ inputs: [x, value('w', [2])], initializers: [weight] })
    expect(inputs).toEqual(['x'])
    expect(constants.get('w')).toMatchObject({ dims: [2], elements: [1, 2] })
  })

  test('has sparse weights with their dense dimensions', async () => {
    const sparse = concat(
      field(1, tensor({ name: 's', dims: [2], floats: [1, 2] })),
      field(2, tensor({ type: 7, dims: [2], int64s: [0, 3] })),
      field(3, concat(Uint8Array.of(4), Uint8Array.of(5))),
    )
    const parsed = await open(modelOf({ sparseInitializers: [sparse] }))
    expect(parsed.graph.constants.get('s')).toMatchObject({ dtype: 'float32', dims: [4, 5], elements: null })
    expect(parsed.weightBytes).toBe(2 * 4 + 2 * 8)
  })

  test('has inputs that are not given as null, in their places', async () => {
    const { nodes } = await openGraph({ inputs: [x], nodes: [node('Clip', ['x', '', 'x'], ['', 'y'])] })
    expect(nodes[0]).toMatchObject({ inputs: ['x', null, 'x'], outputs: [null, 'y'] })
  })

  test('gives every node a name of its own', async () => {
    const same = (output: string) => node('Relu', ['x'], [output], { name: 'same' })
    const graph = await openGraph({
      inputs: [x],
      nodes: [same('a'), same('b'), node('Relu', ['x'], ['c']), node('Relu', ['x'], ['d'], { name: 'Relu_2' })],
    })
    expect(new Set(names(graph)).size).toBe(4)
    expect(names(graph).slice(0, 3)).toEqual(['same', 'same_1', 'Relu_2'])
  })

  test('is put in topological order, and left as it is where it is in one', async () => {
    const step = (from: string, to: string) => node('Relu', [from], [to], { name: to })
    expect(names(await openGraph({ inputs: [x], nodes: [step('b', 'c'), step('x', 'a'), step('a', 'b')] }))).toEqual([
      'a',
      'b',
      'c',
    ])
    expect(names(await openGraph({ inputs: [x], nodes: [step('x', 'c'), step('x', 'a'), step('x', 'b')] }))).toEqual([
      'c',
      'a',
      'b',
    ])
  })

  test('is put in order by what its subgraphs read, too', async () => {
    const branch = graph({ nodes: [node('Relu', ['late'], ['z'])], outputs: [value('z')] })
    const opened = await openGraph({
      inputs: [value('c', [], 9), x],
      nodes: [
        node('If', ['c'], ['y'], { name: 'if', attributes: [attribute.graph('then_branch', branch)] }),
        node('Relu', ['x'], ['late'], { name: 'late' }),
      ],
    })
    expect(names(opened)).toEqual(['late', 'if'])
  })

  test('turned round end to end is put in order in one pass', async () => {
    const length = 20_000
    const nodes = Array.from({ length }, (_, index) =>
      node('Relu', [index === 0 ? 'x' : `v${index}`], [`v${index + 1}`]),
    )
    const opened = await openGraph({ inputs: [x], nodes: nodes.toReversed() })
    expect(opened.nodes[0]?.inputs).toEqual(['x'])
    expect(opened.nodes.at(-1)?.outputs).toEqual([`v${length}`])
  })

  test('uses the last of several definitions of a constant, as ONNX Runtime does, and says so', async () => {
    const constant = (output: string, number: number) =>
      node('Constant', [], [output], { attributes: [attribute.float('value_float', number)] })
    const parsed = await open(
      modelOf({ inputs: [x], nodes: [constant('k', 1), node('Mul', ['x', 'k'], ['y']), constant('k', 2)] }),
    )
    expect(parsed.nodes).toBe(3)
    expect(parsed.graph.nodes.find((each) => each.outputs[0] === 'k')?.attributes).toEqual({ value_float: 2 })
    expect(parsed.problems).toMatchObject([{ code: 'duplicate-value', where: 'k' }])
  })

  test('of ten thousand nodes is read whole', async () => {
    expect((await open(chain(10_000))).nodes).toBe(10_000)
  })
})

describe('attributes', () => {
  const attributesOf = async (...attributes: Uint8Array[]) =>
    (await openGraph({ nodes: [node('Op', [], ['y'], { attributes })] })).nodes[0]?.attributes

  test('have the kinds of the standard', async () => {
    expect(
      await attributesOf(
        attribute.float('f', 0.5),
        attribute.int('i', -3),
        attribute.string('s', 'NOTSET'),
        attribute.floats('fs', [1, 0.25]),
        attribute.ints('is', [1, -2]),
        attribute.strings('ss', ['a', 'b']),
        attribute.tensor('t', tensor({ type: 7, dims: [2], raw: bytesOf(BigInt64Array.of(4n, 5n)) })),
        attribute.reference('r', 'alpha'),
      ),
    ).toEqual({
      f: 0.5,
      i: -3,
      s: 'NOTSET',
      fs: [1, 0.25],
      is: [1, -2],
      ss: ['a', 'b'],
      t: { kind: 'tensor', tensor: { name: '', dtype: 'int64', dims: [2], elements: [4, 5], external: null } },
      r: { kind: 'reference', name: 'alpha' },
    })
  })

  test('are empty lists, zeros and empty text where only their type is written', async () => {
    const bare = (name: string, type: number) => concat(field(1, name), varintField(20, type))
    expect(await attributesOf(bare('i', 2), bare('s', 3), bare('is', 7), bare('ss', 8))).toEqual({
      i: 0,
      s: '',
      is: [],
      ss: [],
    })
  })

  test('are known by what they hold where their type is not written', async () => {
    expect(await attributesOf(concat(field(1, 'axis'), varintField(3, 2)))).toEqual({ axis: 2 })
    expect(await attributesOf(concat(field(1, 'axes'), varintField(8, 2)))).toEqual({ axes: [2] })
  })

  test('saturate at the safe integers', async () => {
    expect(await attributesOf(attribute.ints('ends', [2n ** 63n - 1n]))).toEqual({ ends: [Number.MAX_SAFE_INTEGER] })
  })

  test('named like members of every object stay attributes', async () => {
    const attributes = await attributesOf(attribute.int('__proto__', 1), attribute.int('constructor', 2))
    expect(Object.entries(attributes ?? {})).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ])
  })

  test('that hold a blob give its size', async () => {
    expect(await attributesOf(attribute.string('ep_cache_context', new Uint8Array(100_000)))).toMatchObject({
      ep_cache_context: { kind: 'tensor', tensor: { dtype: 'uint8', dims: [100_000], elements: null } },
    })
  })
})

describe('subgraphs', () => {
  const branch = (op: string) => graph({ name: op, nodes: [node(op, ['x'], ['z'])], outputs: [value('z')] })

  test('are graphs in attributes, counted with all graphs, and read values from outside', async () => {
    const parsed = await open(
      modelOf({
        inputs: [value('c', [], 9), x],
        nodes: [
          node('If', ['c'], ['y'], {
            attributes: [attribute.graph('then_branch', branch('Relu')), attribute.graph('else_branch', branch('Neg'))],
          }),
        ],
      }),
    )
    expect([parsed.nodes, parsed.nodesAllGraphs]).toEqual([1, 3])
    const then = parsed.graph.nodes[0]?.attributes.then_branch
    expect(then).toMatchObject({ kind: 'graph', graph: { name: 'Relu', outputs: ['z'], opsets: { '': 17 } } })
  })

  test('may give out a value from outside as it is', async () => {
    const passing = graph({ outputs: [value('x')] })
    const graphs = attribute.graphs('branches', [passing, passing])
    const opened = await openGraph({ inputs: [x], nodes: [node('Switch', ['x'], ['y'], { attributes: [graphs] })] })
    expect(opened.nodes[0]?.attributes.branches).toMatchObject({
      kind: 'graphs',
      graphs: [{ outputs: ['x'] }, { outputs: ['x'] }],
    })
  })
})

describe('local functions', () => {
  const scale = localFunction({
    name: 'Scale',
    domain: 'local',
    inputs: ['a'],
    outputs: ['b'],
    defaults: [attribute.float('by', 2)],
    nodes: [
      node('Constant', [], ['k'], { attributes: [attribute.reference('value_float', 'by')] }),
      node('Mul', ['a', 'k'], ['b']),
    ],
  })
  const calling = (op: string, parts: { overload?: string } = {}) =>
    graph({ inputs: [x], outputs: [value('y')], nodes: [node(op, ['x'], ['y'], { domain: 'local', ...parts })] })

  test('are kept by the operator that calls them, with their defaults', async () => {
    const parsed = await open(model({ graph: calling('Scale'), functions: [scale] }))
    const definition = parsed.graph.functions?.get('local.Scale')
    expect(definition?.defaults).toEqual({ by: 2 })
    expect(definition?.body).toMatchObject({ name: 'Scale', inputs: ['a'], outputs: ['b'], opsets: { '': 18 } })
    expect([parsed.nodes, parsed.nodesAllGraphs, parsed.weightBytes]).toEqual([1, 3, 0])
  })

  test('with an overload are operators of their own', async () => {
    const overloaded = localFunction({
      name: 'Scale',
      domain: 'local',
      inputs: ['a'],
      outputs: ['a'],
      overload: 'wide',
    })
    const parsed = await open(model({ graph: calling('Scale', { overload: 'wide' }), functions: [scale, overloaded] }))
    expect([...(parsed.graph.functions?.keys() ?? [])]).toEqual(['local.Scale', 'local.Scale:wide'])
    expect(parsed.graph.nodes[0]?.op).toBe('Scale:wide')
  })
})
