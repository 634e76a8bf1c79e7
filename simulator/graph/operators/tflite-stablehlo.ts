/**
 * StableHLO operators in TFLite files. Their result shapes are part of the types that the file declares; a rule is needed
 * where shapes follow from operands that a rebound input changes. Source: StableHLO specification.
 */
import { foldElementwise, onNumbers } from '../fold.ts'
import type { Dim, Shape } from '../graph.ts'
import {
  noWork,
  type Operator,
  type OperatorContext,
  type OperatorTable,
  scaled,
  unknownWork,
  vectorWork,
} from '../operator.ts'
import { elementCount, mapDim, plus } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { castTo, unary } from './activation.ts'
import { sortOps } from './detection.ts'
import { compare, elementwise, equal, numeric, where } from './elementwise.ts'
import { concatenate, layout, slice, transpose } from './layout.ts'
import { productClass } from './matmul.ts'
import { reduction } from './reduction.ts'
import { standard } from './standard.ts'
import { describeWindow, product } from './tflite-convolution.ts'
import { listOf } from './tflite-layout.ts'
import { declared, like, withOptions, withWork } from './tflite-rule.ts'

const { arithmetic, clip, division, transcendental, squareRoot } = opsPerElement

const binary = (operator: Operator): Operator => like(operator)
const math = (ops: number, fold?: (value: number) => number): Operator =>
  like(unary(fold === undefined ? { ops } : { ops, fold }))

const listed = (context: OperatorContext, name: string): readonly number[] => context.numberList(name) ?? []

/** EQ, NE, GE, GT, LE, LT in this order. */
const directions = [
  () => equal,
  compare((a, b) => a !== b),
  compare((a, b) => a >= b),
  compare((a, b) => a > b),
  compare((a, b) => a <= b),
  compare((a, b) => a < b),
]

const comparison: Operator = {
  ...like(elementwise({ output: 'bool' })),
  infer(context) {
    const fold = directions[context.number('comparison_direction', 0)]
    return like(elementwise(fold === undefined ? { output: 'bool' } : { output: 'bool', fold })).infer(context)
  },
}

/** Sizes of the axes of `shape` at `axes` multiplied. */
function sizeAt(shape: Shape, axes: readonly number[]): number | null {
  return shape === null ? null : elementCount(axes.map((axis) => shape[axis] ?? null))
}

/** Batch axes, then what is left of the left operand, then of the right one. */
const dotGeneral: Operator = {
  class: productClass(0, 1),
  infer(context) {
    const [left, right] = [context.shape(0), context.shape(1)]
    if (left === null || right === null) return declared(context)
    const batch = listed(context, 'lhs_batching_dimensions')
    const gone = [...batch, ...listed(context, 'lhs_contracting_dimensions')]
    const goneRight = [...listed(context, 'rhs_batching_dimensions'), ...listed(context, 'rhs_contracting_dimensions')]
    const dims = [
      ...batch.map((axis) => left[axis] ?? null),
      ...left.filter((_, axis) => !gone.includes(axis)),
      ...right.filter((_, axis) => !goneRight.includes(axis)),
    ]
    return [tensor(context.declaredType(0), dims)]
  },
  work(context) {
    const [outputs, left] = [context.outputCount, context.shape(0)]
    const k = sizeAt(left, listed(context, 'lhs_contracting_dimensions'))
    const repeat = sizeAt(left, listed(context, 'lhs_batching_dimensions'))
    const count = context.count(0)
    if (outputs === null || k === null || repeat === null || count === null) return unknownWork
    const m = k * repeat === 0 ? 0 : count / (k * repeat)
    const n = m * repeat === 0 ? 0 : outputs / (m * repeat)
    return { macs: outputs * k, vectorOps: 0, gemm: { m, n, k, repeat }, window: null }
  },
}

/** Each result meets every tap of the kernel: its elements per output feature. */
const convolution: Operator = {
  class: 'convolution',
  infer: declared,
  work(context) {
    const [outputs, weight] = [context.outputCount, context.shape(1)]
    const outputChannels = weight?.[context.number('kernel_output_feature_dimension', 0)]
    const perGroup = weight?.[context.number('kernel_input_feature_dimension', 0)]
    const kernel = listed(context, 'kernel_spatial_dimensions').map((axis) => weight?.[axis] ?? null)
    const taps = elementCount(kernel)
    if (outputs === null || taps === null) return unknownWork
    if (typeof outputChannels !== 'number' || typeof perGroup !== 'number') return unknownWork
    const groups = Math.max(1, context.number('feature_group_count', 1))
    const k = taps * perGroup
    const ones = kernel.map(() => 1)
    const sizes = kernel.map(Number)
    const [stride, dilation] = [listed(context, 'window_strides'), listed(context, 'rhs_dilation')]
    const geometry = {
      kernel: sizes,
      stride: stride.length === 0 ? ones : stride,
      dilation: dilation.length === 0 ? ones : dilation,
      pads: [],
      autoPad: 'NOTSET',
      ceil: false,
    }
    return {
      macs: outputs * k,
      vectorOps: 0,
      gemm: { m: outputChannels === 0 ? 0 : outputs / outputChannels, n: outputChannels / groups, k, repeat: groups },
      window: describeWindow(geometry, groups, perGroup * groups, outputChannels),
    }
  },
}

/** Low, high and between neighbours; what is negative is cut off. */
const pad = like(
  layout((context) => {
    const [low, high, between] = ['edge_padding_low', 'edge_padding_high', 'interior_padding'].map((name) =>
      listed(context, name),
    )
    const dims = context.shape(0)?.map((dim, axis): Dim => {
      const inner = mapDim(dim, (size) => size + Math.max(0, size - 1) * (between?.[axis] ?? 0))
      return plus(plus(inner, low?.[axis] ?? 0), high?.[axis] ?? 0)
    })
    return [tensor(null, dims ?? null)]
  }),
  withOptions,
)

/** (x…, initial values…), dimensions dropped. */
const reduce: Operator = {
  ...reduction(1),
  infer(context) {
    const dropped = listed(context, 'dimensions')
    const dims = context.shape(0)?.filter((_, axis) => !dropped.includes(axis)) ?? null
    return context.node.outputs.map((_, index) => tensor(context.declaredType(index), dims))
  },
}

const moves = withWork('layout', () => noWork)

export const stableHloOperators: OperatorTable = {
  STABLEHLO_LOGISTIC: math(transcendental),
  STABLEHLO_TANH: math(transcendental),
  STABLEHLO_EXPONENTIAL: math(transcendental),
  STABLEHLO_LOG: math(transcendental),
  STABLEHLO_COSINE: math(transcendental),
  STABLEHLO_CBRT: math(transcendental, Math.cbrt),
  STABLEHLO_RSQRT: math(squareRoot + division, (value) => 1 / Math.sqrt(value)),
  STABLEHLO_ABS: math(arithmetic, Math.abs),
  STABLEHLO_NEGATE: math(arithmetic, (value) => -value),
  STABLEHLO_FLOOR: math(arithmetic, Math.floor),
  STABLEHLO_ADD: binary(standard('Add')),
  STABLEHLO_SUBTRACT: binary(standard('Sub')),
  STABLEHLO_MULTIPLY: binary(standard('Mul')),
  STABLEHLO_DIVIDE: binary(standard('Div')),
  STABLEHLO_REMAINDER: binary(elementwise({ ops: division, fold: numeric((a = 0, b = 1) => a % b) })),
  STABLEHLO_POWER: binary(standard('Pow')),
  STABLEHLO_MAXIMUM: binary(standard('Max')),
  STABLEHLO_MINIMUM: binary(standard('Min')),
  STABLEHLO_AND: binary(elementwise({})),
  STABLEHLO_OR: binary(elementwise({})),
  STABLEHLO_SHIFT_LEFT: binary(elementwise({})),
  STABLEHLO_COMPARE: comparison,
  STABLEHLO_SELECT: like(where),
  /** (low, x, high). */
  STABLEHLO_CLAMP: {
    class: 'activation',
    infer(context) {
      const [low, x, high] = [context.tensor(0), context.tensor(1), context.tensor(2)]
      const dtype = context.declaredType(0)
      const rule = onNumbers((least = 0, value = 0, most = 0) => Math.min(most, Math.max(least, value)))
      return [tensor(dtype, x.shape, foldElementwise([low, x, high], x.shape, dtype, rule))]
    },
    work: (context) => vectorWork(scaled(context.outputCount, clip)),
  },
  STABLEHLO_CONVERT: {
    class: 'elementwise',
    infer: (context) => [castTo(context.declaredType(0), context)],
    work: (context) => vectorWork(context.outputCount),
  },
  STABLEHLO_RESHAPE: withWork('view', () => noWork),
  STABLEHLO_BROADCAST_IN_DIM: moves,
  STABLEHLO_IOTA: moves,
  STABLEHLO_CONCATENATE: like(
    layout((context) => {
      const parts = context.inputs.map((_, index) => context.tensor(index))
      return [concatenate(parts, context.number('dimension', 0))]
    }),
    withOptions,
  ),
  STABLEHLO_SLICE: like(slice, (context) => {
    const starts = listed(context, 'start_indices')
    const steps = listed(context, 'strides')
    const axes = starts.map((_, axis) => axis)
    const lists = [starts, listed(context, 'limit_indices'), axes, steps.length === 0 ? axes.map(() => 1) : steps]
    return { inputs: [context.tensor(0), ...lists.map(listOf)] }
  }),
  STABLEHLO_TRANSPOSE: like(transpose, (context) => ({ attributes: { perm: listed(context, 'permutation') } })),
  STABLEHLO_PAD: pad,
  STABLEHLO_DYNAMIC_SLICE: like(
    layout((context) => [tensor(null, context.numberList('slice_sizes'))]),
    withOptions,
  ),
  STABLEHLO_DYNAMIC_UPDATE_SLICE: like(layout((context) => [tensor(null, context.shape(0))])),
  STABLEHLO_DOT_GENERAL: dotGeneral,
  STABLEHLO_CONVOLUTION: convolution,
  STABLEHLO_REDUCE: reduce,
  STABLEHLO_REDUCE_WINDOW: withWork('pooling', (context) =>
    vectorWork(scaled(context.outputCount, product(listed(context, 'window_dimensions')))),
  ),
  STABLEHLO_GATHER: withWork('gather', () => noWork),
  STABLEHLO_SCATTER: withWork('gather', (context) => vectorWork(context.count(2))),
  STABLEHLO_SORT: withWork('detection', (context) =>
    vectorWork(sortOps(context.count(0), context.shape(0)?.at(context.number('dimension', -1)) ?? null)),
  ),
  STABLEHLO_RNG_BIT_GENERATOR: {
    ...withWork('layout', (context) => vectorWork(scaled(context.outputCount, transcendental))),
    isVolatile: true,
  },
}
