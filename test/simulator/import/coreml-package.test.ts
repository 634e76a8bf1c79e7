/** Core ML pipelines and packages, and what is taken for a Core ML file. */
import { describe, expect, test } from 'vitest'
import { coremlReader } from '../../../simulator/import/coreml/reader.ts'
import { fromBytes, openModel, type ParsedModel } from '../../../simulator/import/index.ts'
import { inspectModel } from '../../../simulator/import/inspect.ts'
import {
  array,
  blob,
  constant,
  convolution,
  dictionary,
  image,
  immediate,
  kinds,
  label,
  mlpackage,
  model,
  namedType,
  network,
  networkModel,
  operation,
  pipeline,
  programModel,
  relu,
  tensorType,
} from '../../support/build-coreml.ts'
import { concat, field, varintField } from '../../support/build-protobuf.ts'

type Bytes = Uint8Array

const open = (content: Bytes): Promise<ParsedModel> => openModel(fromBytes(content), 'model.mlmodel')
const float = (name: string, dims: readonly (number | null)[]) => namedType(name, tensorType('float32', dims))

describe('a pipeline', () => {
  const net = model({
    inputs: [image('image', 8, 8)],
    outputs: [array('features', [])],
    content: [kinds.neuralNetwork, network([convolution('conv', 'image', 'features', { input: 3, output: 4 })])],
  })
  const trees = model({
    inputs: [array('features', [4])],
    outputs: [dictionary('probabilities'), label('label')],
    content: [kinds.treeEnsembleClassifier, field(1, 'trees')],
  })
  const content = model({
    inputs: [image('image', 8, 8)],
    outputs: [dictionary('probabilities'), label('label')],
    content: [kinds.pipelineClassifier, field(1, pipeline([net, trees], ['net', 'trees']))],
  })

  test('counts its models as nodes, and sees inside them', async () => {
    const parsed = await open(content)
    expect([parsed.nodes, parsed.nodesAllGraphs]).toEqual([2, 3])
    const inspection = await inspectModel(parsed, {})
    expect(inspection.inputs[0]?.shape).toEqual([1, 3, 8, 8])
    expect(inspection.macsByOp).toEqual({
      'coreml.convolution': 6 * 6 * 4 * 27,
      'coreml.treeEnsembleClassifier': null,
    })
    expect(inspection.problems).toMatchObject([{ code: 'unknown-operator', received: 'coreml.treeEnsembleClassifier' }])
  })

  test('that ends in a suppression knows its multiply-accumulates all the same', async () => {
    const suppression = model({
      inputs: [array('features', [100, 4])],
      outputs: [array('boxes', [])],
      content: [kinds.nonMaximumSuppression, field(1, 'features')],
    })
    const detector = model({
      inputs: [image('image', 8, 8)],
      outputs: [array('boxes', [])],
      content: [kinds.pipeline, pipeline([net, suppression])],
    })
    const { macs, coverage } = await inspectModel(await open(detector), {})
    expect(macs).toBe(6 * 6 * 4 * 27)
    expect(coverage).toBe(0.5)
  })
})

describe('a package', () => {
  const content = programModel(
    [array('x', [1, 4])],
    [float('x', [1, 4])],
    [
      constant('w', 'float32', [2, 4], blob('float32', [2, 4])),
      operation('linear', { inputs: { x: 'x', weight: 'w' }, outputs: [float('y', [1, 2])] }),
    ],
  )

  test.each([0, 9] as const)('is read at compression level %i, and its weights are not missing', async (level) => {
    const archive = mlpackage(content, { level, weights: new Uint8Array(256) })
    const parsed = await openModel(fromBytes(archive), 'model.zip')
    expect(parsed.problems).toEqual([])
    expect(parsed.fileBytes).toBe(archive.length)
    expect(parsed.graph.constants.get('w')?.external?.location).toBe('weights/weight.bin')
  })

  test('without its weights says that they are missing', async () => {
    const parsed = await openModel(fromBytes(mlpackage(content)), 'model.zip')
    expect(parsed.problems.map(({ code }) => code)).toEqual(['external-data-missing'])
  })

  test('gives the small integers that it keeps beside the model', async () => {
    const weights = new Uint8Array(256)
    new DataView(weights.buffer).setInt32(128, 3, true)
    const gathering = programModel(
      [array('x', [8])],
      [float('x', [8])],
      [
        constant('i', 'int32', [2], blob('int32', [2])),
        operation('gather', {
          inputs: { x: 'x', indices: 'i', axis: immediate('int32', [], [0]) },
          outputs: [float('y', [2])],
        }),
      ],
    )
    const parsed = await openModel(fromBytes(mlpackage(gathering, { level: 0, weights })), 'model.zip')
    expect(parsed.graph.constants.get('i')?.elements).toEqual([3, 0])
  })
})

describe('a Core ML file is recognised', () => {
  const net = networkModel([array('x', [4])], [relu('relu', 'x', 'y')])
  test.each<[string, Bytes]>([
    ['by version, description and kind', net],
    ['when it is cut off within its description', net.subarray(0, 12)],
    ['without a description', concat(varintField(1, 1), field(500, network([relu('relu', 'x', 'y')])))],
    ['as a package', mlpackage(net)],
  ])('%s', (_, content) => {
    expect(coremlReader.match(content.subarray(0, 4096), null)).toBe(true)
  })

  test.each<[string, Bytes]>([
    ['an ONNX file', concat(varintField(1, 8), field(2, 'pytorch'), field(3, '2.1'), field(7, field(2, 'g')))],
    ['an ONNX file without a producer', concat(varintField(1, 8), field(2, ''), field(7, field(2, 'g')))],
    ['a version of no standard', concat(varintField(1, 4000), field(2, field(1, field(1, 'x'))))],
    ['another archive', Uint8Array.from('PK\x03\x04 notes.txt', (character) => character.charCodeAt(0))],
    ['nothing', new Uint8Array(0)],
  ])('and %s is not taken for one', (_, content) => {
    expect(coremlReader.match(content, 'model.bin')).toBe(false)
  })
})
