/** Normalizations and softmax: the input's shape comes back, statistics may come with it. */
import type { DType } from '../dtype.ts'
import type { Shape } from '../graph.ts'
import { type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { normalizeAxis } from '../shape.ts'
import type { OperatorClass } from '../summary.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

export const perElement = (ops: number) => (context: OperatorContext) => vectorWork(scaled(context.count(0), ops))

export function normalization(ops: number, operatorClass: OperatorClass = 'normalization'): Operator {
  return {
    class: operatorClass,
    infer: (context) => [tensor(context.dtype(0), context.shape(0))],
    work: perElement(ops),
  }
}

/** Outputs 1… are running or saved statistics per channel. */
const batchNormalization: Operator = {
  class: 'normalization',
  infer(context) {
    const statistics = Array.from({ length: 4 }, () => tensor(context.dtype(3), context.shape(3)))
    return [tensor(context.dtype(0), context.shape(0)), ...statistics]
  },
  work: perElement(opsPerElement.batchNormalization),
}

/** Statistics keep the axes before `axis` and leave 1 behind it. */
export function statisticsShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  const axis = normalizeAxis(context.number('axis', -1), shape.length)
  return shape.map((dim, position) => (position < axis ? dim : 1))
}

export const layerNormalization: Operator = {
  class: 'normalization',
  infer(context) {
    const statistics = tensor(stashType(context), statisticsShape(context))
    return [tensor(context.dtype(0), context.shape(0)), statistics, statistics]
  },
  work: perElement(opsPerElement.layerNormalization),
}

const stashType = (context: OperatorContext): DType => (context.number('stash_type', 1) === 16 ? 'bfloat16' : 'float32')

export const normalizationOperators: OperatorFamily = {
  BatchNormalization: entry('batch-normalization', batchNormalization, { fusion: 'batch-norm', prune: 'channel-norm' }),
  InstanceNormalization: entry('instance-normalization', normalization(opsPerElement.layerNormalization), {
    prune: 'channel-norm',
  }),
  GroupNormalization: entry('group-normalization', normalization(opsPerElement.layerNormalization), {
    prune: 'group-norm',
  }),
  LayerNormalization: entry('layer-normalization', layerNormalization, { prune: 'layer-norm' }),
  RMSNormalization: entry('rms-normalization', normalization(opsPerElement.rmsNormalization), { prune: 'layer-norm' }),
  MeanVarianceNormalization: entry(null, normalization(opsPerElement.layerNormalization)),
  LpNormalization: entry('l2-normalization', normalization(opsPerElement.rmsNormalization), { prune: 'unchanged' }),
  LRN: entry(
    'local-response-normalization',
    normalization(opsPerElement.layerNormalization + opsPerElement.transcendental),
    { prune: 'unchanged' },
  ),
  Softmax: entry('softmax', normalization(opsPerElement.softmax, 'softmax'), { prune: 'softmax' }),
  LogSoftmax: entry('log-softmax', normalization(opsPerElement.softmax + 1, 'softmax'), { prune: 'softmax' }),
  Hardmax: entry(null, normalization(3, 'softmax')),
}
