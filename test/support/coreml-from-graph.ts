/** Graphs of presets written as Core ML networks and ML Programs, so that what is read can be held against the preset. */
import type { BoundGraph, BoundNode } from '../../simulator/graph/bound.ts'
import type { Dim } from '../../simulator/graph/graph.ts'
import { OperatorContext } from '../../simulator/graph/operator.ts'
import {
  array,
  blob,
  constant,
  type DataType,
  immediate,
  kinds,
  layer,
  layerFields,
  model,
  namedType,
  network,
  operation,
  program,
  tensorType,
  weightParams,
} from './build-coreml.ts'
import { concat, field, float32Field, varintField } from './build-protobuf.ts'

const { int, ints } = layerFields

/** One node with its settings; operands by name. */
class Source {
  readonly context: OperatorContext
  readonly inputs: readonly string[]
  readonly output: string
  readonly outputs: readonly string[]
  readonly name: string
  readonly key: string

  constructor({ node, inputs, key }: BoundNode) {
    this.context = new OperatorContext(
      node,
      null,
      inputs.map((input) => input?.type ?? null),
      inputs.map((input) => input?.isWeight ?? false),
    )
    this.inputs = node.inputs.map((input) => input ?? '')
    this.outputs = node.outputs.map((output) => output ?? '')
    this.output = this.outputs[0] ?? ''
    this.name = node.name
    this.key = key
  }

  /** Operands that are no weights. */
  get values(): string[] {
    return this.inputs.filter((_, index) => this.context.inputIsWeight[index] === false)
  }

  input(index: number): string {
    return this.inputs[index] ?? ''
  }

  dims(index: number): number[] {
    return (this.context.shape(index) ?? []).map(Number)
  }

  list(name: string, fallback: readonly number[] = []): readonly number[] {
    return this.context.numberList(name) ?? fallback
  }

  numbers(index: number): number[] {
    return [...(this.context.numbers(index) ?? [])]
  }

  number(name: string, fallback: number): number {
    return this.context.number(name, fallback)
  }
}

/** starts then ends → start and end of each axis in turn. */
function pairs(pads: readonly number[]): number[] {
  const half = pads.length / 2
  return Array.from({ length: half }, (_, axis) => [pads[axis] ?? 0, pads[axis + half] ?? 0]).flat()
}

const product = (dims: readonly number[]) => dims.reduce((total, dim) => total * dim, 1)

function border(amounts: readonly number[]): Uint8Array {
  const [top = 0, bottom = 0, left = 0, right = 0] = amounts
  const edge = (start: number, end: number) => field(10, concat(varintField(1, start), varintField(2, end)))
  return field(1, concat(edge(top, bottom), edge(left, right)))
}

type Layer = (source: Source, weights: (count: number) => Uint8Array) => Uint8Array

const layerOf =
  (kind: number, parameters: (source: Source) => Uint8Array = () => new Uint8Array(0)): Layer =>
  (source) =>
    layer(source.name, kind, source.values, source.outputs, parameters(source))

const convolutionLayer =
  (isTransposed: boolean): Layer =>
  (source, weights) => {
    const [first = 0, second = 0, ...kernel] = source.dims(1)
    const groups = source.number('group', 1)
    const output = isTransposed ? second * groups : first
    const bias = source.inputs.length > 2
    const parameters = concat(
      int(1, output),
      int(2, isTransposed ? first : second),
      int(10, groups),
      ints(20, kernel),
      ints(30, source.list('strides', [1, 1])),
      ints(40, source.list('dilations', [1, 1])),
      field(50, border(pairs(source.list('pads', [0, 0, 0, 0])))),
      isTransposed ? varintField(60, 1) : new Uint8Array(0),
      field(90, weights(product(source.dims(1)))),
      bias ? field(91, weightParams.float32(output)) : new Uint8Array(0),
    )
    return layer(source.name, 100, [source.input(0)], source.outputs, parameters)
  }

const pool = (type: number) =>
  layerOf(120, (source) => {
    const pads = source.list('pads', [0, 0, 0, 0])
    const complete = field(32, ints(10, pads.slice(0, 2)))
    return concat(
      varintField(1, type),
      ints(10, source.list('kernel_shape')),
      ints(20, source.list('strides', [1, 1])),
      source.number('ceil_mode', 0) === 0 ? field(30, border(pairs(pads))) : complete,
    )
  })

const layers: Readonly<Record<string, Layer>> = {
  Add: layerOf(230),
  BatchNormalization: (source) => {
    const [channels = 0] = source.dims(1)
    const weights = [15, 16, 17, 18].map((number) => field(number, weightParams.float32(channels)))
    return layer(source.name, 160, [source.input(0)], source.outputs, concat(varintField(1, channels), ...weights))
  },
  Clip: layerOf(660),
  Concat: layerOf(320),
  Conv: convolutionLayer(false),
  ConvTranspose: convolutionLayer(true),
  Flatten: layerOf(301),
  Gemm: (source, weights) => {
    const [output = 0, input = 0] = source.dims(1)
    const parameters = concat(
      varintField(1, input),
      varintField(2, output),
      field(20, weights(input * output)),
      field(21, weightParams.float32(output)),
    )
    return layer(source.name, 140, [source.input(0)], source.outputs, parameters)
  },
  GlobalAveragePool: layerOf(120, () => concat(varintField(1, 1), varintField(60, 1))),
  HardSigmoid: layerOf(130, () => field(41, float32Field(1, 0.2))),
  MaxPool: pool(0),
  Mul: layerOf(231),
  Relu: layerOf(130, () => field(10, '')),
}

/** `weights`: the form in which matrices and kernels are kept. */
export function networkFrom(bound: BoundGraph, weights: (count: number) => Uint8Array): Uint8Array {
  const made = bound.nodes.map((node) => {
    const source = new Source(node)
    const make = layers[source.key]
    if (make === undefined) throw new Error(`no layer for ${source.key}`)
    return make(source, weights)
  })
  return model({
    version: 4,
    inputs: bound.inputs.map(({ name, type }) => array(name, shapeOf(type))),
    outputs: bound.outputs.map((output) => array(output?.name ?? '', [])),
    content: [kinds.neuralNetwork, network(made, { exactArrays: true })],
  })
}

function shapeOf(type: BoundGraph['inputs'][number]['type']): number[] {
  return type.kind === 'tensor' ? (type.shape ?? []).map(Number) : []
}

type Arguments = Record<string, string | readonly string[] | Uint8Array>
type Call = (source: Source) => readonly [type: string, inputs: Arguments]

const integers = (values: readonly number[]) => immediate('int32', [values.length], values)
const scalar = (value: number) => immediate('int32', [], [value])
const flag = (value: boolean) => immediate('bool', [], [Number(value)])
const flags = (values: readonly boolean[]) => immediate('bool', [values.length], values.map(Number))
const text = (value: string) => immediate('string', [], [value])

const unary =
  (type: string): Call =>
  (source) => [type, { x: source.input(0) }]
const binary =
  (type: string): Call =>
  (source) => [type, { x: source.input(0), y: source.input(1) }]

const convolutionCall =
  (type: string): Call =>
  (source) => [
    type,
    {
      x: source.input(0),
      weight: source.input(1),
      ...(source.inputs.length > 2 ? { bias: source.input(2) } : {}),
      strides: integers(source.list('strides', [1, 1])),
      dilations: integers(source.list('dilations', [1, 1])),
      groups: scalar(source.number('group', 1)),
      pad_type: text('custom'),
      pad: integers(pairs(source.list('pads', [0, 0, 0, 0]))),
    },
  ]

const calls: Readonly<Record<string, Call>> = {
  Add: binary('add'),
  AveragePool: (source) => [
    'avg_pool',
    {
      x: source.input(0),
      kernel_sizes: integers(source.list('kernel_shape')),
      strides: integers(source.list('strides', [1, 1])),
      pad_type: text('custom'),
      pad: integers(pairs(source.list('pads', [0, 0, 0, 0]))),
      ceil_mode: flag(source.number('ceil_mode', 0) !== 0),
    },
  ],
  BatchNormalization: (source) => {
    const [x = '', gamma = '', beta = '', mean = '', variance = ''] = source.inputs
    return ['batch_norm', { x, mean, variance, gamma, beta }]
  },
  Cast: (source) => ['cast', { x: source.input(0), dtype: text('fp32') }],
  Clip: unary('relu6'),
  Concat: (source) => [
    'concat',
    { values: source.inputs, axis: scalar(source.number('axis', 1)), interleave: flag(false) },
  ],
  Conv: convolutionCall('conv'),
  ConvTranspose: convolutionCall('conv_transpose'),
  Flatten: (source) => ['flatten2d', { x: source.input(0), axis: scalar(1) }],
  Gather: (source) => [
    'gather',
    { x: source.input(0), indices: source.input(1), axis: scalar(source.number('axis', 0)), batch_dims: scalar(0) },
  ],
  Gelu: (source) => ['gelu', { x: source.input(0), mode: text('EXACT') }],
  Gemm: (source) => ['linear', { x: source.input(0), weight: source.input(1), bias: source.input(2) }],
  GlobalAveragePool: (source) => ['reduce_mean', { x: source.input(0), axes: integers([2, 3]), keep_dims: flag(true) }],
  HardSigmoid: unary('sigmoid_hard'),
  LayerNormalization: (source) => [
    'layer_norm',
    { x: source.input(0), gamma: source.input(1), beta: source.input(2), axes: integers([-1]) },
  ],
  MatMul: (source) => [
    'matmul',
    { x: source.input(0), y: source.input(1), transpose_x: flag(false), transpose_y: flag(false) },
  ],
  MaxPool: (source) => [
    'max_pool',
    {
      x: source.input(0),
      kernel_sizes: integers(source.list('kernel_shape')),
      strides: integers(source.list('strides', [1, 1])),
      pad_type: text('custom'),
      pad: integers(pairs(source.list('pads', [0, 0, 0, 0]))),
      ceil_mode: flag(source.number('ceil_mode', 0) !== 0),
    },
  ],
  Mul: binary('mul'),
  Relu: unary('relu'),
  Reshape: (source) => ['reshape', { x: source.input(0), shape: integers(source.numbers(1)) }],
  Slice: (source) => {
    const axes = source.numbers(3)
    const rank = source.dims(0).length
    const at = (index: number, fallback: number) =>
      Array.from({ length: rank }, (_, axis) => source.numbers(index)[axes.indexOf(axis)] ?? fallback)
    const isWhole = Array.from({ length: rank }, (_, axis) => !axes.includes(axis))
    return [
      'slice_by_index',
      {
        x: source.input(0),
        begin: integers(at(1, 0)),
        end: integers(at(2, 0)),
        stride: integers(at(4, 1)),
        begin_mask: flags(isWhole),
        end_mask: flags(isWhole),
      },
    ]
  },
  Softmax: (source) => ['softmax', { x: source.input(0), axis: scalar(source.number('axis', -1)) }],
  Split: (source) => [
    'split',
    { x: source.input(0), num_splits: scalar(source.outputs.length), axis: scalar(source.number('axis', 0)) },
  ],
  Squeeze: (source) => ['squeeze', { x: source.input(0), axes: integers(source.numbers(1)) }],
  Sigmoid: unary('sigmoid'),
  Sub: binary('sub'),
  Swish: unary('silu'),
  Tanh: unary('tanh'),
  Transpose: (source) => ['transpose', { x: source.input(0), perm: integers(source.list('perm')) }],
  Unsqueeze: (source) => ['expand_dims', { x: source.input(0), axes: integers(source.numbers(1)) }],
}

/** Weights in the file beside it; every value declares its rank and no size, so that all of them are inferred. */
export function programFrom(bound: BoundGraph): Uint8Array {
  const open = (dims: readonly Dim[]) => dims.map(() => null)
  const constants = [...bound.graph.constants.values()].map(({ name, dims, dtype, elements }) => {
    const type: DataType = dtype === 'float32' ? 'float32' : 'int32'
    const isWhole = elements !== null && elements.length === product(dims)
    return constant(name, type, dims, isWhole ? immediate(type, dims, elements) : blob(type, dims))
  })
  const operations = bound.nodes.flatMap((node) => {
    const source = new Source(node)
    const outputs = node.outputs.map((output) => {
      const dims = output?.type.kind === 'tensor' ? (output.type.shape ?? []) : []
      return namedType(output?.name ?? '', tensorType('float32', open(dims)))
    })
    // As converters write it: there is no operation of its own.
    if (source.key === 'HardSwish') {
      const [x, gate] = [source.input(0), `${source.output}.gate`]
      const gated = [namedType(gate, tensorType('float32', open(source.dims(0))))]
      return [
        operation('sigmoid_hard', { inputs: { x }, outputs: gated }),
        operation('mul', { inputs: { x, y: gate }, outputs }),
      ]
    }
    const call = calls[source.key]
    if (call === undefined) throw new Error(`no operation for ${source.key}`)
    const [type, inputs] = call(source)
    return operation(type, { inputs, outputs })
  })
  const inputs = bound.inputs.map(({ name, type }) => namedType(name, tensorType('float32', shapeOf(type))))
  return model({
    version: 7,
    inputs: bound.inputs.map(({ name, type }) => array(name, shapeOf(type))),
    outputs: bound.outputs.map((output) => array(output?.name ?? '', [])),
    content: [
      kinds.mlProgram,
      program(
        [...constants, ...operations],
        inputs,
        bound.outputs.map((output) => output?.name ?? ''),
      ),
    ],
  })
}
