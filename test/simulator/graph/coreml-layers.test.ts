/** Shapes of Core ML network layers; figures follow the comments of NeuralNetwork.proto. */
import { describe, expect, test } from 'vitest'
import type { Attribute } from '../../../simulator/graph/graph.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { GraphBuilder, inferOperator, type Operand, shapeOf } from './build-graph.ts'

type Shape = readonly (number | null)[]
type Row = readonly [
  what: string,
  key: string,
  operands: readonly (Shape | Operand)[],
  settings: Record<string, Attribute>,
  expected: Shape,
]

/** Shapes of all outputs. */
const shapesOf = (...operator: Parameters<typeof inferOperator>) => inferOperator(...operator).map(({ shape }) => shape)

const x = (...shape: number[]): Shape => shape
const known = (...elements: number[]): Operand => ({ shape: [elements.length], elements, dtype: 'int64' })
const operand = (given: Shape | Operand): Operand => ('shape' in given ? given : { shape: given })

function check([, key, operands, settings, expected]: Row): void {
  expect(shapeOf(key, operands.map(operand), settings)).toEqual(expected)
}

describe('a layer over [sequence, channel, height, width]', () => {
  const conv = { outputChannels: 8, kernelChannels: 3, kernelSize: [3, 3], padding: 'valid' }
  test.each<Row>([
    ['a convolution', 'convolution', [x(1, 3, 32, 32)], { ...conv, stride: [2, 2] }, x(1, 8, 15, 15)],
    [
      'padding on each border',
      'convolution',
      [x(1, 3, 8, 8)],
      { ...conv, paddingAmounts: [1, 2, 0, 1] },
      x(1, 8, 9, 7),
    ],
    [
      'padding that keeps the size',
      'convolution',
      [x(1, 3, 9, 9)],
      { ...conv, padding: 'same', stride: [2, 2] },
      x(1, 8, 5, 5),
    ],
    ['dilation', 'convolution', [x(1, 3, 9, 9)], { ...conv, dilationFactor: [2, 2] }, x(1, 8, 5, 5)],
    [
      'kernels of 3 by 3 where none is given',
      'convolution',
      [x(1, 3, 8, 8)],
      { outputChannels: 4, kernelChannels: 3 },
      x(1, 4, 6, 6),
    ],
    ['more leading axes', 'convolution', [x(2, 5, 3, 8, 8)], conv, x(2, 5, 8, 6, 6)],
    [
      'a transposed convolution',
      'convolution',
      [x(1, 3, 4, 4)],
      { ...conv, isDeconvolution: 1, stride: [2, 2] },
      x(1, 8, 9, 9),
    ],
    [
      'a transposed one of given size',
      'convolution',
      [x(1, 3, 4, 4)],
      { ...conv, isDeconvolution: 1, stride: [2, 2], outputShape: [10, 10] },
      x(1, 8, 10, 10),
    ],
    [
      'a pooling that counts cut windows',
      'pooling',
      [x(1, 4, 6, 6)],
      { kernelSize: [3, 3], stride: [2, 2], padding: 'includeLastPixel', completePadding: [0, 0] },
      x(1, 4, 3, 3),
    ],
    [
      'a pooling that does not',
      'pooling',
      [x(1, 4, 6, 6)],
      { kernelSize: [3, 3], stride: [2, 2], padding: 'valid' },
      x(1, 4, 2, 2),
    ],
    ['a global pooling', 'pooling', [x(1, 4, 6, 6)], { type: 'average', globalPooling: 1 }, x(1, 4, 1, 1)],
    ['a flattening', 'flatten', [x(1, 4, 6, 6)], {}, x(1, 144, 1, 1)],
    ['a product', 'innerProduct', [x(1, 144, 1, 1)], { inputChannels: 144, outputChannels: 10 }, x(1, 10, 1, 1)],
    [
      'a product of unflattened values',
      'innerProduct',
      [x(1, 4, 6, 6)],
      { inputChannels: 144, outputChannels: 10 },
      x(1, 10, 1, 1),
    ],
    ['an embedding', 'embedding', [x(7, 1, 1, 1)], { inputDim: 100, outputChannels: 16 }, x(7, 16, 1, 1)],
    ['a reshape of three sizes', 'reshape', [x(2, 4, 6, 6)], { targetShape: [36, 4, 1] }, x(2, 36, 4, 1)],
    ['a reshape of four', 'reshape', [x(2, 4, 6, 6)], { targetShape: [4, 2, 6, 6] }, x(4, 2, 6, 6)],
    ['a reshape beside a batch axis', 'reshape', [x(2, 1, 4, 6, 6)], { targetShape: [36, 4, 1] }, x(2, 1, 36, 4, 1)],
    ['a permutation', 'permute', [x(2, 4, 6, 5)], { axis: [0, 3, 1, 2] }, x(2, 5, 4, 6)],
    ['a permutation beside a batch axis', 'permute', [x(2, 1, 4, 6, 5)], { axis: [2, 1, 0, 3] }, x(6, 1, 4, 2, 5)],
    ['a concatenation of channels', 'concat', [x(1, 4, 6, 6), x(1, 5, 6, 6)], {}, x(1, 9, 6, 6)],
    ['a concatenation of sequences', 'concat', [x(1, 4, 6, 6), x(2, 4, 6, 6)], { sequenceConcat: 1 }, x(3, 4, 6, 6)],
    ['a repetition', 'sequenceRepeat', [x(2, 4, 6, 6)], { nRepetitions: 3 }, x(6, 4, 6, 6)],
    ['space to depth', 'reorganizeData', [x(1, 4, 6, 6)], { mode: 'spaceToDepth', blockSize: 2 }, x(1, 16, 3, 3)],
    ['depth to space', 'reorganizeData', [x(1, 16, 3, 3)], { mode: 'depthToSpace', blockSize: 2 }, x(1, 4, 6, 6)],
    [
      'a slice of channels from the end',
      'slice',
      [x(1, 8, 6, 6)],
      { startIndex: 2, endIndex: -1, axis: 'channel' },
      x(1, 5, 6, 6),
    ],
    [
      'a slice with a stride',
      'slice',
      [x(1, 8, 6, 7)],
      { startIndex: 0, endIndex: 7, stride: 2, axis: 'width' },
      x(1, 8, 6, 4),
    ],
    ['a crop', 'crop', [x(1, 8, 6, 7)], { cropAmounts: [1, 1, 2, 0] }, x(1, 8, 4, 5)],
    ['a crop to another size', 'crop', [x(1, 8, 6, 7), x(1, 2, 3, 4)], { offset: [1, 1] }, x(1, 8, 3, 4)],
    ['a padding', 'padding', [x(1, 8, 6, 7)], { paddingAmounts: [1, 2, 3, 4] }, x(1, 8, 9, 14)],
    ['an enlargement', 'upsample', [x(1, 8, 6, 7)], { scalingFactor: [2, 3] }, x(1, 8, 12, 21)],
    [
      'an enlargement by a fraction',
      'upsample',
      [x(1, 8, 6, 7)],
      { fractionalScalingFactor: [1.5, 1.5] },
      x(1, 8, 9, 10),
    ],
    ['an interpolation to a size', 'resizeBilinear', [x(1, 8, 6, 7)], { targetSize: [3, 4] }, x(1, 8, 3, 4)],
    [
      'regions of an image',
      'cropResize',
      [x(1, 1, 8, 6, 7), x(5, 1, 4, 1, 1)],
      { targetSize: [3, 4] },
      x(5, 1, 8, 3, 4),
    ],
    ['a reduction of the image', 'reduce', [x(1, 8, 6, 7)], { mode: 'average', axis: 'HW' }, x(1, 8, 1, 1)],
    ['a dot product', 'dot', [x(2, 8, 1, 1), x(2, 8, 1, 1)], {}, x(2, 1, 1, 1)],
    [
      'a recurrence that hands on its last output',
      'gru',
      [x(5, 4, 1, 1)],
      { inputVectorSize: 4, outputVectorSize: 6 },
      x(1, 6, 1, 1),
    ],
    [
      'a recurrence that hands on all',
      'simpleRecurrent',
      [x(5, 4, 1, 1)],
      { inputVectorSize: 4, outputVectorSize: 6, sequenceOutput: 1 },
      x(5, 6, 1, 1),
    ],
    [
      'a recurrence both ways',
      'biDirectionalLSTM',
      [x(5, 2, 4, 1, 1)],
      { inputVectorSize: 4, outputVectorSize: 6, sequenceOutput: 1 },
      x(5, 2, 12, 1, 1),
    ],
  ])('%s', (...row) => check([row[0], `coreml.${row[1]}`, row[2], row[3], row[4]]))

  test('an LSTM hands on its output and two states, for each direction', () => {
    const settings = { inputVectorSize: 4, outputVectorSize: 6 }
    expect(shapesOf('coreml.uniDirectionalLSTM', [{ shape: [5, 4, 1, 1] }], settings, { outputs: 3 })).toEqual(
      new Array(3).fill([1, 6, 1, 1]),
    )
    expect(shapesOf('coreml.biDirectionalLSTM', [{ shape: [5, 4, 1, 1] }], settings, { outputs: 5 })).toEqual([
      [1, 12, 1, 1],
      ...new Array(4).fill([1, 6, 1, 1]),
    ])
  })

  test('a split gives equal parts of the channels', () => {
    const outputs = shapesOf('coreml.split', [{ shape: [1, 9, 2, 2] }], { nOutputs: 3 }, { outputs: 3 })
    expect(outputs).toEqual(new Array(3).fill([1, 3, 2, 2]))
  })
})

describe('a layer over values of any rank', () => {
  test.each<Row>([
    ['a product of rows', 'innerProduct', [x(2, 7, 5)], { inputChannels: 5, outputChannels: 3 }, x(2, 7, 3)],
    ['a product of a vector', 'innerProduct', [x(5)], { inputChannels: 5, outputChannels: 3 }, x(3)],
    ['an embedding', 'embeddingND', [x(2, 7, 1)], { embeddingSize: 16 }, x(2, 7, 16)],
    ['a product of matrices', 'batchedMatmul', [x(4, 2, 3), x(4, 5, 3)], { transposeB: 1 }, x(4, 2, 5)],
    [
      'a product with weights',
      'batchedMatmul',
      [x(4, 2, 3)],
      { weightMatrixFirstDimension: 3, weightMatrixSecondDimension: 6 },
      x(4, 2, 6),
    ],
    ['a transposition', 'transpose', [x(2, 3, 4)], { axes: [2, 0, 1] }, x(4, 2, 3)],
    ['a concatenation', 'concatND', [x(2, 3), x(2, 4)], { axis: -1 }, x(2, 7)],
    ['a stack', 'stack', [x(2, 3), x(2, 3)], { axis: 1 }, x(2, 2, 3)],
    [
      'a slice with masks',
      'sliceStatic',
      [x(4, 5, 6)],
      {
        beginIds: [1, 9, -1],
        endIds: [3, 9, 9],
        beginMasks: [0, 1, 0],
        endMasks: [0, 1, 0],
        strides: [1, 2, 1],
        squeezeMasks: [0, 0, 1],
      },
      x(2, 3),
    ],
    [
      'a slice against the order',
      'sliceStatic',
      [x(6)],
      { beginIds: [0], endIds: [0], beginMasks: [1], endMasks: [1], strides: [-1] },
      x(6),
    ],
    [
      'a slice whose start a value gives',
      'sliceDynamic',
      [x(6, 4), known(2, 0)],
      { endIds: [5, 4], strides: [1, 1] },
      x(3, 4),
    ],
    ['a slice by size', 'sliceBySize', [x(6, 4), known(2)], { axis: 0, size: 3 }, x(3, 4)],
    ['sliding windows', 'slidingWindows', [x(2, 10)], { axis: 1, windowSize: 4, step: 2 }, x(2, 4, 4)],
    ['tiles', 'tile', [x(2, 3)], { reps: [2, 1] }, x(4, 3)],
    ['a gather', 'gather', [x(10, 4), x(3, 2)], { axis: 0 }, x(3, 2, 4)],
    ['a one-hot vector', 'oneHot', [x(2, 3)], { oneHotVectorSize: 7, axis: -1 }, x(2, 3, 7)],
    ['the position of the maximum', 'argMax', [x(2, 3)], { axis: 1, removeDim: 1 }, x(2)],
    ['a sum of some axes', 'reduceSum', [x(2, 3, 4)], { axes: [0, 2], keepDims: 1 }, x(1, 3, 1)],
    ['a sum of all', 'reduceSum', [x(2, 3, 4)], { reduceAll: 1 }, x()],
    ['a squeeze', 'squeeze', [x(1, 3, 1)], { axes: [0] }, x(3, 1)],
    ['a squeeze of all', 'squeeze', [x(1, 3, 1)], { squeezeAll: 1 }, x(3)],
    ['new axes', 'expandDims', [x(3)], { axes: [0, -1] }, x(1, 3, 1)],
    ['a matrix', 'flattenTo2D', [x(2, 3, 4)], { axis: 2 }, x(6, 4)],
    ['a reshape', 'reshapeStatic', [x(2, 3, 4)], { targetShape: [-1, 6] }, x(4, 6)],
    ['a reshape to a computed shape', 'reshapeDynamic', [x(2, 6), known(3, 4)], {}, x(3, 4)],
    ['a reshape like another value', 'reshapeLike', [x(2, 6), x(4, 3)], {}, x(4, 3)],
    ['a reshape that keeps the rank', 'rankPreservingReshape', [x(2, 6)], { targetShape: [0, -1] }, x(2, 6)],
    ['a padding of every axis', 'constantPad', [x(2, 3)], { padAmounts: [1, 0, 0, 2] }, x(3, 5)],
    [
      'a padding up to a size',
      'constantPad',
      [x(2, 3)],
      { padAmounts: [0, 5, 0, 2], padToGivenOutputSizeMode: 1 },
      x(5, 3),
    ],
    ['a broadcast', 'broadcastToStatic', [x(1, 3)], { targetShape: [4, 3] }, x(4, 3)],
    ['a broadcast like another value', 'broadcastToLike', [x(3), x(2, 3)], {}, x(2, 3)],
    ['a filled value', 'fillStatic', [], { value: 1, targetShape: [2, 3] }, x(2, 3)],
    ['a range', 'rangeStatic', [], { startValue: 1, endValue: 10, stepSizeValue: 3 }, x(3)],
    ['random numbers', 'randomNormalStatic', [], { outputShape: [2, 3] }, x(2, 3)],
    ['a constant', 'loadConstantND', [x(6)], { shape: [2, 3] }, x(2, 3)],
    ['a constant of channels', 'loadConstant', [x(6)], { shape: [6, 1, 1], rank: 4 }, x(1, 6, 1, 1)],
    [
      'a volume',
      'convolution3d',
      [x(1, 2, 4, 8, 8)],
      {
        outputChannels: 6,
        inputChannels: 2,
        kernelDepth: 3,
        kernelHeight: 3,
        kernelWidth: 3,
        paddingType: 'same',
        strideDepth: 2,
        strideHeight: 2,
        strideWidth: 2,
      },
      x(1, 6, 2, 4, 4),
    ],
    [
      'a pooling of volumes',
      'pooling3d',
      [x(1, 2, 4, 8, 8)],
      { kernelDepth: 2, kernelHeight: 2, kernelWidth: 2, strideDepth: 2, strideHeight: 2, strideWidth: 2 },
      x(1, 2, 2, 4, 4),
    ],
    ['a global pooling of volumes', 'globalPooling3d', [x(1, 2, 4, 8, 8)], { type: 'average' }, x(1, 2, 1, 1, 1)],
    ['all positions of a sort', 'argSort', [x(2, 5)], { axis: 1 }, x(2, 5)],
  ])('%s', (...row) => check([row[0], `coreml.${row[1]}`, row[2], row[3], row[4]]))

  test('shape arithmetic is folded: half the width, from the shape on', () => {
    const graph = new GraphBuilder()
    graph.input('x', [1, 3, 8, 6])
    graph.constant('two', [], [2], 'float32')
    graph.node('coreml.getShape', ['x'], {}, ['shape'])
    graph.node('coreml.sliceStatic', ['shape'], { beginIds: [3], endIds: [4], strides: [1] }, ['width'])
    graph.node('coreml.floorDivBroadcastable', ['width', 'two'], {}, ['half'])
    graph.constant('rest', [1], [-1], 'float32')
    graph.node('coreml.concatND', ['half', 'rest'], { axis: 0 }, ['target'])
    graph.node('coreml.reshapeDynamic', ['x', 'target'], {}, ['y'])
    const bound = inferShapes(graph.output('y').build(), {})
    expect(bound.outputs[0]?.type).toMatchObject({ dtype: 'float32', shape: [3, 48] })
  })
})
