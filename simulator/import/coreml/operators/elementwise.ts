/** Core ML elementwise arithmetic, functions and activations: the standard rules under other names. */
import { dtypes } from '../../../graph/dtype.ts'
import { onNumbers } from '../../../graph/fold.ts'
import type { Operator, OperatorContext, OperatorTable } from '../../../graph/operator.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { unary } from '../../../graph/operators/activation.ts'
import { choosing } from './geometry.ts'
import { elementwise } from '../../../graph/operators/elementwise.ts'
import { standard } from '../../../graph/operators/standard.ts'

const { arithmetic, division, squareRoot, transcendental } = opsPerElement

const floorDivide = elementwise({
  ops: division + arithmetic,
  fold: () => onNumbers((a = 0, b = 0) => Math.floor(a / b)),
})
const notEqual = elementwise({ output: 'bool', fold: () => onNumbers((a = 0, b = 0) => (a === b ? 0 : 1)) })
const inverseRoot = unary({ ops: squareRoot + division })
const square = unary({ ops: arithmetic, fold: (value) => value * value })
const threshold = unary({ ops: arithmetic })
/** Slope and shift, one of each per channel or for all. */
const affine = unary({ ops: 2 })
const shift = unary({ ops: arithmetic })
/** One slope per channel does not broadcast as a matrix would. */
const prelu = standard('LeakyRelu')

/** Names that are the standard's in lower case. */
const plain = ['Abs', 'Acos', 'Asin', 'Atan', 'Ceil', 'Cos', 'Erf', 'Floor', 'Round', 'Sign', 'Sin', 'Tan', 'Tanh']
const hyperbolic = ['Acosh', 'Asinh', 'Atanh', 'Cosh', 'Sinh']
const shared: OperatorTable = Object.fromEntries(
  [...plain, ...hyperbolic].map((name) => [name.toLowerCase(), standard(name)]),
)

const functions: Readonly<Record<string, Operator>> = {
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

const unaryFunctions: Readonly<Record<string, Operator>> = {
  sqrt: standard('Sqrt'),
  rsqrt: inverseRoot,
  inverse: standard('Reciprocal'),
  power: unary({ ops: transcendental }),
  exp: standard('Exp'),
  log: standard('Log'),
  abs: standard('Abs'),
  threshold,
}

/** By a setting; one that a later version brings counts as the costliest. */
function bySetting(setting: string, rules: Readonly<Record<string, Operator>>, fallback: string): Operator {
  const unknown = unary({ ops: transcendental })
  return choosing((context) => rules[context.text(setting, fallback)] ?? unknown)
}

/** Two operands as in NumPy, more of them summed up, and one with a constant of the layer. */
function several(two: string, more: string): Operator {
  const constant = unary({ ops: arithmetic })
  return choosing((context) => {
    if (context.inputs.length === 1) return constant
    return standard(context.inputs.length === 2 ? two : more)
  })
}

const layers: OperatorTable = {
  ...shared,
  activation: bySetting('function', functions, 'ReLU'),
  unary: bySetting('type', unaryFunctions, 'sqrt'),
  clip: standard('Clip'),
  clampedReLU: standard('Clip'),
  exp2: standard('Exp'),
  gelu: standard('Gelu'),
  scale: affine,
  bias: shift,
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
  floorDivBroadcastable: floorDivide,
  modBroadcastable: standard('Mod'),
  powBroadcastable: standard('Pow'),
  equal: standard('Equal'),
  notEqual,
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

const truncate = unary({ ops: arithmetic, fold: Math.trunc })
const convert = unary({ ops: arithmetic, fold: (value) => value })
const toBoolean = unary({ ops: arithmetic, fold: (value) => Number(value !== 0) })
const isInteger = (name: string): boolean =>
  Object.entries(dtypes).some(([dtype, { kind }]) => dtype === name && kind === 'integer')

/** The type it converts to is declared; content follows it. */
const cast = choosing((context: OperatorContext) => {
  const to = context.text('dtype', '')
  return to === 'bool' ? toBoolean : isInteger(to) ? truncate : convert
})

export const programElementwise: OperatorTable = {
  ...shared,
  add: standard('Add'),
  cast,
  clamped_relu: standard('Clip'),
  clip: standard('Clip'),
  elu: standard('Elu'),
  equal: standard('Equal'),
  exp: standard('Exp'),
  exp2: standard('Exp'),
  floor_div: floorDivide,
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
  not_equal: notEqual,
  pow: standard('Pow'),
  prelu,
  real_div: standard('Div'),
  relu: standard('Relu'),
  relu6: standard('Clip'),
  rsqrt: inverseRoot,
  scaled_tanh: standard('ScaledTanh'),
  select: standard('Where'),
  sigmoid: standard('Sigmoid'),
  sigmoid_hard: standard('HardSigmoid'),
  silu: standard('Swish'),
  softplus: standard('Softplus'),
  softplus_parametric: standard('ParametricSoftplus'),
  softsign: standard('Softsign'),
  sqrt: standard('Sqrt'),
  square,
  sub: standard('Sub'),
  thresholded_relu: standard('ThresholdedRelu'),
  threshold,
}
