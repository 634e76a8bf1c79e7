/**
 * The rules of every fusion profile, each with where it is stated.
 *
 * `assumed`: no public statement; what compilers for such units do. Graphs in which an activation is spelled out in
 * several operators (GELU by erf, SiLU by a sigmoid and a product) fuse as those operators do.
 */
import type { FusionProfileId, FusionRule, FusionTable } from './fusion-profiles.ts'

const tflite = 'tensorflow/tensorflow tensorflow/compiler/mlir/lite/schema/schema.fbs ActivationFunctionType'
const tfliteConverter = 'tensorflow/tensorflow tensorflow/compiler/mlir/lite/transforms/optimize.cc'
const xnnpack = 'google/XNNPACK src/subgraph.c xnn_subgraph_fusion'
const ort = 'onnxruntime.ai/docs/performance/model-optimizations/graph-optimizations.html'
const tensorrt = 'NVIDIA TensorRT developer guide, "Types of Fusions"'
const qnn = 'Qualcomm AI Engine Direct SDK, qnn-onnx-converter (batch norm folding, squashing of element operations)'
const tvm = 'arXiv:1802.04799 section 3.1 (injective, reduction, complex-out-fusable, opaque)'
const xla = 'openxla/xla xla/service/instruction_fusion.h; openxla.org/xla/gpu_architecture, "Fusion"'

/** In the order of how much they fuse; each behaviour has the rules of the one before. */
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
const ortActivations = new Set(['Relu', 'Clip', 'Sigmoid', 'Tanh', 'LeakyRelu', 'HardSigmoid'])
const tanh = new Set(['Tanh'])

export const fusionTables: Readonly<Record<FusionProfileId, FusionTable>> = {
  eager: { rules: [], fanOut: null, foldPad: null, concatInPlace: null },
  interpreter: { rules: clamped, fanOut: null, foldPad: xnnpack, concatInPlace: null },
  graph: { rules: activated, fanOut: null, foldPad: `${ort}, Pad Fusion`, concatInPlace: null },
  compiler: {
    rules: chained,
    fanOut: xla,
    foldPad: `${tensorrt}, Padding and Convolution`,
    concatInPlace: 'NVIDIA TensorRT developer guide, concatenation elimination',
  },
  onnxruntime: {
    rules: [
      { anchors: ['product'], absorbs: ['batch-norm'], source: `${ort}, Conv BatchNorm Fusion` },
      {
        anchors: ['product'],
        absorbs: ['constant-operand'],
        source: `${ort}, Conv Add, Conv Mul and MatMul Add Fusion`,
      },
      {
        anchors: ['product'],
        absorbs: ['clamp', 'activation'],
        operators: ortActivations,
        source: `${ort}, Conv Activation and GEMM Activation Fusion`,
      },
      {
        anchors: ['product'],
        absorbs: ['second-operand'],
        operators: new Set(['Add', 'Sum']),
        source: `${ort}, Conv Add Activation Fusion`,
      },
      { anchors: ['pointwise'], absorbs: ['normalization'], source: `${ort}, Skip Layer Normalization Fusion` },
      {
        anchors: ['pointwise'],
        absorbs: ['activation'],
        operators: new Set(['Gelu']),
        source: `${ort}, Bias GELU Fusion`,
      },
    ],
    fanOut: null,
    foldPad: `${ort}, Pad Fusion`,
    concatInPlace: null,
  },
  'tflite-xnnpack': {
    rules: [
      {
        anchors: ['product'],
        absorbs: ['batch-norm', 'constant-operand'],
        source: `${tfliteConverter} FuseMulOrDivWithConv2dOrDepthwiseConv2d, FuseFullyConnectedAndAdd`,
      },
      {
        anchors: ['product', 'pointwise', 'pooling'],
        absorbs: ['clamp'],
        source: `${xnnpack}: clamp into its producer`,
      },
      { anchors: ['product'], absorbs: ['activation'], operators: tanh, source: tflite },
    ],
    fanOut: null,
    foldPad: `${xnnpack}: constant pad into convolution`,
    concatInPlace: null,
  },
  tensorrt: {
    rules: [
      {
        anchors: ['product'],
        absorbs: ['batch-norm', 'constant-operand'],
        source: `${tensorrt}: Convolution and Scale`,
      },
      {
        anchors: ['product'],
        absorbs: ['clamp', 'activation'],
        source: `${tensorrt}: Convolution and ReLU, GELU, Clip, generic activation`,
      },
      { anchors: ['product'], absorbs: ['second-operand'], source: `${tensorrt}: Convolution and ElementWise` },
      { anchors: ['pointwise'], absorbs: elements, source: `${tensorrt}: PointWise Fusion` },
    ],
    fanOut: null,
    foldPad: `${tensorrt}: Padding and Convolution`,
    concatInPlace: 'NVIDIA TensorRT developer guide, concatenation elimination',
  },
  'qnn-htp': {
    rules: [
      { anchors: ['product'], absorbs: ['batch-norm'], source: qnn },
      { anchors: ['product'], absorbs: ['constant-operand'], source: qnn },
      { anchors: ['product', 'pointwise'], absorbs: ['clamp'], source: 'assumed: output stage of the matrix unit' },
      {
        anchors: ['product'],
        absorbs: ['activation', 'second-operand'],
        source: 'assumed: tiles stay in tightly coupled memory',
      },
    ],
    fanOut: null,
    foldPad: 'assumed: padding is an attribute of the window',
    concatInPlace: 'assumed: tiles are placed by the graph compiler',
  },
  tvm: {
    rules: [
      { anchors: ['product'], absorbs: ['batch-norm'], source: 'apache/tvm relay SimplifyInference, FoldScaleAxis' },
      {
        anchors: ['product', 'pooling'],
        absorbs: ['clamp', 'activation', 'constant-operand', 'second-operand'],
        source: `${tvm}: element operations into the output of a complex operator`,
      },
      { anchors: ['pointwise'], absorbs: elements, source: `${tvm}: injective operators into one` },
      { anchors: ['pointwise'], absorbs: ['reduction'], source: `${tvm}: injective operators into a reduction` },
    ],
    fanOut: null,
    foldPad: `${tvm}: padding is injective and inlined`,
    concatInPlace: null,
  },
  xla: {
    rules: [
      {
        anchors: ['product'],
        absorbs: ['batch-norm', 'clamp', 'activation', 'constant-operand', 'second-operand'],
        source: `${xla}: output fusion of dots and convolutions`,
      },
      { anchors: ['pointwise', 'normalization'], absorbs: elements, source: `${xla}: loop fusion` },
      { anchors: ['pointwise'], absorbs: ['reduction', 'normalization'], source: `${xla}: input fusion of reductions` },
    ],
    fanOut: `${xla}: cheap producers are duplicated, several outputs of one fusion`,
    foldPad: 'openxla/xla xla/hlo/transforms/simplifiers/algebraic_simplifier.cc: pad into convolution',
    concatInPlace: null,
  },
}
