/** `Constant` nodes as constants of the graph, so that both spellings of a file are one to a transform. */
import type { Constant, Graph, Node } from '../../graph/graph.ts'

export function hoistConstants(graph: Graph): Graph {
  const constants = new Map(graph.constants)
  const nodes = graph.nodes.filter((node) => {
    const tensor = tensorOf(node)
    const [output] = node.outputs
    if (tensor === null || output == null || graph.outputs.includes(output)) return true
    constants.set(output, { ...tensor, name: output })
    return false
  })
  return nodes.length === graph.nodes.length ? graph : { ...graph, nodes, constants }
}

function tensorOf(node: Node): Constant | null {
  const value = node.attributes.value
  const isTensor = typeof value === 'object' && 'kind' in value && value.kind === 'tensor'
  return node.op === 'Constant' && node.domain === '' && isTensor ? value.tensor : null
}
