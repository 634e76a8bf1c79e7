/** Values that nested graphs (branches, loop bodies) read by name: a transform must leave them their names and types. */
import type { Graph, Node } from '../graph/graph.ts'
import { graphsIn } from '../graph/nested-graphs.ts'

/** Names read inside the graphs of the node, whoever defines them. */
export function capturedBy({ attributes }: Pick<Node, 'attributes'>): string[] {
  return Object.values(attributes).flatMap(graphsIn).flatMap(readIn)
}

function readIn({ nodes, outputs }: Graph): string[] {
  return [...outputs, ...nodes.flatMap((node) => [...node.inputs.flatMap((name) => name ?? []), ...capturedBy(node)])]
}
