/** Pooling with the channels last: x [B, H, W, C] → [B, H_o, W_o, C]. */
import { type OperatorContext, unknownWork } from '../../../graph/operator.ts'
import { openShape } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { slide } from '../../../graph/window.ts'
import { describeWindow, product, windowOf } from './convolution.ts'
import { fusing, type LoweredRule, type LoweredTable, lowered } from './rule.ts'

const rank = 4

function pool(opsPerTap: number, opsPerOutput: number): LoweredRule {
  const geometry = (context: OperatorContext) =>
    windowOf(context, [context.number('filter_height', 1), context.number('filter_width', 1)])
  return fusing({
    class: 'pooling',
    infer(context) {
      const input = context.shape(0)
      if (input === null || input.length !== rank) return [tensor(context.declaredType(0), openShape(rank))]
      const steps = slide(input.slice(1, -1), geometry(context))
      return [tensor(context.declaredType(0), [input[0] ?? null, ...steps, input.at(-1) ?? null])]
    },
    work(context) {
      const outputs = context.outputCount
      const channels = context.shape(0)?.at(-1)
      if (outputs === null || typeof channels !== 'number') return unknownWork
      const window = geometry(context)
      return {
        macs: 0,
        vectorOps: outputs * (product(window.kernel) * opsPerTap + opsPerOutput),
        gemm: null,
        window: describeWindow(window, channels, channels, channels),
      }
    },
  })
}

export const poolings: LoweredTable = {
  MAX_POOL_2D: lowered('MaxPool', pool(1, 0)),
  AVERAGE_POOL_2D: lowered('AveragePool', pool(1, 1)),
  L2_POOL_2D: lowered('LpPool', pool(2, opsPerElement.squareRoot)),
}
