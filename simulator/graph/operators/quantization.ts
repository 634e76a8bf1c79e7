/** Quantize, dequantize, and elementwise operators on quantized tensors. */
import type { DType } from '../dtype.ts'
import { type Operator, type OperatorContext, type OperatorTable, scaled, vectorWork } from '../operator.ts'
import { broadcast } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { dtypeAttribute } from './activation.ts'
import { normalization } from './normalization.ts'
import { reduction } from './reduction.ts'

function convert(ops: number, output: (context: OperatorContext) => DType | null): Operator {
  return {
    class: 'quantization',
    infer: (context) => [tensor(output(context), context.shape(0))],
    work: (context) => vectorWork(scaled(context.count(0), ops)),
  }
}

/** The zero point decides; without one `output_dtype`, else uint8. */
const quantizedType = (context: OperatorContext): DType | null =>
  context.has(2) ? context.dtype(2) : (dtypeAttribute(context, 'output_dtype') ?? 'uint8')

const dequantizedType = (context: OperatorContext): DType | null =>
  dtypeAttribute(context, 'output_dtype') ?? context.dtype(1) ?? 'float32'

const dynamicQuantize: Operator = {
  class: 'quantization',
  infer: (context) => [tensor('uint8', context.shape(0)), tensor('float32', []), tensor('uint8', [])],
  work: (context) => vectorWork(scaled(context.count(0), opsPerElement.quantize + 2)),
}

/** com.microsoft.QLinear…: a, scale, zero point (, b, scale, zero point), output scale and zero point. */
function quantizedElementwise(secondOperand: number | null, ops: number): Operator {
  return {
    class: 'elementwise',
    infer(context) {
      const second = secondOperand === null ? [] : [context.shape(secondOperand)]
      return [tensor(context.dtype(0), broadcast(context.shape(0), ...second))]
    },
    work: (context) => vectorWork(scaled(context.outputCount, ops + opsPerElement.requantize)),
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
  work: (context) => vectorWork(scaled(context.outputCount, 1 + opsPerElement.requantize)),
}

export const quantizationOperators: OperatorTable = {
  QuantizeLinear: convert(opsPerElement.quantize, quantizedType),
  DequantizeLinear: convert(opsPerElement.dequantize, dequantizedType),
  DynamicQuantizeLinear: dynamicQuantize,
  /** To few bits and back; without an operator in ai.onnx. */
  FakeQuantize: convert(opsPerElement.quantize + opsPerElement.dequantize, (context) => context.dtype(0)),
  'com.microsoft.QuantizeLinear': convert(opsPerElement.quantize, quantizedType),
  'com.microsoft.DequantizeLinear': convert(opsPerElement.dequantize, dequantizedType),
  'com.microsoft.QLinearAdd': quantizedElementwise(3, 1),
  'com.microsoft.QLinearMul': quantizedElementwise(3, 1),
  'com.microsoft.QLinearSigmoid': quantizedElementwise(null, opsPerElement.transcendental),
  'com.microsoft.QLinearLeakyRelu': quantizedElementwise(null, 2),
  'com.microsoft.QLinearSoftmax': normalization(opsPerElement.softmax + opsPerElement.requantize, 'softmax'),
  'com.microsoft.QLinearReduceMean': quantizedMean,
  'com.microsoft.QLinearWhere': quantizedWhere,
}
