/** Activations and normalisations of com.microsoft, with a bias, a skip or an embedding inside. */
import { type Operator, scaled, vectorWork } from '../../../graph/operator.ts'
import { unary } from '../../../graph/operators/activation.ts'
import {
  layerNormalization,
  normalization,
  perElement,
  statisticsShape,
} from '../../../graph/operators/normalization.ts'
import { mapDim } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { fused, type LoweredTable, lowered, same } from './lowered.ts'

const activation = (ops: number): Operator => unary({ class: 'activation', ops })

/** x + bias in two halves, the first times the GELU of the second. */
const biasSplitGelu: Operator = {
  class: 'activation',
  infer: (context) => {
    const shape = context.shape(0)
    const half = mapDim(shape?.at(-1) ?? null, (size) => size / 2)
    return [tensor(context.dtype(0), shape?.with(-1, half) ?? null)]
  },
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.gelu + 3)),
}

/** Output 3 is the sum of input, skip and bias. */
function skipNormalization(ops: number): Operator {
  return {
    class: 'normalization',
    infer(context) {
      const whole = tensor(context.dtype(0), context.shape(0))
      const statistics = tensor('float32', statisticsShape(context))
      return [whole, statistics, statistics, whole]
    },
    work: perElement(ops + 1),
  }
}

/** An activation of 1 multiplies by the sigmoid. */
const groupNorm: Operator = {
  ...normalization(opsPerElement.layerNormalization),
  work(context) {
    const isActivated = context.number('activation', 0) === 1
    return perElement(opsPerElement.layerNormalization + (isActivated ? opsPerElement.swish : 0))(context)
  },
}

/** Output 1 is the sum of input, skip and bias. */
const skipGroupNorm: Operator = {
  class: 'normalization',
  infer: (context) => Array.from({ length: 2 }, () => tensor(context.dtype(0), context.shape(0))),
  work: perElement(opsPerElement.layerNormalization + 2),
}

/** Ids [B, S] → embeddings of words, positions and segments, summed and normalised. */
const embedding: Operator = {
  class: 'normalization',
  infer(context) {
    const ids = context.shape(0)
    const hidden = context.shape(2)?.[1] ?? null
    const embedded = tensor(context.dtype(2), ids === null ? null : [...ids, hidden])
    return [embedded, tensor('int32', ids === null ? null : [ids[0] ?? null]), embedded]
  },
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.layerNormalization + 2)),
}

/** Also in the default domain of files that ONNX Runtime has optimised. */
export const simplifiedNormalization = lowered('RMSNormalization', layerNormalization, { pruneAs: 'layer-norm' })

export const activations: LoweredTable = {
  Gelu: same('Gelu'),
  FastGelu: lowered('Gelu', activation(opsPerElement.gelu), { pruneAs: 'elementwise' }),
  BiasGelu: lowered('Gelu', activation(opsPerElement.gelu + 1), { pruneAs: 'elementwise' }),
  BiasSplitGelu: lowered('Gelu', biasSplitGelu),
  /** x · σ(αx). */
  QuickGelu: lowered('Swish', activation(opsPerElement.swish), { pruneAs: 'elementwise' }),
  BiasAdd: lowered('Add', unary({ ops: 2 * opsPerElement.arithmetic }), { pruneAs: 'elementwise' }),
}

export const normalizations: LoweredTable = {
  BiasSoftmax: lowered('Softmax', normalization(opsPerElement.softmax + 1, 'softmax')),
  GroupNorm: lowered('GroupNormalization', groupNorm, {
    activation: (context) =>
      context.number('activation', 0) === 1 ? fused('Swish', opsPerElement.swish, context) : null,
  }),
  SkipGroupNorm: lowered('GroupNormalization', skipGroupNorm),
  SkipLayerNormalization: lowered('LayerNormalization', skipNormalization(opsPerElement.layerNormalization)),
  EmbedLayerNormalization: lowered('LayerNormalization', embedding),
  SimplifiedLayerNormalization: simplifiedNormalization,
  SkipSimplifiedLayerNormalization: lowered('RMSNormalization', skipNormalization(opsPerElement.rmsNormalization)),
}
