/**
 * Number formats that a graph can be rewritten in, as data.
 *
 * Integer formats become the ONNX quantize–dequantize form, which runtimes and our own costing read: quantized
 * constants with their scales, and activations that pass through the integer type between operators. Symmetric weights,
 * as TFLite's specification and TensorRT ask (no zero points); scales are described, calibration needs data we never see.
 * Sources: onnx.ai DequantizeLinear-21 (axis, block_size); tensorflow.org/lite/performance/quantization_spec.
 */
import type { DType } from '../graph/dtype.ts'

export interface WeightFormat {
  readonly dtype: DType
  /** What shares a scale: the tensor, an output channel, or a block of that many inputs of one output. */
  readonly scales: 'tensor' | 'channel' | { readonly block: number }
}

export interface NumberFormat {
  /** Type that everything not quantized is kept in. */
  readonly float: 'float32' | 'float16' | 'bfloat16'
  /** Weights of products; absent = as everything else. */
  readonly weights?: WeightFormat
  /** Inputs and outputs of operators; absent = not quantized. */
  readonly activations?: 'int8' | 'int16'
}

export const numberFormats = {
  fp32: { float: 'float32' },
  fp16: { float: 'float16' },
  bf16: { float: 'bfloat16' },
  int8: { float: 'float32', weights: { dtype: 'int8', scales: 'channel' }, activations: 'int8' },
  'int8-per-tensor': { float: 'float32', weights: { dtype: 'int8', scales: 'tensor' }, activations: 'int8' },
  w8a16: { float: 'float32', weights: { dtype: 'int8', scales: 'channel' }, activations: 'int16' },
  w4a16: { float: 'float16', weights: { dtype: 'int4', scales: { block: 128 } } },
} as const satisfies Record<string, NumberFormat>

export type NumberFormatId = keyof typeof numberFormats

export function isNumberFormatId(text: string): text is NumberFormatId {
  return Object.hasOwn(numberFormats, text)
}

/** Weight-only int4 in blocks of another size (GPTQ and AWQ use 32 to 128). */
export function w4a16(block: number): NumberFormat {
  return { float: 'float16', weights: { dtype: 'int4', scales: { block } } }
}
