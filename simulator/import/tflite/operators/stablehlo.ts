/**
 * StableHLO operators in TFLite files. Their result shapes are part of the types that the file declares; a rule is needed
 * where shapes follow from operands that a rebound input changes. Source: StableHLO specification.
 */
import { foldElementwise, onNumbers } from '../../../graph/fold.ts'
import type { Dim, Shape } from '../../../graph/graph.ts'
import {
  noWork,
  type Operator,
  type OperatorContext,
  scaled,
  unknownWork,
  vectorWork,
} from '../../../graph/operator.ts'
import { castTo } from '../../../graph/operators/activation.ts'
import { sortOps } from '../../../graph/operators/detection.ts'
import { elementwise, mod } from '../../../graph/operators/elementwise.ts'
import { concatenate, layout, slice, transpose } from '../../../graph/operators/layout.ts'
import { productClass } from '../../../graph/operators/matmul.ts'
import { reduction } from '../../../graph/operators/reduction.ts'
import { elementCount, mapDim, plus } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { describeWindow, product } from './convolution.ts'
import { listOf } from './layout.ts'
import { declared, type LoweredTable, like, lowered, same, withOptions, withWork } from './rule.ts'

const { clip, transcendental } = opsPerElement

const listed = (context: OperatorContext, name: string): readonly number[] => context.numberList(name) ?? []

/** In the order of enum StablehloComparisonDirection. */
const directions = ['Equal', 'NotEqual', 'GreaterOrEqual', 'Greater', 'LessOrEqual', 'Less']

const comparisonName = (context: OperatorContext): string =>
  directions[context.number('comparison_direction', 0)] ?? 'Equal'

const comparison: Operator = {
  ...like(elementwise({ output: 'bool' })),
  infer: (context) => same(comparisonName(context)).infer(context),
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

const isRange = (axes: readonly number[], from: number): boolean => axes.every((axis, index) => axis === from + index)

/** numpy's matrix product where batch axes lead and the inner axes are those that it multiplies, else a contraction. */
function productName(context: OperatorContext): string {
  const rank = context.shape(0)?.length ?? 0
  const [left, right] = [listed(context, 'lhs_batching_dimensions'), listed(context, 'rhs_batching_dimensions')]
  const [leftInner, rightInner] = [
    listed(context, 'lhs_contracting_dimensions'),
    listed(context, 'rhs_contracting_dimensions'),
  ]
  const isMatrixProduct =
    isRange(left, 0) &&
    isRange(right, 0) &&
    leftInner.length === 1 &&
    leftInner[0] === rank - 1 &&
    rightInner[0] === left.length &&
    context.shape(1)?.length === left.length + 2
  return isMatrixProduct ? 'MatMul' : 'Einsum'
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

/** By what combines two elements; a search has a second result, and what is not known is taken for a sum. */
function reductionName(context: OperatorContext): string {
  if (context.node.outputs.length > 1) return 'ArgMax'
  return reductionsByBody[context.graphAttribute('body')?.nodes.at(-1)?.op ?? ''] ?? 'ReduceSum'
}

const reductionsByBody: Readonly<Record<string, string>> = {
  STABLEHLO_ADD: 'ReduceSum',
  STABLEHLO_MULTIPLY: 'ReduceProd',
  STABLEHLO_MAXIMUM: 'ReduceMax',
  STABLEHLO_OR: 'ReduceMax',
  STABLEHLO_MINIMUM: 'ReduceMin',
  STABLEHLO_AND: 'ReduceMin',
}

const moves = withWork('layout', () => noWork)

/** Conjunction or disjunction of truth values, or of bits. */
const logicOrBits =
  (logic: string, bits: string) =>
  (context: OperatorContext): string =>
    context.dtype(0) === 'bool' ? logic : bits

/** (low, x, high). */
const clamp: Operator = {
  class: 'activation',
  infer(context) {
    const [low, x, high] = [context.tensor(0), context.tensor(1), context.tensor(2)]
    const dtype = context.declaredType(0)
    const rule = onNumbers((least = 0, value = 0, most = 0) => Math.min(most, Math.max(least, value)))
    return [tensor(dtype, x.shape, foldElementwise([low, x, high], x.shape, dtype, rule))]
  },
  work: (context) => vectorWork(scaled(context.outputCount, clip)),
}

const conversion: Operator = {
  class: 'elementwise',
  infer: (context) => [castTo(context.declaredType(0), context)],
  work: (context) => vectorWork(context.outputCount),
}

const concatenation = like(
  layout((context) => {
    const parts = context.inputs.map((_, index) => context.tensor(index))
    return [concatenate(parts, context.number('dimension', 0))]
  }),
  withOptions,
)

const stridedSlice = like(slice, (context) => {
  const starts = listed(context, 'start_indices')
  const steps = listed(context, 'strides')
  const axes = starts.map((_, axis) => axis)
  const lists = [starts, listed(context, 'limit_indices'), axes, steps.length === 0 ? axes.map(() => 1) : steps]
  return { inputs: [context.tensor(0), ...lists.map(listOf)] }
})

const dynamicSlice = like(
  layout((context) => [tensor(null, context.numberList('slice_sizes'))]),
  withOptions,
)

const dynamicUpdate = like(layout((context) => [tensor(null, context.shape(0))]))

const transposition = like(transpose, (context) => ({ attributes: { perm: listed(context, 'permutation') } }))

const reduceWindow = withWork('pooling', (context) =>
  vectorWork(scaled(context.outputCount, product(listed(context, 'window_dimensions')))),
)

const scatter = withWork('gather', (context) => vectorWork(context.count(2)))

const sort = withWork('detection', (context) =>
  vectorWork(sortOps(context.count(0), context.shape(0)?.at(context.number('dimension', -1)) ?? null)),
)

const randomBits: Operator = {
  ...withWork('layout', (context) => vectorWork(scaled(context.outputCount, transcendental))),
  isVolatile: true,
}

export const stableHlo: LoweredTable = {
  STABLEHLO_LOGISTIC: same('Sigmoid'),
  STABLEHLO_TANH: same('Tanh'),
  STABLEHLO_EXPONENTIAL: same('Exp'),
  STABLEHLO_LOG: same('Log'),
  STABLEHLO_COSINE: same('Cos'),
  STABLEHLO_CBRT: same('Cbrt'),
  STABLEHLO_RSQRT: same('Rsqrt'),
  STABLEHLO_ABS: same('Abs'),
  STABLEHLO_NEGATE: same('Neg'),
  STABLEHLO_FLOOR: same('Floor'),
  STABLEHLO_ADD: same('Add'),
  STABLEHLO_SUBTRACT: same('Sub'),
  STABLEHLO_MULTIPLY: same('Mul'),
  STABLEHLO_DIVIDE: same('Div'),
  STABLEHLO_REMAINDER: lowered(
    'Mod',
    like(mod, () => ({ attributes: { fmod: 1 } })),
  ),
  STABLEHLO_POWER: same('Pow'),
  STABLEHLO_MAXIMUM: same('Max'),
  STABLEHLO_MINIMUM: same('Min'),
  STABLEHLO_AND: lowered(logicOrBits('And', 'BitwiseAnd'), like(elementwise({}))),
  STABLEHLO_OR: lowered(logicOrBits('Or', 'BitwiseOr'), like(elementwise({}))),
  STABLEHLO_SHIFT_LEFT: same('BitShift'),
  STABLEHLO_COMPARE: lowered(comparisonName, comparison),
  STABLEHLO_SELECT: same('Where'),
  STABLEHLO_CLAMP: lowered('Clip', clamp),
  STABLEHLO_CONVERT: lowered('Cast', conversion),
  STABLEHLO_RESHAPE: lowered(
    'Reshape',
    withWork('view', () => noWork),
  ),
  STABLEHLO_BROADCAST_IN_DIM: lowered('Expand', moves),
  STABLEHLO_IOTA: lowered('Range', moves),
  STABLEHLO_CONCATENATE: lowered('Concat', concatenation),
  STABLEHLO_SLICE: lowered('Slice', stridedSlice),
  STABLEHLO_TRANSPOSE: lowered('Transpose', transposition),
  STABLEHLO_PAD: lowered('Pad', pad),
  STABLEHLO_DYNAMIC_SLICE: lowered('Slice', dynamicSlice),
  STABLEHLO_DYNAMIC_UPDATE_SLICE: lowered('TensorScatter', dynamicUpdate),
  STABLEHLO_DOT_GENERAL: lowered(productName, dotGeneral),
  STABLEHLO_CONVOLUTION: lowered('Conv', convolution),
  STABLEHLO_REDUCE: lowered(reductionName, reduce),
  STABLEHLO_REDUCE_WINDOW: lowered('ReduceWindow', reduceWindow),
  STABLEHLO_GATHER: lowered(
    'GatherND',
    withWork('gather', () => noWork),
  ),
  STABLEHLO_SCATTER: lowered('ScatterND', scatter),
  /** As many of the largest as there are. */
  STABLEHLO_SORT: lowered('TopK', sort),
  STABLEHLO_RNG_BIT_GENERATOR: lowered('RandomUniform', randomBits),
}
