/** Core ML networks: inputs, open sizes, weights in all their forms, values written again, control flow. */
import { describe, expect, test } from 'vitest'
import { bindShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import { fromBytes, openModel, type ParsedModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import {
  array,
  convolution,
  dictionary,
  image,
  innerProduct,
  kinds,
  label,
  layer,
  model,
  namedType,
  network,
  networkModel,
  operation,
  programModel,
  relu,
  softmax,
  tensorType,
  weightParams,
} from '../../support/build-coreml.ts'
import { concat, field, varintField } from '../../support/build-protobuf.ts'

type Bytes = Uint8Array

const open = (content: Bytes): Promise<ParsedModel> => openModel(fromBytes(content), 'model.mlmodel')
const inputShape = ({ graph }: ParsedModel, name: string) => graph.values.get(name)?.shape
const float = (name: string, dims: readonly (number | null)[]) => namedType(name, tensorType('float32', dims))
const shapeOfOutput = async (content: Bytes, dims: Record<string, number> = {}) =>
  (await inspectModel(await open(content), { dims })).outputs[0]?.shape

describe('inputs of a network', () => {
  const clip = layer('clip', 660, ['x'], ['y'])
  const old = relu('relu', 'x', 'y')

  test('are [sequence, channel, height, width] before version 4: arrays of one and three axes, and images', async () => {
    expect(inputShape(await open(networkModel([array('x', [5])], [old])), 'x')).toEqual([1, 5, 1, 1])
    expect(inputShape(await open(networkModel([array('x', [3, 8, 9])], [old])), 'x')).toEqual([1, 3, 8, 9])
    expect(inputShape(await open(networkModel([image('x', 9, 8)], [old])), 'x')).toEqual([1, 3, 8, 9])
    expect(inputShape(await open(networkModel([image('x', 9, 8, { grayscale: true })], [old])), 'x')).toEqual([
      1, 1, 8, 9,
    ])
  })

  test('have a batch axis too where later layers count axes', async () => {
    expect(inputShape(await open(networkModel([array('x', [3, 8, 9])], [clip])), 'x')).toEqual([1, 1, 3, 8, 9])
  })

  test('keep the shape of exact arrays, beside images of rank 4 or 5', async () => {
    const inputs = [array('x', [2, 7]), image('i', 9, 8)]
    const exact = await open(networkModel(inputs, [clip], { exactArrays: true }))
    expect([inputShape(exact, 'x'), inputShape(exact, 'i')]).toEqual([
      [2, 7],
      [1, 1, 3, 8, 9],
    ])
    const rank4 = await open(networkModel(inputs, [clip], { exactArrays: true, rank4Images: true }))
    expect(inputShape(rank4, 'i')).toEqual([1, 3, 8, 9])
  })

  test('are computed with as floats whatever they are', async () => {
    const parsed = await open(networkModel([array('x', [4], { dtype: 'int32' })], [clip], { exactArrays: true }))
    const { inputs, outputs } = await inspectModel(parsed, {})
    expect([inputs[0]?.dtype, outputs[0]?.dtype]).toEqual(['int32', 'float32'])
  })
})

describe('sizes that a file leaves open', () => {
  const rows = (ranges: Parameters<typeof array>[2]) =>
    programModel(
      [array('x', [1, 4], ranges)],
      [float('x', [null, 4])],
      [operation('relu', { inputs: { x: 'x' }, outputs: [float('y', [null, 4])] })],
    )

  test('are symbols with the default of the file, until the caller binds others', async () => {
    const content = rows({
      ranges: [
        [1, -1],
        [4, 4],
      ],
    })
    expect(inputShape(await open(content), 'x')).toEqual(['x_0', 4])
    expect(await shapeOfOutput(content)).toEqual([1, 4])
    expect(await shapeOfOutput(content, { x_0: 7 })).toEqual([7, 4])
  })

  test('may be a list to choose from', async () => {
    const content = rows({
      shapes: [
        [1, 4],
        [8, 4],
      ],
    })
    expect(inputShape(await open(content), 'x')).toEqual(['x_0', 4])
  })

  test('are height and width of an image by name', async () => {
    const sizes = networkModel(
      [
        image('i', 8, 8, {
          sizes: [
            [8, 8],
            [16, 8],
          ],
        }),
      ],
      [relu('relu', 'i', 'y')],
    )
    expect(inputShape(await open(sizes), 'i')).toEqual([1, 3, 8, 'i_width'])
    const range = networkModel(
      [image('i', 8, 8, { range: { width: [8, 64], height: [8, -1] } })],
      [relu('relu', 'i', 'y')],
    )
    expect(inputShape(await open(range), 'i')).toEqual([1, 3, 'i_height', 'i_width'])
    expect(await shapeOfOutput(range, { i_height: 32 })).toEqual([1, 3, 32, 8])
  })

  test('are symbols in a program where its description says nothing', async () => {
    const bare = programModel(
      [],
      [float('x', [null, 4])],
      [operation('relu', { inputs: { x: 'x' }, outputs: [float('y', [null, 4])] })],
    )
    expect(inputShape(await open(bare), 'x')).toEqual(['x_0', 4])
    await expect(open(bare).then(({ graph }) => bindShapes(graph, {}))).rejects.toMatchObject({
      problem: { code: 'unbound-dimension', where: 'x_0' },
    })
  })
})

describe('weights of a network', () => {
  const weighted = (weights: (count: number) => Bytes) =>
    networkModel([image('x', 8, 8)], [convolution('conv', 'x', 'y', { input: 3, output: 4, weights })])
  const constantsOf = async (content: Bytes) => {
    const parsed = await open(content)
    const constants = [...parsed.graph.constants.values()].map(({ name, dtype, dims }) => [name, dtype, dims])
    return { constants, weightBytes: parsed.weightBytes, problems: parsed.problems.map(({ code }) => code) }
  }
  const kernel = 3 * 4 * 9

  test.each<[string, (count: number) => Bytes, string, number, readonly unknown[]]>([
    ['whole floats', weightParams.float32, 'float32', 4 * kernel, []],
    ['half floats', weightParams.float16, 'float16', 2 * kernel, []],
    ['bytes', weightParams.int8, 'int8', kernel, []],
    [
      '8 bits with a scale for each channel',
      (count) => weightParams.linear(count, 8, 4),
      'uint8',
      kernel + 32,
      [
        ['conv.weights.scale', 'float32', [4]],
        ['conv.weights.bias', 'float32', [4]],
      ],
    ],
    [
      '6 bits into a table',
      (count) => weightParams.table(count, 6),
      'uint6',
      81 + 256,
      [['conv.weights.table', 'float32', [64]]],
    ],
    [
      '1 bit into a table',
      (count) => weightParams.table(count, 1),
      'uint1',
      14 + 8,
      [['conv.weights.table', 'float32', [2]]],
    ],
  ])('may be %s', async (_, weights, dtype, bytes, tables) => {
    expect(await constantsOf(weighted(weights))).toEqual({
      constants: [['conv.weights', dtype, [4, 3, 3, 3]], ...tables, ['conv.bias', 'float32', [4]]],
      weightBytes: bytes + 16,
      problems: [],
    })
  })

  test('may be left out, which only a run needs', async () => {
    const { constants, problems } = await constantsOf(weighted(() => new Uint8Array(0)))
    expect(constants[0]).toEqual(['conv.weights', 'float32', [4, 3, 3, 3]])
    expect(problems).toEqual(['tensor-size-mismatch'])
  })

  test('of another number than the layer says are counted as stored, and it is said', async () => {
    const { constants, problems } = await constantsOf(weighted((count) => weightParams.float32(count + 5)))
    expect(constants[0]).toEqual(['conv.weights', 'float32', [kernel + 5]])
    expect(problems).toEqual(['tensor-size-mismatch'])
  })

  test('of no such width are refused', async () => {
    await expect(open(weighted((count) => weightParams.linear(count, 9, 1)))).rejects.toMatchObject({
      problem: { code: 'malformed' },
    })
  })

  test('of 16 bits go into the summary as they are stored', async () => {
    const { graph } = await open(weighted(weightParams.float16))
    const [operator] = summarize(bindShapes(graph, {}), '').operators
    expect(operator).toMatchObject({ op: 'Conv', class: 'convolution', constants: [0, 1] })
    expect(summarize(bindShapes(graph, {}), '').constants[0]).toEqual({ dtype: 'float16', elements: kernel })
  })
})

describe('a network', () => {
  test('of a classifier ends in its probabilities; the label is looked up afterwards', async () => {
    const content = model({
      version: 1,
      inputs: [array('x', [4])],
      outputs: [dictionary('probabilities'), label('label')],
      probabilities: 'probabilities',
      content: [
        kinds.neuralNetworkClassifier,
        network([innerProduct('fc', 'x', 'h', 4, 2), softmax('softmax', 'h', 'out')]),
      ],
    })
    const parsed = await open(content)
    expect(parsed.graph.outputs).toEqual(['out'])
    expect(parsed.nodes).toBe(2)
  })

  test('names layers that it does not know, and does not count them as nothing', async () => {
    const custom = layer('own', 500, ['x'], ['h'], concat(field(10, 'MyLayer'), field(20, weightParams.float32(6))))
    const later = layer('later', 1999, ['h'], ['y'])
    const inspection = await inspectModel(await open(networkModel([array('x', [4])], [custom, later])), {})
    expect(inspection.macs).toBeNull()
    expect(inspection.coverage).toBe(0)
    expect(inspection.params).toBe(6)
    expect(inspection.problems.map(({ received }) => received)).toEqual(['coreml.custom:MyLayer', 'coreml.layer1999'])
  })

  test('may write a value again: what follows reads the latest', async () => {
    const layers = [innerProduct('fc', 'x', 'h', 4, 2), relu('again', 'h', 'h'), softmax('softmax', 'h', 'y')]
    const { graph } = await open(networkModel([array('x', [4])], layers))
    expect(graph.nodes.map(({ inputs, outputs }) => [inputs[0], outputs[0]])).toEqual([
      ['x', 'h'],
      ['h', 'h#2'],
      ['h#2', 'y'],
    ])
  })

  test('loops so often as it says, and sees what was written outside', async () => {
    const body = network([layer('square', 1045, ['state', 'x'], ['next']), layer('copy', 600, ['next'], ['state'])])
    const layers = [
      layer('start', 600, ['x'], ['state']),
      layer('loop', 615, [], [], concat(varintField(1, 5), field(4, body))),
      layer('end', 660, ['state'], ['y']),
    ]
    const parsed = await open(networkModel([array('x', [4, 4])], layers, { exactArrays: true }))
    expect([parsed.nodes, parsed.nodesAllGraphs]).toEqual([3, 5])
    const inspection = await inspectModel(parsed, {})
    expect(inspection.macs).toBe(5 * 4 ** 3)
    expect(inspection.outputs[0]?.shape).toEqual([4, 4])
  })

  test('loops while a condition holds that only a run decides: work of a round, and it is said', async () => {
    const condition = network([layer('less', 825, ['state', 'x'], ['goes on'])])
    const body = network([layer('square', 1045, ['state', 'x'], ['next']), layer('copy', 600, ['next'], ['state'])])
    const layers = [
      layer('start', 600, ['x'], ['state']),
      layer('loop', 615, [], [], concat(field(2, 'goes on'), field(3, condition), field(4, body))),
      layer('end', 660, ['state'], ['y']),
    ]
    const inspection = await inspectModel(
      await open(networkModel([array('x', [4, 4])], layers, { exactArrays: true })),
      {},
    )
    expect(inspection.macs).toBeNull()
    expect(inspection.problems).toMatchObject([{ code: 'unknown-iterations', received: '64 MACs per iteration' }])
  })

  test('branches: the heavier side counts, and it is said', async () => {
    const side = (name: string, layers: readonly Bytes[]) =>
      network([...layers, layer(`${name} end`, 600, ['t'], ['y'])])
    const layers = [
      layer('reduce', 1270, ['x'], ['c'], varintField(3, 1)),
      layer(
        'branch',
        605,
        ['c'],
        [],
        concat(
          field(1, side('then', [layer('product', 1045, ['x', 'x'], ['t'])])),
          field(2, side('else', [layer('clip', 660, ['x'], ['t'])])),
        ),
      ),
    ]
    const inspection = await inspectModel(
      await open(networkModel([array('x', [4, 4])], layers, { exactArrays: true })),
      {},
    )
    expect(inspection.macs).toBe(64)
    expect(inspection.problems.map(({ code }) => code)).toEqual(['branch-assumed'])
  })
})
