/** The rules that carry channels through operators, by the name that the registry has them under. */
import { type Node, operatorKey } from '../../graph/graph.ts'
import type { PruneRule } from '../../graph/operator-entry.ts'
import { factsOf } from '../../graph/operators.ts'
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

const rules: Readonly<Record<PruneRule, Rule>> = {
  'channel-norm': channelNorm,
  concat,
  convolution,
  'depth-to-space': depthToSpace,
  elementwise,
  expand,
  gather,
  gemm,
  'group-norm': groupNorm,
  'layer-norm': layerNorm,
  matmul,
  pad,
  pooling,
  quantization,
  reduction,
  resize,
  sizes: ignored,
  slice,
  softmax,
  'space-to-depth': spaceToDepth,
  split,
  transpose,
  'transposed-convolution': transposedConvolution,
  unchanged,
  view,
}

export function traceNode(t: Trace, node: Node): void {
  const rule = ruleOf(t, operatorKey(node))
  t.follow(node, rule === null ? t.block(node) : rules[rule](t, node))
}

/** The rules read operands as the registry's operators take them; what a format has otherwise blocks channels. */
function ruleOf({ graph }: Trace, key: string): PruneRule | null {
  const lowered = graph.dialect?.operators.get(key)
  return lowered === undefined ? factsOf(key).prune : (lowered.pruneAs ?? null)
}
