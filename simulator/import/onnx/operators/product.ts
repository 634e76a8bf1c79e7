/** Convolutions and matrix products with an activation, a transpose or packed weights inside. */
import type { Shape } from '../../../graph/graph.ts'
import type { Operator, OperatorContext } from '../../../graph/operator.ts'
import { directConvolution } from '../../../graph/operators/convolution.ts'
import { gemm, matmulShape, matmulWork, product, productClass, transposed } from '../../../graph/operators/matmul.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { fused, type LoweredTable, lowered, namedActivation, same } from './lowered.ts'

const sameAsLeft = (context: OperatorContext) => context.dtype(0)

/** By attribute transposes of the last two axes, and before those of the first with the batch. */
const fusedMatMul: Operator = {
  class: productClass(0, 1),
  infer: (context) => [tensor(context.dtype(0), matmulShape(...fusedOperands(context)))],
  work: (context) => matmulWork(...fusedOperands(context), 1),
}

function fusedOperands(context: OperatorContext): [Shape, Shape] {
  const operand = (index: number, name: string): Shape => {
    const shape = context.shape(index)
    const isRowsFirst = context.number(`transBatch${name}`, 0) !== 0 && shape !== null && shape.length > 2
    const batchFirst = isRowsFirst ? [...shape.slice(1, -1), shape[0] ?? null, shape.at(-1) ?? null] : shape
    return transposed(batchFirst, context.number(`trans${name}`, 0) !== 0)
  }
  return [operand(0, 'A'), operand(1, 'B')]
}

/** Weights [n, k] packed in blocks, sizes by attribute. */
const blockedMatMul: Operator = {
  class: 'fully-connected',
  infer: (context) => [tensor(context.dtype(0), matmulShape(context.shape(0), blockedWeight(context)))],
  work: (context) => matmulWork(context.shape(0), blockedWeight(context), opsPerElement.dequantize),
}

const blockedWeight = (context: OperatorContext): Shape => [context.number('K'), context.number('N')]

export const products: LoweredTable = {
  FusedConv: lowered('Conv', directConvolution({ weight: 1, bias: 2, output: sameAsLeft, opsPerOutput: 1 }), {
    activation: namedActivation,
  }),
  CausalConvWithState: same('CausalConvWithState'),
  FusedGemm: lowered('Gemm', gemm(sameAsLeft, 2, 1, 1), { activation: namedActivation }),
  FusedMatMul: lowered('MatMul', fusedMatMul),
  TransposeMatMul: lowered('MatMul', fusedMatMul),
  MatMulNBits: lowered('MatMul', blockedMatMul),
  MatMulBnb4: lowered('MatMul', blockedMatMul),
  GemmFastGelu: lowered('MatMul', product({ a: 0, b: 1, output: sameAsLeft, opsPerOutput: opsPerElement.gelu + 1 }), {
    activation: (context) => fused('Gelu', opsPerElement.gelu, context),
  }),
  MoE: same('MixtureOfExperts'),
}
