/** Core ML operators that make tensors from settings and shapes, and weights from their packed form. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Dim } from '../../../graph/graph.ts'
import { noWork, type OperatorContext, scaled, vectorWork } from '../../../graph/operator.ts'
import { tensor, unknownTensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { dimsFrom, scalarFrom } from './geometry.ts'
import { asStandard, type LoweredTable, standard, vector } from './lowered.ts'

/** One value over a whole shape. */
const filled = (shapeOf: (context: OperatorContext) => readonly Dim[] | null): LoweredOperator =>
  asStandard('ConstantOfShape', (context) => {
    const shape = shapeOf(context)
    const value = [context.number('value', 0)]
    const constant = { name: '', dtype: 'float32', dims: [1], elements: value, external: null } as const
    if (shape === null) return null
    return { inputs: [vector(shape)], attributes: { value: { kind: 'tensor', tensor: constant } } }
  })

const scalar = (value: Dim) => tensor(null, [], [value])

const range = (
  endOf: (context: OperatorContext) => Dim,
  startOf: (context: OperatorContext) => Dim,
  stepOf: (context: OperatorContext) => Dim,
): LoweredOperator =>
  asStandard('Range', (context) => ({
    inputs: [scalar(startOf(context)), scalar(endOf(context)), scalar(stepOf(context))],
  }))

const random = (op: string, shapeOf: (context: OperatorContext) => readonly Dim[] | null): LoweredOperator => ({
  op,
  class: 'layout',
  isVolatile: true,
  infer: (context) => [tensor(null, shapeOf(context))],
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.transcendental)),
})

const randomLike = (op: string) => random(op, (context) => context.shape(0))
const randomStatic = (op: string) => random(op, (context) => context.numberList('outputShape'))
const randomDynamic = (op: string) => random(op, (context) => context.elements(0))
const randomProgram = (op: string) => random(op, (context) => dimsFrom(context, 'shape', 0))
/** [B, classes] → [B, samples]. */
const categorical = (samples: string): LoweredOperator =>
  random('Multinomial', (context) => {
    const shape = context.shape(0)
    return shape === null ? null : [...shape.slice(0, -1), context.number(samples, 1)]
  })

const shape = standard('Shape')

export const layerGenerators: LoweredTable = {
  getShape: shape,
  fillLike: filled((context) => context.shape(0)),
  fillStatic: filled((context) => context.numberList('targetShape')),
  fillDynamic: filled((context) => context.elements(0)),
  rangeStatic: range(
    (context) => context.number('endValue', 0),
    (context) => context.number('startValue', 0),
    (context) => context.number('stepSizeValue', 0) || 1,
  ),
  rangeDynamic: range(
    (context) => context.elements(0)?.[0] ?? null,
    (context) => scalarFrom(context, 'startValue', 1, 0),
    (context) => scalarFrom(context, 'stepSizeValue', 2, 1),
  ),
  randomNormalLike: randomLike('RandomNormalLike'),
  randomUniformLike: randomLike('RandomUniformLike'),
  randomBernoulliLike: randomLike('Bernoulli'),
  randomNormalStatic: randomStatic('RandomNormal'),
  randomUniformStatic: randomStatic('RandomUniform'),
  randomBernoulliStatic: randomStatic('Bernoulli'),
  randomNormalDynamic: randomDynamic('RandomNormal'),
  randomUniformDynamic: randomDynamic('RandomUniform'),
  randomBernoulliDynamic: randomDynamic('Bernoulli'),
  categoricalDistribution: categorical('numSamples'),
}

/** Weights from integers and their scales, or from a table: as many as there are integers. */
const dequantized: LoweredOperator = {
  op: 'DequantizeLinear',
  class: 'quantization',
  infer: (context) => [tensor(null, context.shape(0))],
  work: (context) => vectorWork(scaled(context.count(0), opsPerElement.dequantize)),
}

/** A table of vectors gives several weights along an axis for each index. */
const looked: LoweredOperator = {
  ...dequantized,
  infer(context) {
    const axis = context.number('vector_axis')
    const indices = context.shape(0)
    const [length = null] = context.shape(1)?.slice(-1) ?? []
    const isVector = axis !== null && typeof length === 'number' && length > 1
    return [isVector ? unknownTensor : tensor(null, indices)]
  },
}

export const programGenerators: LoweredTable = {
  shape,
  fill: filled((context) => dimsFrom(context, 'shape', 0)),
  fill_like: filled((context) => context.shape(0)),
  range_1d: range(
    (context) => scalarFrom(context, 'end', 0, null),
    (context) => scalarFrom(context, 'start', 1, 0),
    (context) => scalarFrom(context, 'step', 2, 1),
  ),
  random_normal: randomProgram('RandomNormal'),
  random_uniform: randomProgram('RandomUniform'),
  random_bernoulli: randomProgram('Bernoulli'),
  random_categorical: categorical('size'),
  quantize: { ...standard('QuantizeLinear'), infer: (context) => [tensor(null, context.shape(0))] },
  dequantize: dequantized,
  constexpr_affine_dequantize: dequantized,
  constexpr_blockwise_shift_scale: dequantized,
  constexpr_cast: { ...standard('Cast'), infer: (context) => [tensor(null, context.shape(0))] },
  constexpr_lut_to_dense: looked,
  /** The class with the highest probability, and a dictionary of all. */
  classify: {
    op: 'ZipMap',
    class: 'classical',
    infer: () => [unknownTensor, { kind: 'opaque' }],
    work: (context) => ({ ...noWork, vectorOps: context.count(0) }),
  },
}
