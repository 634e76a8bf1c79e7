/** Matrix products: x [..., K], w [N, K] → [..., N] or, with the leading axes merged, [M, N]; and batches of matrices. */
import type { Shape } from '../../../graph/graph.ts'
import { type OperatorContext, unknownWork } from '../../../graph/operator.ts'
import { matmulShape, matmulWork, productClass, transposed } from '../../../graph/operators/matmul.ts'
import { elementCount, isStatic, mismatch, productOf } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { fusing, type LoweredTable, lowered } from './rule.ts'

function fullyConnectedShape(context: OperatorContext): Shape {
  const [input, weight] = [context.shape(0), context.shape(1)]
  if (input === null || !isStatic(weight)) return null
  const [units = 0, k = 0] = weight
  if (weight.length !== 2) throw mismatch('weights of rank 2', `rank ${weight.length}`)
  const last = input.at(-1)
  if (context.number('keep_num_dims', 0) !== 0) return [...input.slice(0, -1), units]
  if (last === k) return [productOf(input, 0, input.length - 1), units]
  // Whatever the axes, every K elements are a row.
  const count = elementCount(input)
  if (count === null) return [null, units]
  if (k === 0 || count % k !== 0) throw mismatch(`a multiple of ${k} elements`, `${count}`)
  return [count / k, units]
}

const operands = (context: OperatorContext): [Shape, Shape] => [
  transposed(context.shape(0), context.number('adj_x', 0) !== 0),
  transposed(context.shape(1), context.number('adj_y', 0) !== 0),
]

const fullyConnected = fusing({
  class: productClass(1, 1),
  infer: (context) => [tensor(context.declaredType(0), fullyConnectedShape(context))],
  work(context) {
    const weight = context.shape(1)
    const outputs = context.outputCount
    if (outputs === null || !isStatic(weight)) return unknownWork
    const [n = 0, k = 0] = weight
    return {
      macs: outputs * k,
      vectorOps: context.has(2) ? outputs : 0,
      gemm: { m: n === 0 ? 0 : outputs / n, n, k, repeat: 1 },
      window: null,
    }
  },
})

const batchMatmul = fusing({
  class: productClass(0, 1),
  infer: (context) => [tensor(context.declaredType(0), matmulShape(...operands(context)))],
  work: (context) => matmulWork(...operands(context), 0),
})

export const matrixProducts: LoweredTable = {
  FULLY_CONNECTED: lowered('Gemm', fullyConnected),
  BATCH_MATMUL: lowered('MatMul', batchMatmul),
}
