/**
 * Bytes of tensors and constants in the precision that executes them (docs/method/work.md, WORK-1).
 *
 * Floating-point operands are re-typed; integers, booleans and indices keep the width of the file, so a quantized
 * file stays as small as it is.
 */
import { dtypeBytes, dtypes } from '../graph/dtype.ts'
import { type PrecisionId, type PrecisionTraits, precisions } from '../graph/precision.ts'
import type {
  ConstantSummary,
  Gemm,
  GraphSummary,
  OperatorClass,
  OperatorSummary,
  TensorSummary,
} from '../graph/summary.ts'
import { bytesFromBits } from '../quantities.ts'

export function elementCount(shape: readonly number[]): number {
  let elements = 1
  for (const dim of shape) elements *= dim
  return elements
}

export function tensorBytes(tensor: TensorSummary, precision: PrecisionId): number {
  const elements = elementCount(tensor.shape)
  if (dtypes[tensor.dtype].kind !== 'float') return dtypeBytes(tensor.dtype, elements)
  return bytesFromBits(precisions[precision].activationBits * elements)
}

/** `weight`: multiplied; `bias`: added to the accumulator; `parameter`: anything else beside activations. */
export type ConstantRole = 'weight' | 'bias' | 'parameter'

/** Classes whose largest constant is the weight matrix. */
const weighted: ReadonlySet<OperatorClass> = new Set([
  'convolution',
  'depthwise-convolution',
  'transposed-convolution',
  'fully-connected',
  'matmul',
  'attention',
  'recurrent',
  'gather',
])

/** Elements of the largest constant of an operator. */
export function largestConstant({ constants }: OperatorSummary, summary: GraphSummary): number {
  return constants.reduce((largest, index) => Math.max(largest, summary.constants[index]?.elements ?? 0), 0)
}

/** `elements` of a constant, and of the `largest` of its operator. */
export function constantRole(
  { class: operatorClass, gemm }: Pick<OperatorSummary, 'class' | 'gemm'>,
  elements: number,
  largest: number,
): ConstantRole {
  if (!weighted.has(operatorClass)) return 'parameter'
  const isMatrix =
    elements === largest ||
    (isExperts(operatorClass, gemm) && isExpertMatrix(elements, largest)) ||
    (operatorClass === 'recurrent' && isCellMatrix(elements, largest, gemm))
  return isMatrix ? 'weight' : 'bias'
}

function isExperts(operatorClass: OperatorClass, gemm: Gemm | null): boolean {
  return operatorClass === 'fully-connected' && gemm !== null && gemm.repeat > 1
}

/**
 * A cell has a matrix for its input and one for its state, of sizes that may differ much, perhaps one for each gate. Biases
 * have at most two elements for each gate, hidden unit and direction.
 */
function isCellMatrix(elements: number, largest: number, gemm: Gemm | null): boolean {
  return 16 * elements >= largest || (gemm !== null && elements > 4 * gemm.n)
}

/** An expert has several matrices, none of them much smaller than the largest; a bias is. */
export function isExpertMatrix(elements: number, largest: number): boolean {
  return 4 * elements >= largest
}

/** Integer arithmetic accumulates, and so adds its bias, in 32 bits. */
const accumulatorBits = 32

function constantBits(role: ConstantRole, traits: PrecisionTraits): number {
  if (role === 'weight') return traits.weightBits
  if (role === 'parameter') return traits.activationBits
  return traits.arithmetic === 'int8' || traits.arithmetic === 'int4' ? accumulatorBits : traits.activationBits
}

export function constantBytes(constant: ConstantSummary, role: ConstantRole, precision: PrecisionId): number {
  if (dtypes[constant.dtype].kind !== 'float') return dtypeBytes(constant.dtype, constant.elements)
  return bytesFromBits(constantBits(role, precisions[precision]) * constant.elements)
}
