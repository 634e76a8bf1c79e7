/** Core ML elementwise arithmetic, functions and activations: the standard rules under other names. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import { dtypes } from '../../../graph/dtype.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { unary } from '../../../graph/operators/activation.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { choosing, type LoweredTable, lowered, standard } from './lowered.ts'

const { arithmetic, transcendental } = opsPerElement

/** A second operand that is a setting or a constant of the layer, which broadcasts in Core ML's own way: shapes stay. */
const onFirst = (op: string, ops: number): LoweredOperator =>
  lowered(op, { ...unary({ ops }), class: standard(op).class })

/** The larger of the value and a setting. */
const threshold = onFirst('Max', arithmetic)
/** Slope and shift, one of each per channel or for all. */
const affine = onFirst('Affine', 2)
/** One slope per channel does not broadcast as a matrix would. */
const prelu = onFirst('PRelu', 2)
/** The base is 2. */
const powerOfTwo = onFirst('Pow', transcendental)

/** Names that are the standard's in lower case. */
const plain = ['Abs', 'Acos', 'Asin', 'Atan', 'Ceil', 'Cos', 'Erf', 'Floor', 'Round', 'Sign', 'Sin', 'Tan', 'Tanh']
const hyperbolic = ['Acosh', 'Asinh', 'Atanh', 'Cosh', 'Sinh']
const shared: LoweredTable = Object.fromEntries(
  [...plain, ...hyperbolic].map((name) => [name.toLowerCase(), standard(name)]),
)

const functions: Readonly<Record<string, LoweredOperator>> = {
  linear: affine,
  ReLU: standard('Relu'),
  leakyReLU: standard('LeakyRelu'),
  thresholdedReLU: standard('ThresholdedRelu'),
  PReLU: prelu,
  tanh: standard('Tanh'),
  scaledTanh: standard('ScaledTanh'),
  sigmoid: standard('Sigmoid'),
  sigmoidHard: standard('HardSigmoid'),
  ELU: standard('Elu'),
  softsign: standard('Softsign'),
  softplus: standard('Softplus'),
  parametricSoftplus: standard('ParametricSoftplus'),
}

const unaryFunctions: Readonly<Record<string, LoweredOperator>> = {
  sqrt: standard('Sqrt'),
  rsqrt: standard('Rsqrt'),
  inverse: standard('Reciprocal'),
  power: onFirst('Pow', transcendental),
  exp: standard('Exp'),
  log: standard('Log'),
  abs: standard('Abs'),
  threshold,
}

/** By a setting; one that a later version brings counts as the costliest. */
function bySetting(
  setting: string,
  rules: Readonly<Record<string, LoweredOperator>>,
  fallback: string,
  costliest: string,
): LoweredOperator {
  const unknown = standard(costliest)
  return choosing((context) => rules[context.text(setting, fallback)] ?? unknown)
}

/** Two operands as in NumPy, more of them summed up, and one with a constant of the layer. */
function several(two: string, more: string): LoweredOperator {
  const constant = onFirst(two, arithmetic)
  return choosing((context) => {
    if (context.inputs.length === 1) return constant
    return standard(context.inputs.length === 2 ? two : more)
  })
}

const layers: LoweredTable = {
  ...shared,
  activation: bySetting('function', functions, 'ReLU', 'Sigmoid'),
  unary: bySetting('type', unaryFunctions, 'sqrt', 'Exp'),
  clip: standard('Clip'),
  clampedReLU: standard('Clip'),
  exp2: powerOfTwo,
  gelu: standard('Gelu'),
  scale: affine,
  bias: onFirst('Add', arithmetic),
  add: several('Add', 'Sum'),
  addBroadcastable: several('Add', 'Sum'),
  multiply: several('Mul', 'Mul'),
  multiplyBroadcastable: several('Mul', 'Mul'),
  average: standard('Mean'),
  max: standard('Max'),
  maxBroadcastable: standard('Max'),
  min: standard('Min'),
  minBroadcastable: standard('Min'),
  subtractBroadcastable: standard('Sub'),
  divideBroadcastable: standard('Div'),
  floorDivBroadcastable: standard('FloorDiv'),
  modBroadcastable: standard('Mod'),
  powBroadcastable: standard('Pow'),
  equal: standard('Equal'),
  notEqual: standard('NotEqual'),
  lessThan: standard('Less'),
  lessEqual: standard('LessOrEqual'),
  greaterThan: standard('Greater'),
  greaterEqual: standard('GreaterOrEqual'),
  logicalOr: standard('Or'),
  logicalXor: standard('Xor'),
  logicalNot: standard('Not'),
  logicalAnd: standard('And'),
  whereBroadcastable: standard('Where'),
}
export const layerElementwise = layers

const converting = (fold: (value: number) => number) => lowered('Cast', unary({ ops: arithmetic, fold }))
const truncate = converting(Math.trunc)
const convert = converting((value) => value)
const toBoolean = converting((value) => Number(value !== 0))
const isInteger = (name: string): boolean =>
  Object.entries(dtypes).some(([dtype, { kind }]) => dtype === name && kind === 'integer')

/** The type it converts to is declared; content follows it. */
const cast = choosing((context: OperatorContext) => {
  const to = context.text('dtype', '')
  return to === 'bool' ? toBoolean : isInteger(to) ? truncate : convert
})

export const programElementwise: LoweredTable = {
  ...shared,
  add: standard('Add'),
  cast,
  clamped_relu: standard('Clip'),
  clip: standard('Clip'),
  elu: standard('Elu'),
  equal: standard('Equal'),
  exp: standard('Exp'),
  exp2: powerOfTwo,
  floor_div: standard('FloorDiv'),
  gelu: standard('Gelu'),
  greater: standard('Greater'),
  greater_equal: standard('GreaterOrEqual'),
  inverse: standard('Reciprocal'),
  leaky_relu: standard('LeakyRelu'),
  less: standard('Less'),
  less_equal: standard('LessOrEqual'),
  linear_activation: affine,
  log: standard('Log'),
  logical_and: standard('And'),
  logical_not: standard('Not'),
  logical_or: standard('Or'),
  logical_xor: standard('Xor'),
  maximum: standard('Max'),
  minimum: standard('Min'),
  mod: standard('Mod'),
  mul: standard('Mul'),
  not_equal: standard('NotEqual'),
  pow: standard('Pow'),
  prelu,
  real_div: standard('Div'),
  relu: standard('Relu'),
  relu6: standard('Clip'),
  rsqrt: standard('Rsqrt'),
  scaled_tanh: standard('ScaledTanh'),
  select: standard('Where'),
  sigmoid: standard('Sigmoid'),
  sigmoid_hard: standard('HardSigmoid'),
  silu: standard('Swish'),
  softplus: standard('Softplus'),
  softplus_parametric: standard('ParametricSoftplus'),
  softsign: standard('Softsign'),
  sqrt: standard('Sqrt'),
  square: standard('Square'),
  sub: standard('Sub'),
  thresholded_relu: standard('ThresholdedRelu'),
  threshold,
}
