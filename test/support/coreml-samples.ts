/** Well-formed Core ML files of a few KB, by what they show. */
import {
  array,
  blob,
  block,
  constant,
  convolution,
  dictionary,
  image,
  immediate,
  innerProduct,
  kinds,
  label,
  layer,
  mlpackage,
  model,
  namedType,
  network,
  operation,
  pipeline,
  program,
  relu,
  setting,
  softmax,
  tensorType,
  weightParams,
} from './build-coreml.ts'
import { concat, field, varintField } from './build-protobuf.ts'

const float = (name: string, dims: readonly (number | null)[]) => namedType(name, tensorType('float32', dims))

const classifier = model({
  version: 1,
  inputs: [image('image', 8, 8)],
  outputs: [dictionary('probabilities'), label('label')],
  probabilities: 'probabilities',
  content: [
    kinds.neuralNetworkClassifier,
    network([
      convolution('conv', 'image', 'conv_out', {
        input: 3,
        output: 2,
        weights: (count) => weightParams.linear(count, 8, 2),
      }),
      relu('relu', 'conv_out', 'relu_out'),
      layer('flatten', 301, ['relu_out'], ['flat']),
      innerProduct('fc', 'flat', 'fc_out', 72, 2),
      softmax('softmax', 'fc_out', 'probabilities'),
    ]),
  ],
})

const flexible = model({
  version: 7,
  inputs: [
    array('x', [1, 4], {
      ranges: [
        [1, 8],
        [4, 4],
      ],
    }),
  ],
  outputs: [array('y', [])],
  content: [
    kinds.mlProgram,
    program(
      [
        constant('w', 'float32', [3, 4], blob('float32', [3, 4])),
        constant('b', 'float32', [3], immediate('float32', [3], [1, 2, 3])),
        operation('linear', { inputs: { x: 'x', weight: 'w', bias: 'b' }, outputs: [float('h', [null, 3])] }),
        setting('axes', [-1]),
        setting('keep', 1, 'bool'),
        operation('reduce_sum', {
          inputs: { x: 'h', axes: 'axes', keep_dims: 'keep' },
          outputs: [float('y', [null, 1])],
        }),
      ],
      [float('x', [null, 4])],
      ['y'],
    ),
  ],
})

const branch = (value: string) =>
  block([operation('relu', { inputs: { x: value }, outputs: [float(`${value}_relu`, [2])] })], [`${value}_relu`])

const conditional = model({
  version: 7,
  inputs: [array('x', [2])],
  outputs: [array('y', [2])],
  content: [
    kinds.mlProgram,
    program(
      [
        setting('zero', 0, 'float32'),
        operation('reduce_max', { inputs: { x: 'x' }, outputs: [float('top', [])] }),
        operation('greater', { inputs: { x: 'top', y: 'zero' }, outputs: [namedType('big', tensorType('bool', []))] }),
        operation('abs', { inputs: { x: 'x' }, outputs: [float('a', [2])] }),
        operation('cond', { inputs: { pred: 'big' }, blocks: [branch('x'), branch('a')], outputs: [float('y', [2])] }),
      ],
      [float('x', [2])],
      ['y'],
    ),
  ],
})

const looping = model({
  version: 4,
  inputs: [array('x', [4])],
  outputs: [array('x', [4])],
  content: [
    kinds.neuralNetwork,
    network(
      [
        layer('start', 600, ['x'], ['state']),
        layer(
          'loop',
          615,
          [],
          [],
          concat(
            varintField(1, 3),
            field(4, network([layer('step', 880, ['state', 'x'], ['next']), layer('copy', 600, ['next'], ['state'])])),
          ),
        ),
        layer('last', 660, ['state'], ['y']),
      ],
      { exactArrays: true },
    ),
  ],
})

const stages = model({
  version: 3,
  inputs: [image('image', 8, 8)],
  outputs: [array('boxes', [])],
  content: [
    kinds.pipeline,
    pipeline(
      [
        model({
          inputs: [image('image', 8, 8)],
          outputs: [array('raw', [])],
          content: [
            kinds.neuralNetwork,
            network([convolution('conv', 'image', 'raw', { input: 3, output: 4, padding: 'same' })]),
          ],
        }),
        model({
          inputs: [array('raw', [])],
          outputs: [array('boxes', [])],
          content: [kinds.nonMaximumSuppression, field(1, 'raw')],
        }),
      ],
      ['net', 'suppression'],
    ),
  ],
})

/** By what they show. */
export const coremlSamples: Readonly<Record<string, Uint8Array>> = {
  'an image classifier': classifier,
  'a program of flexible size': flexible,
  'a program that branches': conditional,
  'a network that loops': looping,
  'a pipeline': stages,
  'a package': mlpackage(classifier),
  'a package that is not compressed': mlpackage(flexible, { level: 0, folder: '', weights: new Uint8Array(200) }),
}
