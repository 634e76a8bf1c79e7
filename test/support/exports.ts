/** The ways in which exporters write one network differently, as changes to its graph. */
import type { Constant, Graph, Node } from '../../simulator/graph/graph.ts'
import { makeRandom, sampleInteger } from '../../simulator/random.ts'

/** Every value and node under another name. */
export function renamed(graph: Graph): Graph {
  const names = new Map<string, string>()
  const nameOf = (name: string): string => {
    const known = names.get(name) ?? `v${names.size}`
    names.set(name, known)
    return known
  }
  const all = (list: readonly (string | null)[]) => list.map((name) => name && nameOf(name))
  return {
    ...graph,
    inputs: graph.inputs.map(nameOf),
    outputs: graph.outputs.map(nameOf),
    nodes: graph.nodes.map((node, index) => ({
      ...node,
      name: `n${index}`,
      inputs: all(node.inputs),
      outputs: all(node.outputs),
    })),
    values: new Map([...graph.values].map(([name, value]) => [nameOf(name), { ...value, name: nameOf(name) }])),
    constants: new Map([...graph.constants].map(([name, value]) => [nameOf(name), { ...value, name: nameOf(name) }])),
  }
}

/** The nodes in another order that is topological as well. */
export function reordered(graph: Graph, seed: number): Graph {
  const random = makeRandom(seed)
  const producer = new Map<string, Node>()
  for (const node of graph.nodes) for (const output of node.outputs) if (output !== null) producer.set(output, node)
  const waiting = new Map(
    graph.nodes.map((node) => [node, new Set(node.inputs.flatMap((name) => producer.get(name ?? '') ?? []))] as const),
  )
  const readers = new Map<Node, Node[]>()
  for (const [node, needed] of waiting)
    for (const each of needed) readers.set(each, [...(readers.get(each) ?? []), node])
  const ready = graph.nodes.filter((node) => waiting.get(node)?.size === 0)
  const nodes: Node[] = []
  while (ready.length > 0) {
    const [node] = ready.splice(sampleInteger(random, ready.length), 1)
    if (node === undefined) break
    nodes.push(node)
    for (const reader of readers.get(node) ?? []) {
      const needed = waiting.get(reader)
      needed?.delete(node)
      if (needed?.size === 0) ready.push(reader)
    }
  }
  return { ...graph, nodes }
}

/** A batch normalisation of its own after every convolution, whose bias it takes along. */
export function withBatchNorms(graph: Graph): Graph {
  const constants = new Map<string, Constant>(graph.constants)
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const [output = null] = node.outputs
    if (node.op !== 'Conv' || node.inputs.length < 3 || output === null || graph.outputs.includes(output)) return [node]
    const channels = graph.constants.get(node.inputs[1] ?? '')?.dims[0]
    if (channels === undefined) return [node]
    const plain = `${output}.plain`
    const parameters = ['scale', 'shift', 'mean', 'variance'].map((name) => `${output}.${name}`)
    for (const name of parameters) {
      constants.set(name, { name, dtype: 'float32', dims: [channels], elements: null, external: null })
    }
    return [
      { ...node, inputs: node.inputs.slice(0, 2), outputs: [plain] },
      {
        name: `${node.name}.norm`,
        domain: '',
        op: 'BatchNormalization',
        inputs: [plain, ...parameters],
        outputs: [output],
        attributes: {},
      },
    ]
  })
  return { ...graph, nodes, constants }
}

/** Copies and dropout where an export in training mode has them. */
export function withCopies(graph: Graph): Graph {
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const [output = null] = node.outputs
    if (node.op !== 'Relu' || output === null || graph.outputs.includes(output)) return [node]
    const copied = `${output}.copied`
    const kept = `${output}.kept`
    const copy = { domain: '', attributes: {} }
    return [
      { ...node, outputs: [copied] },
      { ...copy, name: `${node.name}.copy`, op: 'Identity', inputs: [copied], outputs: [kept] },
      { ...copy, name: `${node.name}.drop`, op: 'Dropout', inputs: [kept], outputs: [output] },
    ]
  })
  return { ...graph, nodes }
}
