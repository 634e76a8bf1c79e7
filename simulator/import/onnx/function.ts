/** FunctionProto → LocalFunction, and what the calls among functions may cost. */
import {
  type Attribute,
  type Graph,
  type LocalFunction,
  type Node,
  operatorKey,
  type Value,
} from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { maxNodes } from '../limits.ts'
import { depthFirstOrder, refuseDangling, tooManyNodes, type UnlinkedNode } from '../link.ts'
import type { WireReader } from '../wire.ts'
import { readAttribute } from './attribute.ts'
import { functionFields, opsetFields } from './fields.ts'
import { assembleGraph, readGraph, readNodeAt, type Scope } from './graph.ts'
import { canonicalDomain, NodeNames, overloaded } from './node.ts'
import type { Tally } from './tally.ts'
import { readValueInfo } from './value.ts'

/** Reads the message that is the current value of `wire`. Throws any code of the section "model files". */
export function readFunction(wire: WireReader, tally: Tally): { readonly key: string; readonly value: LocalFunction } {
  const scope: Scope = { wire, tally, opsets: {} }
  const start = wire.valueStart
  const inputs: string[] = []
  const outputs: string[] = []
  const declared: Value[] = []
  const nodes: UnlinkedNode[] = []
  const names = new NodeNames()
  const defaults: [string, Attribute][] = []
  let name = ''
  let domain = ''
  let overload = ''
  wire.message(() => {
    switch (wire.field) {
      case functionFields.name:
        name = wire.text()
        break
      case functionFields.domain:
        domain = canonicalDomain(wire.text())
        break
      case functionFields.overload:
        overload = wire.text()
        break
      case functionFields.input:
        inputs.push(wire.text())
        break
      case functionFields.output:
        outputs.push(wire.text())
        break
      case functionFields.valueInfo:
        declared.push(readValueInfo(wire))
        break
      case functionFields.opsetImport:
        readOpset(wire, scope.opsets)
        break
      case functionFields.node:
        nodes.push(readNodeAt(scope, names, 1))
        break
      case functionFields.attributeProto: {
        const attribute = readAttribute(wire, () => readDefaultGraph(scope))
        if (attribute.value !== null) defaults.push([attribute.name, attribute.value])
        break
      }
    }
  })
  if (name === '') throw wire.malformed(start, 'a local function with a name')
  const parts = { name, opsets: scope.opsets, inputs, outputs, declared, nodes, constants: new Map() }
  const { graph, captured } = assembleGraph(parts)
  refuseDangling(captured)
  const key = operatorKey({ domain, op: overloaded(name, overload) })
  return { key, value: { defaults: Object.fromEntries(defaults), body: graph } }
}

function readDefaultGraph(scope: Scope): Graph {
  const { graph, captured } = readGraph(scope, 2)
  refuseDangling(captured)
  return graph
}

/** OperatorSetIdProto into `opsets`. */
export function readOpset(wire: WireReader, opsets: Record<string, number>): void {
  let domain = ''
  let version = 0
  wire.message(() => {
    if (wire.field === opsetFields.domain) domain = canonicalDomain(wire.text())
    else if (wire.field === opsetFields.version) version = wire.int64()
  })
  opsets[domain] = version
}

/**
 * Local functions that call each other can double the graph at every level. Refuses what would not end or would be more
 * than `maxNodes` with every call expanded: `cyclic-graph`, `too-many-nodes`.
 */
export function checkCalls(graph: Graph, functions: ReadonlyMap<string, LocalFunction>): void {
  const keys = [...functions.keys()]
  const indexOf = new Map(keys.map((key, index) => [key, index]))
  const bodies = [...functions.values()].map(({ body }) => [...allNodes(body)])
  const calls = bodies.map((nodes) => nodes.flatMap((node) => indexOf.get(operatorKey(node)) ?? []))
  const order = depthFirstOrder(calls, (index) => {
    throw fail('cyclic-graph', 'Remove the recursion; local functions of ONNX cannot call themselves.', {
      where: keys[index] ?? '',
      expected: 'a function that does not call itself',
    })
  })
  const expanded: number[] = []
  const countExpanded = (nodes: Iterable<Node>, where: string): number => {
    let count = 0
    for (const node of nodes) {
      const callee = indexOf.get(operatorKey(node))
      count += callee === undefined ? 1 : (expanded[callee] ?? 0)
    }
    if (count > maxNodes) throw tooManyNodes(where)
    return count
  }
  for (const index of order) expanded[index] = countExpanded(bodies[index] ?? [], keys[index] ?? '')
  countExpanded(allNodes(graph), `graph ${graph.name}`)
}

/** Nodes of a graph and of the graphs in their attributes. */
function* allNodes(graph: Graph): Generator<Node> {
  for (const node of graph.nodes) {
    yield node
    for (const attribute of Object.values(node.attributes)) {
      if (typeof attribute !== 'object' || !('kind' in attribute)) continue
      if (attribute.kind === 'graph') yield* allNodes(attribute.graph)
      else if (attribute.kind === 'graphs') for (const inner of attribute.graphs) yield* allNodes(inner)
    }
  }
}
