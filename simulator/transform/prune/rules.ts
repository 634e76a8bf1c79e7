/** Which rule carries channels through which operator; what has none blocks them. */
import { type Node, operatorKey } from '../../graph/graph.ts'
import { operatorIn } from '../../graph/operators.ts'
import type { OperatorClass } from '../../graph/summary.ts'
import {
  channelNorm,
  elementwise,
  groupNorm,
  layerNorm,
  pooling,
  quantization,
  reduction,
  softmax,
  unchanged,
} from './elementwise-rules.ts'
import {
  concat,
  depthToSpace,
  expand,
  gather,
  pad,
  resize,
  slice,
  spaceToDepth,
  split,
  transpose,
  view,
} from './layout-rules.ts'
import { convolution, gemm, matmul, transposedConvolution } from './product-rules.ts'
import type { Followed, Trace } from './trace.ts'

type Rule = (t: Trace, node: Node) => Followed

/** Reads sizes alone, which inference computes anew. */
const ignored: Rule = () => null

const byOperator: Readonly<Record<string, Rule>> = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  Gemm: gemm,
  MatMul: matmul,
  BatchNormalization: channelNorm,
  InstanceNormalization: channelNorm,
  GroupNormalization: groupNorm,
  LayerNormalization: layerNorm,
  SimplifiedLayerNormalization: layerNorm,
  RMSNormalization: layerNorm,
  LRN: unchanged,
  LpNormalization: unchanged,
  Softmax: softmax,
  LogSoftmax: softmax,
  MaxPool: pooling,
  AveragePool: pooling,
  LpPool: pooling,
  GlobalAveragePool: pooling,
  GlobalMaxPool: pooling,
  Transpose: transpose,
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  Expand: expand,
  Pad: pad,
  Resize: resize,
  Upsample: resize,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  QuantizeLinear: quantization,
  DequantizeLinear: quantization,
  Identity: unchanged,
  Dropout: unchanged,
  Reshape: view,
  Flatten: view,
  Squeeze: view,
  Unsqueeze: view,
  Shape: ignored,
  Size: ignored,
}

const byClass: Partial<Record<OperatorClass, Rule>> = { elementwise, activation: elementwise }

export function traceNode(t: Trace, node: Node): void {
  const key = operatorKey(node)
  const operator = operatorIn(t.graph, key)
  const found = byOperator[key] ?? (key.startsWith('Reduce') ? reduction : classRule(operator?.class))
  t.follow(node, found === undefined ? t.block(node) : found(t, node))
}

function classRule(found: OperatorClass | ((...args: never) => OperatorClass) | undefined): Rule | undefined {
  return typeof found === 'string' ? byClass[found] : undefined
}
