/** Operators that take quantized operands, each with its scale and zero point behind it (QOperator). */
import type { DType } from '../../../graph/dtype.ts'
import type { Operator, OperatorContext } from '../../../graph/operator.ts'
import { scaled, vectorWork } from '../../../graph/operator.ts'
import { directConvolution } from '../../../graph/operators/convolution.ts'
import { concatenate, layout } from '../../../graph/operators/layout.ts'
import { gemm, product } from '../../../graph/operators/matmul.ts'
import { normalization } from '../../../graph/operators/normalization.ts'
import { pool } from '../../../graph/operators/pooling.ts'
import { reduction } from '../../../graph/operators/reduction.ts'
import { broadcast, times } from '../../../graph/shape.ts'
import { tensor } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'
import { type LoweredTable, lowered, same } from './lowered.ts'

/** y zero point decides the type; without it y keeps the type of a. */
const quantizedOutput = (context: OperatorContext): DType | null => context.dtype(7) ?? context.dtype(0)

/** a, scale, zero point (, b, scale, zero point), output scale and zero point. */
function quantizedElementwise(secondOperand: number | null, ops: number): Operator {
  return {
    class: 'elementwise',
    infer(context) {
      const second = secondOperand === null ? [] : [context.shape(secondOperand)]
      return [tensor(context.dtype(0), broadcast(context.shape(0), ...second))]
    },
    work: (context) => vectorWork(scaled(context.outputCount, ops)),
  }
}

/** The mean over axes given as an attribute; scales and zero points follow the operand. */
const mean = reduction(1)
const quantizedMean: Operator = {
  class: 'reduction',
  infer: (context) => mean.infer(context.as(context.inputs.slice(0, 1), context.node.attributes)),
  work: (context) => vectorWork(context.count(0)),
}

/** condition, x, its scale and zero point, y, its scale and zero point, output scale and zero point. */
const quantizedWhere: Operator = {
  class: 'elementwise',
  infer: (context) => [tensor(context.dtype(1), broadcast(context.shape(0), context.shape(1), context.shape(4)))],
  work: (context) => vectorWork(context.outputCount),
}

/** Channels last by attribute. */
const quantizedGlobalAverage: Operator = {
  class: 'pooling',
  infer(context) {
    const input = context.shape(0)
    const channelAxis = context.number('channels_last', 0) === 0 ? 1 : (input?.length ?? 0) - 1
    const shape = input?.map((dim, axis) => (axis === 0 || axis === channelAxis ? dim : 1)) ?? null
    return [tensor(context.dtype(0), shape)]
  },
  work: (context) => vectorWork(context.count(0)),
}

/** Output scale and zero point, then each part with its own. */
const quantizedConcat = layout((context) => {
  const parts = context.inputs.flatMap((_, index) =>
    index >= 2 && (index - 2) % 3 === 0 ? [context.tensor(index)] : [],
  )
  return [concatenate(parts, context.number('axis', 1))]
})

/** Rows of a table of 4 or 8 bits, several to a byte along its last axis. */
const gatherQuantized: Operator = {
  class: 'gather',
  infer(context) {
    const [source, indices, dtype] = [context.shape(0), context.shape(1), context.dtype(2)]
    if (source === null || indices === null) return [tensor(dtype, null)]
    const perByte = context.dtype(0) === 'uint8' ? 8 / context.number('bits', 4) : 1
    const table = source.with(-1, times(source.at(-1) ?? null, perByte))
    const axis = context.axis(table.length, 0, 'gather_axis')
    return [tensor(dtype, [...table.slice(0, axis), ...indices, ...table.slice(axis + 1)])]
  },
  work: (context) => vectorWork(scaled(context.outputCount, opsPerElement.dequantize)),
}

/** Of ai.onnx. */
export const standardQuantized: LoweredTable = {
  QLinearConv: lowered('Conv', directConvolution({ weight: 3, bias: 8, output: quantizedOutput })),
  QLinearMatMul: lowered('MatMul', product({ a: 0, b: 3, output: quantizedOutput })),
}

/** Of com.microsoft. */
export const contributedQuantized: LoweredTable = {
  QuantizeLinear: same('QuantizeLinear'),
  DequantizeLinear: same('DequantizeLinear'),
  QGemm: lowered(
    'Gemm',
    gemm((context) => context.dtype(8) ?? 'float32', 6, 3),
  ),
  MatMulIntegerToFloat: lowered(
    'MatMulInteger',
    product({ a: 0, b: 1, output: (context) => context.dtype(2), opsPerOutput: 2 }),
  ),
  DynamicQuantizeMatMul: lowered('MatMulInteger', product({ a: 0, b: 1, output: () => 'float32', opsPerOutput: 2 })),
  QLinearAdd: lowered('Add', quantizedElementwise(3, 1)),
  QLinearMul: lowered('Mul', quantizedElementwise(3, 1)),
  QLinearSigmoid: lowered('Sigmoid', quantizedElementwise(null, opsPerElement.transcendental)),
  QLinearLeakyRelu: lowered('LeakyRelu', quantizedElementwise(null, 2)),
  QLinearSoftmax: lowered('Softmax', normalization(opsPerElement.softmax, 'softmax')),
  QLinearReduceMean: lowered('ReduceMean', quantizedMean),
  QLinearWhere: lowered('Where', quantizedWhere),
  QLinearGlobalAveragePool: lowered('GlobalAveragePool', quantizedGlobalAverage),
  QLinearAveragePool: lowered(
    'AveragePool',
    pool((context) => [context.dtype(0)]),
  ),
  QLinearConcat: lowered('Concat', quantizedConcat),
  GatherBlockQuantized: lowered('Gather', gatherQuantized),
}
