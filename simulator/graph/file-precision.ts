/** The precision that a model file is already in, for those that are quantized. */
import { type DType, dtypes } from './dtype.ts'
import type { PrecisionId } from './precision.ts'
import type { ConstantSummary, GraphSummary, OperatorSummary } from './summary.ts'

const byteBits = 8
const mostMacs = 0.5

/**
 * `int8`, or `int8-w8a16`, where most multiply-accumulates are of integer activations with integer weights of a byte or
 * less; the nearest weight-only format where most are with weights in blocks (GGUF); `null` for a file in floating point,
 * other weights alone included. O(operators).
 */
export function filePrecision(summary: GraphSummary): PrecisionId | null {
  const { operators, tensors } = summary
  const producer = new Int32Array(tensors.length).fill(-1)
  let macs = 0
  let narrow = 0
  let wide = 0
  let inBlocks = 0
  let blockBits = 0
  for (const [index, operator] of operators.entries()) {
    for (const output of operator.outputs) producer[output] = index
    if (operator.macs === null || operator.macs === 0) continue
    macs += operator.macs
    const weight = dtypes[weightType(operator, summary) ?? 'float32']
    if (weight.kind === 'block') {
      inBlocks += operator.macs
      blockBits += operator.macs * weight.bits
    }
    if (weight.kind !== 'integer' || weight.bits > byteBits) continue
    const bits = integerBits(storedType(operator.inputs[0], summary, producer))
    if (bits === null) continue
    if (bits <= byteBits) narrow += operator.macs
    else if (bits <= 2 * byteBits) wide += operator.macs
  }
  if (macs === 0) return null
  if (inBlocks >= macs * mostMacs) return blockPrecision(blockBits / inBlocks)
  if (narrow + wide < macs * mostMacs) return null
  return wide > narrow ? 'int8-w8a16' : 'int8'
}

/** By the bits of a weight, scales included: half-way between the formats that runtimes name. */
function blockPrecision(bits: number): PrecisionId {
  if (bits < 3.7) return 'int2-w2a16'
  if (bits < 5.7) return 'int4-q4_k_m'
  return bits < 7.5 ? 'int6-w6a16' : 'int8-w8a16'
}

/** Of the largest constant. */
function weightType({ constants }: OperatorSummary, summary: GraphSummary): DType | null {
  let weight: ConstantSummary | undefined
  for (const index of constants) {
    const constant = summary.constants[index]
    if (constant !== undefined && constant.elements > (weight?.elements ?? 0)) weight = constant
  }
  return weight?.dtype ?? null
}

/** An activation that was dequantized just before is an integer where it is stored. */
function storedType(tensor: number | undefined, summary: GraphSummary, producer: Int32Array): DType | null {
  if (tensor === undefined) return null
  const made = summary.operators[producer[tensor] ?? -1]
  const source = made?.class === 'quantization' ? made.inputs[0] : undefined
  return summary.tensors[source ?? tensor]?.dtype ?? null
}

function integerBits(dtype: DType | null): number | null {
  return dtype !== null && dtypes[dtype].kind === 'integer' ? dtypes[dtype].bits : null
}
