/** Graphs inside graphs: bodies of functions, branches and loops. */
import type { Attribute, Graph } from './graph.ts'

/** The graph itself, its functions' bodies and every graph in an attribute, each once. */
export function* allGraphs(graph: Graph): Generator<Graph> {
  const pending = [graph, ...[...(graph.functions?.values() ?? [])].map(({ body }) => body)]
  const seen = new Set<Graph>()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    yield next
    for (const node of next.nodes) {
      for (const attribute of Object.values(node.attributes))
        for (const inner of graphsIn(attribute)) pending.push(inner)
    }
  }
}

export function graphsIn(attribute: Attribute): readonly Graph[] {
  if (typeof attribute !== 'object' || !('kind' in attribute)) return []
  if (attribute.kind === 'graph') return [attribute.graph]
  return attribute.kind === 'graphs' ? attribute.graphs : []
}
