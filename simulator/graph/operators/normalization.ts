/** Normalizations and softmax: the input's shape comes back, statistics may come with it. */
import type { DType } from '../dtype.ts'
import type { Shape } from '../graph.ts'
import { type Operator, type OperatorContext, type OperatorTable, scaled, vectorWork } from '../operator.ts'
import { normalizeAxis } from '../shape.ts'
import type { OperatorClass } from '../summary.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

const perElement = (ops: number) => (context: OperatorContext) => vectorWork(scaled(context.count(0), ops))

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
function statisticsShape(context: OperatorContext): Shape {
  const shape = context.shape(0)
  if (shape === null) return null
  const axis = normalizeAxis(context.number('axis', -1), shape.length)
  return shape.map((dim, position) => (position < axis ? dim : 1))
}

const layerNormalization: Operator = {
  class: 'normalization',
  infer(context) {
    const statistics = tensor(stashType(context), statisticsShape(context))
    return [tensor(context.dtype(0), context.shape(0)), statistics, statistics]
  },
  work: perElement(opsPerElement.layerNormalization),
}

const stashType = (context: OperatorContext): DType => (context.number('stash_type', 1) === 16 ? 'bfloat16' : 'float32')

/** com.microsoft.Skip…Normalization: output 3 is the sum of input, skip and bias. */
function skipNormalization(ops: number): Operator {
  return {
    class: 'normalization',
    infer(context) {
      const same = tensor(context.dtype(0), context.shape(0))
      const statistics = tensor('float32', statisticsShape(context))
      return [same, statistics, statistics, same]
    },
    work: perElement(ops + 1),
  }
}

/** com.microsoft.GroupNorm: an activation of 1 multiplies by the sigmoid. */
const groupNorm: Operator = {
  ...normalization(opsPerElement.layerNormalization),
  work(context) {
    const isActivated = context.number('activation', 0) === 1
    return perElement(opsPerElement.layerNormalization + (isActivated ? opsPerElement.swish : 0))(context)
  },
}

export const normalizationOperators: OperatorTable = {
  BatchNormalization: batchNormalization,
  InstanceNormalization: normalization(opsPerElement.layerNormalization),
  GroupNormalization: normalization(opsPerElement.layerNormalization),
  LayerNormalization: layerNormalization,
  RMSNormalization: normalization(opsPerElement.rmsNormalization),
  MeanVarianceNormalization: normalization(opsPerElement.layerNormalization),
  LpNormalization: normalization(opsPerElement.rmsNormalization),
  LRN: normalization(opsPerElement.layerNormalization + opsPerElement.transcendental),
  Softmax: normalization(opsPerElement.softmax, 'softmax'),
  LogSoftmax: normalization(opsPerElement.softmax + 1, 'softmax'),
  Hardmax: normalization(3, 'softmax'),
  'com.microsoft.BiasSoftmax': normalization(opsPerElement.softmax + 1, 'softmax'),
  'com.microsoft.GroupNorm': groupNorm,
  'com.microsoft.SkipGroupNorm': {
    class: 'normalization',
    infer: (context) => Array.from({ length: 2 }, () => tensor(context.dtype(0), context.shape(0))),
    work: perElement(opsPerElement.layerNormalization + 2),
  },
  'com.microsoft.SkipLayerNormalization': skipNormalization(opsPerElement.layerNormalization),
  'com.microsoft.EmbedLayerNormalization': {
    class: 'normalization',
    infer(context) {
      const ids = context.shape(0)
      const hidden = context.shape(2)?.[1] ?? null
      const embedded = tensor(context.dtype(2), ids === null ? null : [...ids, hidden])
      return [embedded, tensor('int32', ids === null ? null : [ids[0] ?? null]), embedded]
    },
    work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.layerNormalization + 2)),
  },
  'com.microsoft.SimplifiedLayerNormalization': layerNormalization,
  SimplifiedLayerNormalization: layerNormalization,
  'com.microsoft.SkipSimplifiedLayerNormalization': skipNormalization(opsPerElement.rmsNormalization),
}
