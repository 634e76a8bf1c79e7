/** Layers of a description by `op`: the fields each has, what it takes, and how it is built. */
import { type Activation, dimOf, type GraphBuilder, type Tensor } from '../build/builder.ts'
import type { Padding } from '../build/window.ts'
import type { JsonFields } from './json-fields.ts'

/** Fields of every layer. */
export const layerFields = ['op', 'name', 'of'] as const

export interface Layer {
  readonly fields: readonly string[]
  /** Operands it needs, and whether it takes more. */
  readonly least: number
  readonly several: boolean
  /** Axes that the first operand must have. */
  readonly axes: readonly [least: number, most: number]
  build(g: GraphBuilder, inputs: readonly Tensor[], fields: JsonFields): Tensor
}

/** Throws `invalid-field` for an operation that is not in the list. */
export function layerOf(fields: JsonFields): Layer {
  const op = fields.text('op')
  const layer = Object.hasOwn(layers, op) ? layers[op] : undefined
  if (layer === undefined) throw fields.refuse('op', `one of ${Object.keys(layers).join(', ')}`)
  return layer
}

const anyAxes: Layer['axes'] = [1, 8]
const tokens: Layer['axes'] = [3, 3]
const maps: Layer['axes'] = [3, 5]
const features: Layer['axes'] = [2, 8]

function unary(
  axes: Layer['axes'],
  fields: readonly string[],
  build: (g: GraphBuilder, x: Tensor, fields: JsonFields) => Tensor,
): Layer {
  return { fields, least: 1, several: false, axes, build: (g, [x], values) => build(g, operand(x), values) }
}

function operand(x: Tensor | undefined): Tensor {
  if (x === undefined) throw new Error('operands are counted before')
  return x
}

/** Operands from left to right. */
function chained(build: (g: GraphBuilder, a: Tensor, b: Tensor) => Tensor): Layer {
  return {
    fields: [],
    least: 2,
    several: true,
    axes: anyAxes,
    build: (g, [first, ...rest]) => rest.reduce((sum, each) => build(g, sum, each), operand(first)),
  }
}

const activationNames = [
  'relu',
  'relu6',
  'leaky-relu',
  'silu',
  'mish',
  'hard-swish',
  'hard-sigmoid',
  'sigmoid',
  'tanh',
  'gelu',
  'gelu-tanh',
] as const satisfies readonly Activation[]

function activation(fields: JsonFields): Activation | undefined {
  const text = fields.textOrNull('activation')
  const known = activationNames.find((name) => name === text)
  if (text !== null && known === undefined) throw fields.refuse('activation', `one of ${activationNames.join(', ')}`)
  return known
}

const windowFields = ['kernel', 'stride', 'pad'] as const
const convolutionFields = ['out', ...windowFields, 'dilation', 'groups', 'bias', 'activation'] as const

/** One number for all spatial axes, or a list of one per axis. */
function perAxis(fields: JsonFields, name: string, x: Tensor, fallback?: number): number | readonly number[] {
  if (!Array.isArray(fields.value(name))) return fields.count(name, fallback)
  const sizes = fields.counts(name)
  if (sizes.length !== x.shape.length - 2) throw fields.refuse(name, `${x.shape.length - 2} numbers`)
  return sizes
}

/** `same` as TensorFlow pads, `symmetric` as PyTorch does, or 0. */
function padding(fields: JsonFields): Padding {
  const value = fields.value('pad')
  if (value === null || value === 'symmetric') return 'symmetric'
  if (value === 'same' || value === 0) return value
  throw fields.refuse('pad', '"symmetric", "same" or 0')
}

function windowOf(fields: JsonFields, x: Tensor) {
  return { kernel: perAxis(fields, 'kernel', x), stride: perAxis(fields, 'stride', x, 1), pad: padding(fields) }
}

function convolutionOf(fields: JsonFields, x: Tensor) {
  const chosen = activation(fields)
  return {
    ...windowOf(fields, x),
    dilation: perAxis(fields, 'dilation', x, 1),
    bias: fields.flag('bias', true),
    ...(chosen === undefined ? {} : { activation: chosen }),
  }
}

function convolution(g: GraphBuilder, x: Tensor, fields: JsonFields): Tensor {
  const [out, groups] = [fields.count('out'), fields.count('groups', 1)]
  if (g.channels(x) % groups !== 0 || out % groups !== 0) {
    throw fields.refuse('groups', `a divisor of ${g.channels(x)} and ${out} channels`)
  }
  return g.conv(x, { ...convolutionOf(fields, x), out, groups })
}

function linear(g: GraphBuilder, x: Tensor, fields: JsonFields): Tensor {
  const chosen = activation(fields)
  const options = { out: fields.count('out'), bias: fields.flag('bias', true) }
  return g.linear(x, chosen === undefined ? options : { ...options, activation: chosen })
}

function embedding(g: GraphBuilder, x: Tensor, fields: JsonFields): Tensor {
  if (x.dtype !== 'int64' && x.dtype !== 'int32') throw fields.refuse('of', 'an input of type int64 or int32')
  return g.gather(g.weight([fields.count('vocabulary'), fields.count('width')]), x)
}

/** Scaled dot-product attention with its four projections; a second operand gives keys and values. */
const attention: Layer = {
  fields: ['heads', 'keyHeads', 'headSize', 'causal', 'bias'],
  least: 1,
  several: true,
  axes: tokens,
  build(g, [queries, memory], fields) {
    const x = operand(queries)
    const width = dimOf(x.shape, 2)
    const heads = fields.count('heads')
    const keyHeads = fields.count('keyHeads', heads)
    const headSize = fields.count('headSize', Math.max(1, Math.floor(width / heads)))
    if (heads % keyHeads !== 0) throw fields.refuse('keyHeads', `a divisor of ${heads} heads`)
    const bias = fields.flag('bias', true)
    const project = (from: Tensor, count: number) => g.linear(from, { out: count * headSize, bias })
    const source = memory ?? x
    const attended = g.node('Attention', [project(x, heads), project(source, keyHeads), project(source, keyHeads)], {
      q_num_heads: heads,
      kv_num_heads: keyHeads,
      is_causal: fields.flag('causal', false) ? 1 : 0,
    })
    return g.linear(attended, { out: width, bias })
  },
}

/** x [N, T, C] → [N, T, directions · hidden]; `gates` matrices per direction. */
function recurrent(op: 'LSTM' | 'GRU', gates: number): Layer {
  return unary(tokens, ['hidden', 'bidirectional'], (g, x, fields) => {
    const [batch, steps, size] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2)]
    const hidden = fields.count('hidden')
    const directions = fields.flag('bidirectional', false) ? 2 : 1
    const weight = (columns: number) => g.weight([directions, gates * hidden, columns])
    const inputs = [g.transpose(x, [1, 0, 2]), weight(size), weight(hidden), g.weight([directions, 2 * gates * hidden])]
    const [y] = g.nodes(
      op,
      inputs,
      { hidden_size: hidden, direction: directions === 2 ? 'bidirectional' : 'forward' },
      1,
    )
    return g.reshape(g.transpose(operand(y), [2, 0, 1, 3]), [batch, steps, directions * hidden])
  })
}

function axisOf(fields: JsonFields, name: string, x: Tensor): number {
  const axis = fields.number(name)
  const rank = x.shape.length
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) throw fields.refuse(name, `an axis of ${rank}`)
  return axis < 0 ? axis + rank : axis
}

const concat: Layer = {
  fields: ['axis'],
  least: 2,
  several: true,
  axes: anyAxes,
  build: (g, inputs, fields) => g.concat(inputs, fields.has('axis') ? axisOf(fields, 'axis', operand(inputs[0])) : 1),
}

const matmul: Layer = {
  fields: [],
  least: 2,
  several: false,
  axes: features,
  build: (g, [a, b]) => g.matmul(operand(a), operand(b)),
}

function slice(g: GraphBuilder, x: Tensor, fields: JsonFields): Tensor {
  const axis = axisOf(fields, 'axis', x)
  const size = dimOf(x.shape, axis)
  const [start, end] = [fields.number('start', 0), fields.number('end', size)]
  const fits = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= size
  if (!fits) throw fields.refuse('end', `start < end ≤ ${size}`)
  return g.slice(x, axis, start, end)
}

/** Axes in their new order. */
function transpose(g: GraphBuilder, x: Tensor, fields: JsonFields): Tensor {
  const list = fields.listOrNull('axes') ?? []
  const axes = list.filter((axis) => typeof axis === 'number')
  const isOrder =
    axes.length === x.shape.length && axes.toSorted((a, b) => a - b).every((axis, index) => axis === index)
  if (!isOrder) throw fields.refuse('axes', `the numbers 0 to ${x.shape.length - 1} in another order`)
  return g.transpose(x, axes)
}

const layers: Readonly<Record<string, Layer>> = {
  conv: unary(maps, convolutionFields, convolution),
  depthwise: unary(
    maps,
    convolutionFields.filter((name) => name !== 'out' && name !== 'groups'),
    (g, x, fields) => g.depthwise(x, convolutionOf(fields, x)),
  ),
  'conv-transpose': unary(
    maps,
    convolutionFields.filter((name) => name !== 'groups'),
    (g, x, fields) => g.convTranspose(x, { ...convolutionOf(fields, x), out: fields.count('out') }),
  ),
  'max-pool': unary(maps, windowFields, (g, x, fields) => g.maxPool(x, windowOf(fields, x))),
  'average-pool': unary(maps, windowFields, (g, x, fields) => g.averagePool(x, windowOf(fields, x))),
  'global-average-pool': unary(maps, [], (g, x) => g.globalAveragePool(x)),
  linear: unary(features, ['out', 'bias', 'activation'], linear),
  embedding: unary(anyAxes, ['vocabulary', 'width'], embedding),
  attention,
  lstm: recurrent('LSTM', 4),
  gru: recurrent('GRU', 3),
  matmul,
  add: chained((g, a, b) => g.add(a, b)),
  sub: chained((g, a, b) => g.sub(a, b)),
  mul: chained((g, a, b) => g.mul(a, b)),
  concat,
  activation: unary(anyAxes, ['activation'], (g, x, fields) => {
    if (!fields.has('activation')) throw fields.refuse('activation', `one of ${activationNames.join(', ')}`)
    return g.activate(x, activation(fields))
  }),
  softmax: unary(anyAxes, ['axis'], (g, x, fields) =>
    g.softmax(x, fields.has('axis') ? axisOf(fields, 'axis', x) : -1),
  ),
  'batch-norm': unary(features, [], (g, x) => g.batchNorm(x)),
  'layer-norm': unary(features, [], (g, x) => g.layerNorm(x)),
  'rms-norm': unary(features, [], (g, x) =>
    g.node('RMSNormalization', [x, g.weight([dimOf(x.shape, x.shape.length - 1)])], { axis: -1, epsilon: 1e-5 }),
  ),
  flatten: unary(features, [], (g, x) => g.flatten(x)),
  reshape: unary(anyAxes, ['shape'], (g, x, fields) => g.reshape(x, fields.counts('shape'))),
  transpose: unary(anyAxes, ['axes'], transpose),
  slice: unary(anyAxes, ['axis', 'start', 'end'], slice),
  upsample: unary(maps, ['factor'], (g, x, fields) => g.upsample(x, fields.count('factor'))),
  mean: unary(anyAxes, ['axis'], (g, x, fields) => g.reduceMean(x, [axisOf(fields, 'axis', x)], false)),
}
