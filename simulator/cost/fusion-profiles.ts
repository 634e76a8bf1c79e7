/**
 * Which operators a runtime merges into one kernel, as data (docs/method/work.md, WORK-2).
 *
 * The four profiles are the coarse behaviours that separate runtimes; a runtime names one in `hardware/runtimes.ts`.
 * Sources: TFLite fused activation functions (schema.fbs, ActivationFunctionType); ONNX Runtime graph optimizations
 * (ConvActivationFusion, ConvAddActivationFusion, GemmActivationFusion); TensorRT developer guide, "Types of fusions".
 */

export const fusionProfileIds = ['eager', 'interpreter', 'graph', 'compiler'] as const
export type FusionProfileId = (typeof fusionProfileIds)[number]

export interface FusionProfile {
  readonly id: FusionProfileId
  /** Batch normalisation folds into the weights before it. */
  readonly foldBatchNorm: boolean
  /** Activations that a convolution or matrix product absorbs. */
  readonly activations: 'none' | 'clamps' | 'all'
  /** An element operation with a constant (bias, scale) is absorbed. */
  readonly pointwise: boolean
  /** An element operation with a second activation (residual add) is absorbed. */
  readonly residual: boolean
  /** Element operations form kernels of their own. */
  readonly chains: boolean
  /** A value that is read elsewhere too does not stop fusion; it is written as well. */
  readonly fanOut: boolean
  /** Zero padding becomes the padding of the window after it. */
  readonly foldPad: boolean
  /** Producers write straight into the concatenated tensor. */
  readonly concatInPlace: boolean
}

export const fusionProfiles: Readonly<Record<FusionProfileId, FusionProfile>> = {
  eager: {
    id: 'eager',
    foldBatchNorm: false,
    activations: 'none',
    pointwise: false,
    residual: false,
    chains: false,
    fanOut: false,
    foldPad: false,
    concatInPlace: false,
  },
  interpreter: {
    id: 'interpreter',
    foldBatchNorm: true,
    activations: 'clamps',
    pointwise: true,
    residual: false,
    chains: false,
    fanOut: false,
    foldPad: true,
    concatInPlace: false,
  },
  graph: {
    id: 'graph',
    foldBatchNorm: true,
    activations: 'all',
    pointwise: true,
    residual: true,
    chains: false,
    fanOut: false,
    foldPad: true,
    concatInPlace: false,
  },
  compiler: {
    id: 'compiler',
    foldBatchNorm: true,
    activations: 'all',
    pointwise: true,
    residual: true,
    chains: true,
    fanOut: true,
    foldPad: true,
    concatInPlace: true,
  },
}

/** Activations that clamp: part of a kernel's output stage on every runtime that fuses at all. */
export const clampOperators: ReadonlySet<string> = new Set([
  'Relu',
  'Clip',
  'tflite.RELU',
  'tflite.RELU6',
  'tflite.RELU_N1_TO_1',
  'tflite.RELU_0_TO_1',
])
export const batchNormOperators: ReadonlySet<string> = new Set(['BatchNormalization'])
export const padOperators: ReadonlySet<string> = new Set(['Pad', 'tflite.PAD', 'tflite.PADV2'])
export const concatOperators: ReadonlySet<string> = new Set(['Concat', 'tflite.CONCATENATION'])
