/** Elementwise arithmetic, functions and activations; TFLite broadcasts as numpy does. */
import { foldElementwise } from '../../../graph/fold.ts'
import type { Dim } from '../../../graph/graph.ts'
import { type Operator, scaled, vectorWork } from '../../../graph/operator.ts'
import { castTo, unary } from '../../../graph/operators/activation.ts'
import { where } from '../../../graph/operators/elementwise.ts'
import { normalization } from '../../../graph/operators/normalization.ts'
import type { OperatorClass } from '../../../graph/summary.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { declared, fusing, type LoweredTable, like, lowered, same, sameFusing } from './rule.ts'

const { arithmetic, transcendental } = opsPerElement

/** Rectified up to a bound on both sides. */
const clip = (low: number, high: number) =>
  lowered(
    'Clip',
    fusing(
      like(
        unary({
          class: 'activation',
          ops: opsPerElement.clip,
          fold: (value) => Math.min(high, Math.max(low, value)),
        }),
      ),
    ),
  )

/** The same elements under another type or scale. */
const conversion = (operatorClass: OperatorClass, ops: number): Operator => ({
  class: operatorClass,
  infer: (context) => [castTo(context.declaredType(0), context.as(context.inputs))],
  work: (context) => vectorWork(scaled(context.outputCount, ops)),
})

const sameShape = (operatorClass: OperatorClass, ops: number): Operator => ({
  class: operatorClass,
  infer: (context) => [tensor(context.declaredType(0), context.shape(0))],
  work: (context) => vectorWork(scaled(context.outputCount, ops)),
})

/** The condition may also be one value per row of the others. */
const select: Operator = {
  class: 'elementwise',
  infer(context) {
    const [condition, a, b] = [context.tensor(0), context.tensor(1), context.tensor(2)]
    if (condition.shape?.length === a.shape?.length || condition.shape?.length === 0) return like(where).infer(context)
    return [tensor(context.declaredType(0), a.shape ?? b.shape)]
  },
  work: (context) => vectorWork(context.outputCount),
}

const zeros: Operator = {
  class: 'layout',
  infer(context) {
    const source = context.tensor(0)
    const dtype = context.declaredType(0)
    const elements = foldElementwise([source], source.shape, dtype, (): Dim => 0)
    return [tensor(dtype, source.shape, elements)]
  },
  work: () => vectorWork(0),
}

/** Squares of 2·radius + 1 neighbours, a power and a product for every element. */
const localResponse: Operator = {
  ...like(normalization(0)),
  work: (context) =>
    vectorWork(scaled(context.outputCount, 2 * (2 * context.number('radius', 0) + 1) + transcendental)),
}

export const elementwise: LoweredTable = {
  ADD: sameFusing('Add'),
  SUB: sameFusing('Sub'),
  MUL: sameFusing('Mul'),
  DIV: sameFusing('Div'),
  FLOOR_DIV: sameFusing('FloorDiv'),
  FLOOR_MOD: sameFusing('Mod'),
  POW: sameFusing('Pow'),
  MAXIMUM: sameFusing('Max'),
  MINIMUM: sameFusing('Min'),
  SQUARED_DIFFERENCE: sameFusing('SquaredDifference'),
  ADD_N: sameFusing('Sum'),
  ATAN2: sameFusing('Atan2'),
  PRELU: sameFusing('PRelu'),
  EQUAL: same('Equal'),
  NOT_EQUAL: same('NotEqual'),
  LESS: same('Less'),
  LESS_EQUAL: same('LessOrEqual'),
  GREATER: same('Greater'),
  GREATER_EQUAL: same('GreaterOrEqual'),
  LOGICAL_AND: same('And'),
  LOGICAL_OR: same('Or'),
  LOGICAL_NOT: same('Not'),
  BITWISE_XOR: same('BitwiseXor'),
  RIGHT_SHIFT: same('BitShift'),
  SELECT: lowered('Where', select),
  SELECT_V2: same('Where'),
  ABS: sameFusing('Abs'),
  NEG: sameFusing('Neg'),
  SIGN: sameFusing('Sign'),
  CEIL: sameFusing('Ceil'),
  FLOOR: sameFusing('Floor'),
  ROUND: same('Round'),
  SQUARE: sameFusing('Square'),
  SQRT: sameFusing('Sqrt'),
  RSQRT: sameFusing('Rsqrt'),
  EXP: sameFusing('Exp'),
  LOG: sameFusing('Log'),
  SIN: sameFusing('Sin'),
  COS: sameFusing('Cos'),
  RELU: sameFusing('Relu'),
  RELU6: clip(0, 6),
  RELU_N1_TO_1: clip(-1, 1),
  RELU_0_TO_1: clip(0, 1),
  LEAKY_RELU: sameFusing('LeakyRelu'),
  ELU: sameFusing('Elu'),
  HARD_SWISH: sameFusing('HardSwish'),
  LOGISTIC: sameFusing('Sigmoid'),
  TANH: sameFusing('Tanh'),
  GELU: sameFusing('Gelu'),
  CAST: lowered('Cast', conversion('elementwise', arithmetic)),
  BITCAST: lowered('BitCast', { class: 'view', infer: declared, work: () => vectorWork(0) }),
  /** From integers it scales anew. */
  QUANTIZE: lowered('QuantizeLinear', sameShape('quantization', opsPerElement.quantize)),
  DEQUANTIZE: lowered('DequantizeLinear', sameShape('quantization', opsPerElement.dequantize)),
  FAKE_QUANT: same('FakeQuantize'),
  BUCKETIZE: same('Bucketize'),
  REAL: same('Real'),
  IMAG: same('Imag'),
  COMPLEX_ABS: same('ComplexAbs'),
  ZEROS_LIKE: lowered('ConstantOfShape', zeros),
  SOFTMAX: sameFusing('Softmax'),
  LOG_SOFTMAX: sameFusing('LogSoftmax'),
  L2_NORMALIZATION: sameFusing('LpNormalization'),
  LOCAL_RESPONSE_NORMALIZATION: lowered('LRN', localResponse),
  LSH_PROJECTION: same('LshProjection'),
}
