/**
 * GraphSummary: a network in its canonical form, all that costing needs and all that may leave the machine. No weight
 * values, no file bytes.
 *
 * Shapes are static (every symbol bound). Everything after this point (precision, fusion, placement, simulation)
 * reads a summary, so a published report recomputes to the same bytes as the file it came from.
 */
import type { DType } from './dtype.ts'
import type { Sparsity } from './graph.ts'

/** What kind of work an operator does; the row of every efficiency, support and fusion table. */
export const operatorClasses = [
  'convolution',
  'depthwise-convolution',
  'transposed-convolution',
  'fully-connected', // activation × constant
  'matmul', // activation × activation
  'attention', // fused scaled-dot-product attention operators
  'recurrent',
  'elementwise',
  'activation',
  'normalization',
  'softmax',
  'pooling',
  'reduction',
  'resize',
  'layout', // moves bytes: transpose, concat, slice, pad
  'view', // moves nothing: reshape, squeeze, flatten
  'gather',
  'quantization',
  'control-flow',
  'detection', // NMS, RoiAlign, TopK: data-dependent work
  'classical', // ai.onnx.ml
  'unknown',
] as const

export type OperatorClass = (typeof operatorClasses)[number]

/** GEMM view, repeated `repeat` times: [m, k] × [k, n]. MACs = repeat · m · n · k unless the operator says otherwise. */
export interface Gemm {
  readonly m: number
  readonly n: number
  readonly k: number
  readonly repeat: number
}

/** Sliding window of a convolution or pooling, spatial axes in order. */
export interface Window {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  readonly groups: number
  readonly inputChannels: number
  readonly outputChannels: number
}

export type TensorRole = 'input' | 'output' | 'activation'

export interface TensorSummary {
  readonly role: TensorRole
  readonly dtype: DType
  readonly shape: readonly number[]
}

export interface ConstantSummary {
  readonly dtype: DType
  readonly elements: number
  /** Absent = not known to be sparse. */
  readonly sparsity?: Sparsity
}

export interface OperatorSummary {
  /** Node name in the file; shown to people, excluded from the model id. */
  readonly name: string
  /** Registry key. */
  readonly op: string
  /** Operator names in the file: its own, and those of what was joined into it. Excluded from the model id. */
  readonly origins: readonly string[]
  readonly class: OperatorClass
  /** Indices into `tensors`; absent optional inputs and constants are left out. */
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** Indices into `constants`. */
  readonly constants: readonly number[]
  /** `null` = not known, never 0. */
  readonly macs: number | null
  /** Element operations on vector units (adds, exponentials, comparisons); `null` = not known. */
  readonly vectorOps: number | null
  readonly gemm: Gemm | null
  readonly window: Window | null
}

export interface GraphSummary {
  readonly version: 2
  /** For people; excluded from the model id. */
  readonly name: string
  /** Items per inference for which the shapes hold. */
  readonly batch: number
  readonly tensors: readonly TensorSummary[]
  readonly constants: readonly ConstantSummary[]
  /** In execution order. */
  readonly operators: readonly OperatorSummary[]
}
