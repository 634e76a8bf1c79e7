/** Elementwise arithmetic, functions and activations; TFLite broadcasts as numpy does. */
import { foldElementwise, onNumbers } from '../fold.ts'
import type { Dim } from '../graph.ts'
import { type Operator, type OperatorTable, scaled, vectorWork } from '../operator.ts'
import type { OperatorClass } from '../summary.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { castTo, unary } from './activation.ts'
import { compare, elementwise, equal, logical, mod, numeric, where } from './elementwise.ts'
import { normalization } from './normalization.ts'
import { standard } from './standard.ts'
import { declared, fusing, like, withWork } from './tflite-rule.ts'

const { arithmetic, division, transcendental, squareRoot } = opsPerElement

const binary = (operator: Operator): Operator => fusing(like(operator))
const math = (ops: number, fold?: (value: number) => number): Operator =>
  fusing(like(unary(fold === undefined ? { ops } : { ops, fold })))
const activation = (ops: number, fold?: (value: number) => number): Operator =>
  fusing(like(unary(fold === undefined ? { class: 'activation', ops } : { class: 'activation', ops, fold })))

const clip = (low: number, high: number) => (value: number) => Math.min(high, Math.max(low, value))

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

const floorDivision = elementwise({
  ops: division,
  fold:
    () =>
    (a = null, b = null) =>
      b === 1 ? a : onNumbers((x = 0, y = 1) => Math.floor(x / y))(a, b),
})

export const tfliteElementwise: OperatorTable = {
  ADD: binary(standard('Add')),
  SUB: binary(standard('Sub')),
  MUL: binary(standard('Mul')),
  DIV: binary(standard('Div')),
  FLOOR_DIV: binary(floorDivision),
  FLOOR_MOD: binary(mod),
  POW: binary(standard('Pow')),
  MAXIMUM: binary(standard('Max')),
  MINIMUM: binary(standard('Min')),
  SQUARED_DIFFERENCE: binary(elementwise({ ops: 2, fold: numeric((a = 0, b = 0) => (a - b) ** 2) })),
  ADD_N: binary(standard('Sum')),
  ATAN2: binary(elementwise({ ops: transcendental + division })),
  PRELU: binary(standard('PRelu')),
  EQUAL: like(elementwise({ output: 'bool', fold: () => equal })),
  NOT_EQUAL: like(
    elementwise({
      output: 'bool',
      fold:
        () =>
        (...operands) => {
          const same = equal(...operands)
          return typeof same === 'number' ? 1 - same : null
        },
    }),
  ),
  LESS: like(elementwise({ output: 'bool', fold: compare((a, b) => a < b) })),
  LESS_EQUAL: like(elementwise({ output: 'bool', fold: compare((a, b) => a <= b) })),
  GREATER: like(elementwise({ output: 'bool', fold: compare((a, b) => a > b) })),
  GREATER_EQUAL: like(elementwise({ output: 'bool', fold: compare((a, b) => a >= b) })),
  LOGICAL_AND: like(logical((a, b) => a && b)),
  LOGICAL_OR: like(logical((a, b) => a || b)),
  LOGICAL_NOT: like(standard('Not')),
  BITWISE_XOR: like(elementwise({})),
  RIGHT_SHIFT: like(elementwise({})),
  SELECT: select,
  SELECT_V2: like(where),
  ABS: math(arithmetic, Math.abs),
  NEG: math(arithmetic, (value) => -value),
  SIGN: math(arithmetic, Math.sign),
  CEIL: math(arithmetic, Math.ceil),
  FLOOR: math(arithmetic, Math.floor),
  ROUND: like(standard('Round')),
  SQUARE: math(arithmetic, (value) => value * value),
  SQRT: math(squareRoot, Math.sqrt),
  RSQRT: math(squareRoot + division, (value) => 1 / Math.sqrt(value)),
  EXP: math(transcendental),
  LOG: math(transcendental),
  SIN: math(transcendental),
  COS: math(transcendental),
  RELU: activation(arithmetic, (value) => Math.max(0, value)),
  RELU6: activation(opsPerElement.clip, clip(0, 6)),
  RELU_N1_TO_1: activation(opsPerElement.clip, clip(-1, 1)),
  RELU_0_TO_1: activation(opsPerElement.clip, clip(0, 1)),
  LEAKY_RELU: activation(2),
  ELU: activation(transcendental),
  HARD_SWISH: activation(opsPerElement.hardSwish),
  LOGISTIC: activation(transcendental),
  TANH: activation(transcendental),
  GELU: activation(opsPerElement.gelu),
  CAST: conversion('elementwise', arithmetic),
  BITCAST: { class: 'view', infer: declared, work: () => vectorWork(0) },
  QUANTIZE: sameShape('quantization', opsPerElement.quantize),
  DEQUANTIZE: sameShape('quantization', opsPerElement.dequantize),
  FAKE_QUANT: sameShape('quantization', opsPerElement.quantize + opsPerElement.dequantize),
  BUCKETIZE: sameShape('elementwise', transcendental),
  REAL: sameShape('layout', 0),
  IMAG: sameShape('layout', 0),
  COMPLEX_ABS: sameShape('elementwise', 3 + squareRoot),
  ZEROS_LIKE: zeros,
  SOFTMAX: fusing(like(normalization(opsPerElement.softmax, 'softmax'))),
  LOG_SOFTMAX: fusing(like(normalization(opsPerElement.softmax + 1, 'softmax'))),
  L2_NORMALIZATION: fusing(like(normalization(opsPerElement.rmsNormalization))),
  /** Squares of 2·radius + 1 neighbours, a power and a product for every element. */
  LOCAL_RESPONSE_NORMALIZATION: {
    ...like(normalization(0)),
    work: (context) =>
      vectorWork(scaled(context.outputCount, 2 * (2 * context.number('radius', 0) + 1) + transcendental)),
  },
  LSH_PROJECTION: withWork('gather', () => ({ macs: 0, vectorOps: null, gemm: null, window: null })),
}
