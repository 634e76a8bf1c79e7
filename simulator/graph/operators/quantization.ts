/** Quantize, dequantize, and elementwise operators on quantized tensors. */
import type { DType } from '../dtype.ts'
import { type Operator, type OperatorContext, scaled, vectorWork } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'
import { dtypeAttribute } from './activation.ts'

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

export const quantizationOperators: OperatorFamily = {
  QuantizeLinear: entry('quantize', convert(opsPerElement.quantize, quantizedType), {
    prune: 'quantization',
    quantization: 'quantizes',
  }),
  DequantizeLinear: entry('dequantize', convert(opsPerElement.dequantize, dequantizedType), {
    prune: 'quantization',
    quantization: 'dequantizes',
  }),
  DynamicQuantizeLinear: entry('dynamic-quantize', dynamicQuantize, { quantization: 'quantizes' }),
  /** To few bits and back; without an operator in ai.onnx. */
  FakeQuantize: entry(
    null,
    convert(opsPerElement.quantize + opsPerElement.dequantize, (context) => context.dtype(0)),
    { quantization: 'both' },
  ),
}
