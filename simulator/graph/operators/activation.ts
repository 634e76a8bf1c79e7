/** Elementwise functions of one tensor: mathematics, activations, type conversion. */
import { type DType, dtypes } from '../dtype.ts'
import { foldElementwise, onNumbers } from '../fold.ts'
import { dtypeOfCode } from '../onnx-dtypes.ts'
import { noWork, type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import type { OperatorClass } from '../summary.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

interface Unary {
  readonly class?: OperatorClass
  readonly ops: number
  readonly output?: DType
  readonly fold?: (value: number) => number
}

export function unary(traits: Unary): Operator {
  return {
    class: traits.class ?? 'elementwise',
    infer(context) {
      const input = context.tensor(0)
      const dtype = traits.output ?? input.dtype
      const rule = traits.fold
      const elements =
        rule &&
        foldElementwise(
          [input],
          input.shape,
          dtype,
          onNumbers((value = 0) => rule(value)),
        )
      return [tensor(dtype, input.shape, elements ?? null)]
    },
    work: (context) => vectorWork(scaled(context.outputCount, traits.ops)),
  }
}

const { arithmetic, transcendental } = opsPerElement
const math = (ops: number, fold?: (value: number) => number): Operator => unary(fold ? { ops, fold } : { ops })
const activation = (ops: number, fold?: (value: number) => number): Operator =>
  unary(fold ? { class: 'activation', ops, fold } : { class: 'activation', ops })
const test = (fold: (value: number) => boolean): Operator =>
  unary({ ops: arithmetic, output: 'bool', fold: (value) => (fold(value) ? 1 : 0) })

/** Ties to even, as the standard's `Round`. */
function roundHalfToEven(value: number): number {
  const nearest = Math.round(value)
  return nearest - value === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest
}

export function castTo(dtype: DType | null, context: OperatorContext) {
  const input = context.tensor(0)
  const isBoolean = dtype === 'bool'
  // Symbols survive a cast: they stand for sizes.
  const elements =
    dtype === null || dtypes[dtype].kind === 'string'
      ? null
      : foldElementwise([input], input.shape, dtype, (value = null) =>
          isBoolean && typeof value === 'number' ? Number(value !== 0) : value,
        )
  return tensor(dtype, input.shape, elements)
}

/** The oldest opsets spell the type out: `FLOAT`, `INT64`. */
function namedDType(spelling: string): DType | null {
  const lower = spelling.toLowerCase()
  const name = lower === 'float' ? 'float32' : lower === 'double' ? 'float64' : lower
  return Object.hasOwn(dtypes, name) ? (name as DType) : null // hasOwn proves membership
}

/** A data-type attribute: an ONNX `TensorProto.DataType` code, or a name as in the oldest opsets. */
export function dtypeAttribute(context: OperatorContext, name: string): DType | null {
  const value = context.attribute(name)
  if (typeof value === 'string') return namedDType(value)
  return typeof value === 'number' ? dtypeOfCode(value) : null
}

/** The sign that counts is an attribute. */
const isInfinite: Operator = {
  class: 'elementwise',
  infer(context) {
    const input = context.tensor(0)
    const signs = [context.number('detect_positive', 1) !== 0, context.number('detect_negative', 1) !== 0]
    const rule = (value: number) => (value === Infinity && signs[0]) || (value === -Infinity && signs[1])
    const elements = foldElementwise(
      [input],
      input.shape,
      'bool',
      onNumbers((value = 0) => (rule(value) ? 1 : 0)),
    )
    return [tensor('bool', input.shape, elements)]
  },
  work: (context) => vectorWork(context.outputCount),
}

const conversionWork = (context: OperatorContext) => vectorWork(context.outputCount)

const cast: Operator = {
  class: 'elementwise',
  infer: (context) => [castTo(dtypeAttribute(context, 'to'), context)],
  work: conversionWork,
}

const castLike: Operator = {
  class: 'elementwise',
  infer: (context) => [castTo(context.dtype(1), context)],
  work: conversionWork,
}

/** Same bits, another type of the same width. */
const bitCast: Operator = {
  class: 'view',
  infer: (context) => [tensor(dtypeAttribute(context, 'to'), context.shape(0))],
  work: () => noWork,
}

export const activationOperators: OperatorFamily = {
  Abs: entry('absolute', math(arithmetic, Math.abs)),
  Neg: entry(
    'negative',
    math(arithmetic, (value) => -value),
  ),
  Sign: entry('rounding', math(arithmetic, Math.sign)),
  Ceil: entry('rounding', math(arithmetic, Math.ceil)),
  Floor: entry('rounding', math(arithmetic, Math.floor)),
  Round: entry('rounding', math(arithmetic, roundHalfToEven)),
  Reciprocal: entry(
    'reciprocal',
    math(opsPerElement.division, (value) => 1 / value),
  ),
  Sqrt: entry('square-root', math(opsPerElement.squareRoot, Math.sqrt)),
  Exp: entry('exponential', math(transcendental), { curve: 'other' }),
  Log: entry('logarithm', math(transcendental)),
  Sin: entry('sine-cosine', math(transcendental)),
  Cos: entry('sine-cosine', math(transcendental)),
  Tan: entry(null, math(transcendental)),
  Asin: entry(null, math(transcendental)),
  Acos: entry(null, math(transcendental)),
  Atan: entry(null, math(transcendental)),
  Sinh: entry(null, math(transcendental)),
  Cosh: entry(null, math(transcendental)),
  Asinh: entry(null, math(transcendental)),
  Acosh: entry(null, math(transcendental)),
  Atanh: entry(null, math(transcendental)),
  Erf: entry('erf', math(transcendental), { curve: 'other' }),
  BitwiseNot: entry('bitwise', math(arithmetic)),
  // Without an operator in ai.onnx.
  Square: entry(
    'square',
    math(arithmetic, (value) => value * value),
  ),
  Rsqrt: entry(
    'reciprocal-square-root',
    math(opsPerElement.squareRoot + opsPerElement.division, (value) => 1 / Math.sqrt(value)),
  ),
  Cbrt: entry(null, math(transcendental, Math.cbrt)),
  /** The range, of those whose bounds are given, that each element lies in. */
  Bucketize: entry(null, unary({ ops: transcendental, output: 'int32' })),
  Not: entry(
    'logical',
    test((value) => value === 0),
  ),
  IsNaN: entry(
    null,
    test(() => false),
  ), // content that is not a number is never folded
  IsInf: entry(null, isInfinite),
  Clip: entry('bounded-relu', unary({ class: 'activation', ops: opsPerElement.clip }), { fusion: 'clamp' }),
  Relu: entry(
    'relu',
    activation(arithmetic, (value) => Math.max(0, value)),
    { fusion: 'clamp' },
  ),
  LeakyRelu: entry('leaky-relu', activation(2)),
  ThresholdedRelu: entry(null, activation(2)),
  Elu: entry('elu', activation(transcendental), { curve: 'rectifier' }),
  Selu: entry(null, activation(transcendental), { curve: 'rectifier' }),
  Celu: entry(null, activation(transcendental), { curve: 'rectifier' }),
  Sigmoid: entry('sigmoid', activation(transcendental), { curve: 'gate' }),
  Tanh: entry('tanh', activation(transcendental), { curve: 'other' }),
  Softplus: entry('softplus', activation(transcendental), { curve: 'rectifier' }),
  Softsign: entry(null, activation(opsPerElement.division), { curve: 'rectifier' }),
  HardSigmoid: entry('hard-sigmoid', activation(opsPerElement.hardSigmoid), { curve: 'gate' }),
  HardSwish: entry('hard-swish', activation(opsPerElement.hardSwish), { curve: 'rectifier' }),
  Swish: entry('swish', activation(opsPerElement.swish), { curve: 'rectifier' }),
  Mish: entry('mish', activation(2 * transcendental), { curve: 'rectifier' }),
  Gelu: entry('gelu', activation(opsPerElement.gelu), { curve: 'rectifier' }),
  Shrink: entry(null, activation(2)),
  ScaledTanh: entry(null, activation(transcendental), { curve: 'other' }),
  ParametricSoftplus: entry(null, activation(transcendental), { curve: 'rectifier' }),
  Affine: entry(null, math(2)),
  ImageScaler: entry(null, math(2)),
  Cast: entry('cast', cast),
  CastLike: entry('cast', castLike),
  BitCast: entry(null, bitCast),
  SwiGLU: entry(null, activation(opsPerElement.swish + 1), { curve: 'other' }),
}
