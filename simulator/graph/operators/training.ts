/** Losses, gradients and optimizer steps, as they occur in exported training graphs. */
import { type Operator, type OperatorContext, scaled, unknownWork, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

/** Scores [B, C, …] against targets [B, …]: one number, or one per target. */
function loss(ops: number): Operator {
  return {
    class: 'reduction',
    infer(context) {
      const shape = context.text('reduction', 'mean') === 'none' ? context.shape(1) : []
      return [tensor(context.dtype(0), shape), tensor(context.dtype(0), context.shape(0))]
    },
    work: (context) => vectorWork(scaled(context.count(0), ops)),
  }
}

/** Rate, step, then `groups` lists of equal length; the lists at `updated` come back changed. */
function optimizer(groups: number, updated: readonly number[], ops: number): Operator {
  return {
    class: 'elementwise',
    infer(context) {
      const { length } = context.inputs
      const perGroup = (length - 2) / groups
      return updated.flatMap((group) =>
        Array.from({ length: perGroup }, (_, i) => context.tensor(2 + group * perGroup + i)).map(({ dtype, shape }) =>
          tensor(dtype, shape),
        ),
      )
    },
    work: (context) => vectorWork(weightOps(context, groups, ops)),
  }
}

function weightOps(context: OperatorContext, groups: number, ops: number): number | null {
  let total: number | null = 0
  for (let i = 2; i < 2 + (context.inputs.length - 2) / groups; i++) {
    const count = scaled(context.count(i), ops)
    total = total === null || count === null ? null : total + count
  }
  return total
}

/** One gradient per input; its work is that of the whole graph backwards. */
const gradient: Operator = {
  class: 'unknown',
  infer: (context) => context.inputs.map((_, index) => tensor(context.dtype(index), context.shape(index))),
  work: () => unknownWork,
}

export const trainingOperators: OperatorFamily = {
  NegativeLogLikelihoodLoss: entry(null, loss(2)),
  SoftmaxCrossEntropyLoss: entry(null, loss(opsPerElement.softmax + 2)),
  Gradient: entry(null, gradient),
  Adagrad: entry(null, optimizer(3, [0, 2], 8)),
  Adam: entry(null, optimizer(4, [0, 2, 3], 12)),
  Momentum: entry(null, optimizer(3, [0, 2], 4)),
}
