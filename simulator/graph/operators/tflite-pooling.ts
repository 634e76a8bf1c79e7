/** Pooling with the channels last: x [B, H, W, C] → [B, H_o, W_o, C]. */
import { type Operator, type OperatorContext, type OperatorTable, unknownWork } from '../operator.ts'
import { openShape } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { slide } from '../window.ts'
import { describeWindow, product, windowOf } from './tflite-convolution.ts'
import { fusing } from './tflite-rule.ts'

const rank = 4

function pool(opsPerTap: number, opsPerOutput: number): Operator {
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

export const tflitePoolings: OperatorTable = {
  MAX_POOL_2D: pool(1, 0),
  AVERAGE_POOL_2D: pool(1, 1),
  L2_POOL_2D: pool(2, opsPerElement.squareRoot),
}
