/**
 * How runtimes fuse, each rule with where it is stated: four behaviours in the order of how much they fuse, each with the
 * rules of the one before. The calibrated times rest on them.
 */
import { type FusionProfile, type FusionRule, unfused } from '../../simulator/cost/fusion-profiles.ts'

const tflite = 'tensorflow/tensorflow tensorflow/compiler/mlir/lite/schema/schema.fbs ActivationFunctionType'
const tfliteConverter = 'tensorflow/tensorflow tensorflow/compiler/mlir/lite/transforms/optimize.cc'
const ort = 'onnxruntime.ai/docs/performance/model-optimizations/graph-optimizations.html'
const tensorrt = 'NVIDIA TensorRT developer guide, "Types of Fusions"'
const xla = 'openxla/xla xla/service/instruction_fusion.h; openxla.org/xla/gpu_architecture, "Fusion"'

const clamped: readonly FusionRule[] = [
  { anchors: ['product'], absorbs: ['batch-norm', 'constant-operand'], source: tfliteConverter },
  { anchors: ['product'], absorbs: ['clamp'], source: tflite },
]
const activated: readonly FusionRule[] = [
  ...clamped,
  { anchors: ['product'], absorbs: ['activation', 'second-operand'], source: `${ort}, Conv Add Activation Fusion` },
]
const elements: FusionRule['absorbs'] = ['batch-norm', 'clamp', 'activation', 'constant-operand', 'second-operand']
const chained: readonly FusionRule[] = [
  ...activated,
  { anchors: ['pointwise'], absorbs: elements, source: `${tensorrt}, PointWise Fusion` },
]

export const fusionProfileIds = ['eager', 'interpreter', 'graph', 'compiler'] as const
export type FusionProfileId = (typeof fusionProfileIds)[number]

export const fusionProfiles: Readonly<Record<FusionProfileId, FusionProfile>> = {
  eager: unfused,
  interpreter: { id: 'interpreter', rules: clamped, fanOut: null, concatInPlace: null },
  graph: { id: 'graph', rules: activated, fanOut: null, concatInPlace: null },
  compiler: {
    id: 'compiler',
    rules: chained,
    fanOut: xla,
    concatInPlace: 'NVIDIA TensorRT developer guide, concatenation elimination',
  },
}
