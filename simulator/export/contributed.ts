/**
 * Operators of the registry that ai.onnx has not, or not where runtimes execute them, as ONNX Runtime contributes them.
 * Graphs that were read from a file name them as that file does.
 */
import type { Graph, Node } from '../graph/graph.ts'

const domain = 'com.microsoft'
const version = 1

const contributed: ReadonlyMap<string, string> = new Map([
  ['CausalConvWithState', 'CausalConvWithState'],
  ['GroupQueryAttention', 'GroupQueryAttention'],
  ['LinearAttention', 'LinearAttention'],
  ['MixtureOfExperts', 'MoE'],
])

export function asContributed(node: Node): Node {
  const op = node.domain === '' ? contributed.get(node.op) : undefined
  return op === undefined ? node : { ...node, domain, op }
}

/** Operator sets that the nodes to be written refer to. */
export function opsetsOf({ opsets }: Graph, nodes: readonly Node[]): Readonly<Record<string, number>> {
  return nodes.some((node) => node.domain === domain) ? { ...opsets, [domain]: opsets[domain] ?? version } : opsets
}
