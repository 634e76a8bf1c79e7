/** Core ML normalizations, softmax and reductions. */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import type { Attribute } from '../../../graph/graph.ts'
import type { OperatorContext } from '../../../graph/operator.ts'
import { asStandard, choosing, type LoweredTable, lowered, standard } from './lowered.ts'

const meanVariance = standard('MeanVarianceNormalization')
const [batch, instance] = [standard('BatchNormalization'), standard('InstanceNormalization')]

export const layerNormalizations: LoweredTable = {
  /** Statistics of the item itself where the layer asks for them. */
  batchnorm: choosing((context) => (context.number('computeMeanVar', 0) === 0 ? batch : instance)),
  mvn: meanVariance,
  l2normalize: standard('LpNormalization'),
  lrn: standard('LRN'),
  layerNormalization: standard('LayerNormalization'),
  softmax: standard('Softmax'),
  softmaxND: standard('Softmax'),
}

export const programNormalizations: LoweredTable = {
  batch_norm: batch,
  instance_norm: instance,
  l2_norm: standard('LpNormalization'),
  layer_norm: standard('LayerNormalization'),
  local_response_norm: standard('LRN'),
  softmax: standard('Softmax'),
}

/** Which axes go: `null` = all of them. */
function reduction(
  name: string,
  axesOf: (context: OperatorContext) => readonly number[] | null,
  keeps: (context: OperatorContext) => boolean,
): LoweredOperator {
  return asStandard(name, (context) => {
    const axes = axesOf(context)
    const keepdims = keeps(context) ? 1 : 0
    const attributes: Record<string, Attribute> = axes === null ? { keepdims } : { keepdims, axes }
    return { inputs: [context.inputs[0] ?? null], attributes }
  })
}

const programReduction = (name: string): LoweredOperator =>
  reduction(
    name,
    (context) => context.numberList('axes'),
    (context) => context.number('keep_dims', 0) !== 0,
  )

const layerReduction = (name: string): LoweredOperator =>
  reduction(
    name,
    (context) => (context.number('reduceAll', 0) === 0 ? context.numberList('axes') : null),
    (context) => context.number('keepDims', 0) !== 0,
  )

/** Position of an extreme along one axis. */
function argument(name: string, fallback: number, keeps: (context: OperatorContext) => boolean): LoweredOperator {
  return asStandard(name, (context) => ({
    inputs: [context.inputs[0] ?? null],
    attributes: { axis: context.number('axis', fallback), keepdims: keeps(context) ? 1 : 0 },
  }))
}

const axesByName: Readonly<Record<string, readonly number[]>> = {
  CHW: [-3, -2, -1],
  HW: [-2, -1],
  C: [-3],
  H: [-2],
  W: [-1],
}

const planarReduction = (name: string): LoweredOperator =>
  reduction(
    name,
    (context) => axesByName[context.text('axis', 'CHW')] ?? null,
    () => true,
  )

const planarReductions = new Map(
  Object.entries({
    sum: planarReduction('ReduceSum'),
    average: planarReduction('ReduceMean'),
    product: planarReduction('ReduceProd'),
    logSum: planarReduction('ReduceLogSum'),
    sumSquare: planarReduction('ReduceSumSquare'),
    l1: planarReduction('ReduceL1'),
    l2: planarReduction('ReduceL2'),
    max: planarReduction('ReduceMax'),
    min: planarReduction('ReduceMin'),
    /** Over several axes at once, which ArgMax itself cannot. */
    argmax: lowered('ArgMax', planarReduction('ReduceMax')),
  }),
)
const planarSum = layerReduction('ReduceSum')

export const layerReductions: LoweredTable = {
  reduce: choosing((context) => planarReductions.get(context.text('mode', 'sum')) ?? planarSum),
  reduceL1: layerReduction('ReduceL1'),
  reduceL2: layerReduction('ReduceL2'),
  reduceMax: layerReduction('ReduceMax'),
  reduceMin: layerReduction('ReduceMin'),
  reduceSum: layerReduction('ReduceSum'),
  reduceProd: layerReduction('ReduceProd'),
  reduceMean: layerReduction('ReduceMean'),
  reduceLogSum: layerReduction('ReduceLogSum'),
  reduceSumSquare: layerReduction('ReduceSumSquare'),
  reduceLogSumExp: layerReduction('ReduceLogSumExp'),
  argMax: argument('ArgMax', 0, (context) => context.number('removeDim', 0) === 0),
  argMin: argument('ArgMin', 0, (context) => context.number('removeDim', 0) === 0),
  cumSum: standard('CumSum'),
}

const keepsDims = (context: OperatorContext): boolean => context.number('keep_dims', 0) !== 0

export const programReductions: LoweredTable = {
  reduce_argmax: argument('ArgMax', -1, keepsDims),
  reduce_argmin: argument('ArgMin', -1, keepsDims),
  reduce_l1_norm: programReduction('ReduceL1'),
  reduce_l2_norm: programReduction('ReduceL2'),
  reduce_log_sum: programReduction('ReduceLogSum'),
  reduce_log_sum_exp: programReduction('ReduceLogSumExp'),
  reduce_max: programReduction('ReduceMax'),
  reduce_mean: programReduction('ReduceMean'),
  reduce_min: programReduction('ReduceMin'),
  reduce_prod: programReduction('ReduceProd'),
  reduce_sum: programReduction('ReduceSum'),
  reduce_sum_square: programReduction('ReduceSumSquare'),
  cumsum: standard('CumSum'),
}
