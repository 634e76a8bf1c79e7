/** Elementwise functions of one tensor: mathematics, activations, type conversion. */
import { type DType, dtypes } from '../dtype.ts'
import { foldElementwise, onNumbers } from '../fold.ts'
import { dtypeOfCode } from '../onnx-dtypes.ts'
import { noWork, type Operator, type OperatorContext, type OperatorTable, scaled, vectorWork } from '../operator.ts'
import { mapDim } from '../shape.ts'
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

/** com.microsoft.BiasSplitGelu: x + bias in two halves, the first times the GELU of the second. */
const biasSplitGelu: Operator = {
  class: 'activation',
  infer: (context) => {
    const shape = context.shape(0)
    const half = mapDim(shape?.at(-1) ?? null, (size) => size / 2)
    return [tensor(context.dtype(0), shape === null ? null : [...shape.slice(0, -1), half])]
  },
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.gelu + 3)),
}

export const activationOperators: OperatorTable = {
  Abs: math(arithmetic, Math.abs),
  Neg: math(arithmetic, (value) => -value),
  Sign: math(arithmetic, Math.sign),
  Ceil: math(arithmetic, Math.ceil),
  Floor: math(arithmetic, Math.floor),
  Round: math(arithmetic, roundHalfToEven),
  Reciprocal: math(opsPerElement.division, (value) => 1 / value),
  Sqrt: math(opsPerElement.squareRoot, Math.sqrt),
  Exp: math(transcendental),
  Log: math(transcendental),
  Sin: math(transcendental),
  Cos: math(transcendental),
  Tan: math(transcendental),
  Asin: math(transcendental),
  Acos: math(transcendental),
  Atan: math(transcendental),
  Sinh: math(transcendental),
  Cosh: math(transcendental),
  Asinh: math(transcendental),
  Acosh: math(transcendental),
  Atanh: math(transcendental),
  Erf: math(transcendental),
  BitwiseNot: math(arithmetic),
  // Without an operator in ai.onnx.
  Square: math(arithmetic, (value) => value * value),
  Rsqrt: math(opsPerElement.squareRoot + opsPerElement.division, (value) => 1 / Math.sqrt(value)),
  Cbrt: math(transcendental, Math.cbrt),
  /** The range, of those whose bounds are given, that each element lies in. */
  Bucketize: unary({ ops: transcendental, output: 'int32' }),
  Not: test((value) => value === 0),
  IsNaN: test(() => false), // content that is not a number is never folded
  IsInf: isInfinite,
  Clip: unary({ class: 'activation', ops: opsPerElement.clip }),
  Relu: activation(arithmetic, (value) => Math.max(0, value)),
  LeakyRelu: activation(2),
  ThresholdedRelu: activation(2),
  Elu: activation(transcendental),
  Selu: activation(transcendental),
  Celu: activation(transcendental),
  Sigmoid: activation(transcendental),
  Tanh: activation(transcendental),
  Softplus: activation(transcendental),
  Softsign: activation(opsPerElement.division),
  HardSigmoid: activation(opsPerElement.hardSigmoid),
  HardSwish: activation(opsPerElement.hardSwish),
  Swish: activation(opsPerElement.swish),
  Mish: activation(2 * transcendental),
  Gelu: activation(opsPerElement.gelu),
  Shrink: activation(2),
  ScaledTanh: activation(transcendental),
  ParametricSoftplus: activation(transcendental),
  Affine: math(2),
  ImageScaler: math(2),
  Cast: cast,
  CastLike: castLike,
  BitCast: bitCast,
  SwiGLU: activation(opsPerElement.swish + 1),
  'com.microsoft.Gelu': activation(opsPerElement.gelu),
  'com.microsoft.FastGelu': activation(opsPerElement.gelu),
  'com.microsoft.BiasGelu': activation(opsPerElement.gelu + 1),
  'com.microsoft.BiasAdd': math(2 * arithmetic),
  'com.microsoft.BiasSplitGelu': biasSplitGelu,
  'com.microsoft.QuickGelu': activation(opsPerElement.swish),
}
