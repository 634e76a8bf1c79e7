/** Subgraph tables → graphs: tensors by index become values by name, subgraphs by index become graphs in attributes. */
import type { Attribute, Constant, Dim, Graph, Node, Value } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { type FlatBuffer, malformed, Table } from '../flatbuffer.ts'
import { maxGraphDepth, maxNodes } from '../limits.ts'
import { linkNodes, tooManyNodes } from '../link.ts'
import type { TfliteBuffers } from './buffers.ts'
import { subgraphSlots } from './fields.ts'
import { type OperatorCode, readNode, type TfliteNode } from './node.ts'
import { readTensor, type TfliteTensor } from './tensor.ts'

export interface Subgraph {
  readonly name: string
  readonly tensors: readonly TfliteTensor[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  readonly nodes: readonly TfliteNode[]
}

interface FileParts {
  readonly file: FlatBuffer
  readonly buffers: TfliteBuffers
  readonly codes: readonly OperatorCode[]
}

/** Reads the subgraph at `at`; `nodesBefore`: nodes of the subgraphs read before, for the limit. */
export async function readSubgraph(parts: FileParts, at: number, nodesBefore: number): Promise<Subgraph> {
  const { file, buffers, codes } = parts
  const { pages } = file
  const lists = await pages.run(() => {
    const table = new Table(file, at)
    return {
      name: table.text(subgraphSlots.name) ?? '',
      tensorsAt: table.tables(subgraphSlots.tensors),
      inputs: table.ints(subgraphSlots.inputs),
      outputs: table.ints(subgraphSlots.outputs),
      nodesAt: table.tables(subgraphSlots.operators),
    }
  })
  if (nodesBefore + lists.nodesAt.length > maxNodes) throw tooManyNodes(`byte ${at}`)
  const names = new Set<string>()
  const tensors: TfliteTensor[] = []
  for (const [index, tensorAt] of lists.tensorsAt.entries()) {
    const tensor = await pages.run(() => readTensor(file, tensorAt, buffers, `tensor_${index}`))
    tensors.push(withOwnName(tensor, index, names))
  }
  const nodes: TfliteNode[] = []
  for (const nodeAt of lists.nodesAt) nodes.push(await pages.run(() => readNode(file, nodeAt, codes)))
  const isTensor = (index: number) => index >= 0 && index < tensors.length
  for (const index of [...lists.inputs, ...lists.outputs])
    if (!isTensor(index)) throw noTensor(at, index, tensors.length)
  for (const [position, { inputs, outputs }] of nodes.entries()) {
    for (const index of [...inputs, ...outputs]) {
      if (index !== absent && !isTensor(index)) throw noTensor(lists.nodesAt[position] ?? at, index, tensors.length)
    }
  }
  return { name: lists.name, tensors, inputs: lists.inputs, outputs: lists.outputs, nodes }
}

const absent = -1

function noTensor(at: number, index: number, count: number) {
  return malformed(at, `one of ${count} tensors`, `number ${index}`)
}

/** Files identify tensors by index, so names may repeat; here they identify values. */
function withOwnName(tensor: TfliteTensor, index: number, taken: Set<string>): TfliteTensor {
  let name = tensor.name
  while (taken.has(name)) name = `${name}_${index}`
  taken.add(name)
  if (name === tensor.name) return tensor
  return { ...tensor, name, constant: tensor.constant === null ? null : { ...tensor.constant, name } }
}

/** Makes graphs out of subgraphs, each once, however many nodes run it. */
export class GraphAssembler {
  readonly #subgraphs: readonly Subgraph[]
  readonly #done = new Map<number, { readonly graph: Graph; readonly expandedNodes: number; readonly depth: number }>()
  readonly #open = new Set<number>()

  constructor(subgraphs: readonly Subgraph[]) {
    this.#subgraphs = subgraphs
  }

  /** Whether a graph has been made out of the subgraph, by itself or for a node. */
  isReached(index: number): boolean {
    return this.#done.has(index)
  }

  /**
   * Throws `cyclic-graph` for a subgraph that runs itself, `too-deep` and `too-many-nodes` where running every node's
   * subgraphs in its place passes the limits, `duplicate-value` for a tensor that two nodes write.
   */
  graph(index: number): Graph {
    return this.#assemble(index).graph
  }

  #assemble(index: number) {
    const known = this.#done.get(index)
    if (known !== undefined) return known
    const subgraph = this.#subgraphs[index]
    const where = subgraph?.name || `subgraph ${index}`
    if (subgraph === undefined) {
      throw fail('malformed', 'Export the model again; it refers to a subgraph that it does not have.', {
        where,
        expected: `one of ${this.#subgraphs.length} subgraphs`,
      })
    }
    if (this.#open.has(index)) {
      throw fail('cyclic-graph', 'Remove the recursion; loops belong in WHILE.', {
        where,
        expected: 'a subgraph that does not run itself',
      })
    }
    if (this.#open.size >= maxGraphDepth) {
      throw fail('too-deep', 'Flatten the nested graphs of the model.', {
        where,
        expected: `at most ${maxGraphDepth} nested graphs`,
      })
    }
    this.#open.add(index)
    let expandedNodes = subgraph.nodes.length
    let depth = 1
    const nested = (inner: number): Graph => {
      const part = this.#assemble(inner)
      expandedNodes += part.expandedNodes
      depth = Math.max(depth, part.depth + 1)
      return part.graph
    }
    const attributes = subgraph.nodes.map(({ attributes: own, graphs }): Readonly<Record<string, Attribute>> => {
      if (graphs === null) return own
      const inner = Object.entries(graphs).map(([name, indices]): [string, Attribute] => [
        name,
        typeof indices === 'number'
          ? { kind: 'graph', graph: nested(indices) }
          : { kind: 'graphs', graphs: indices.map(nested) },
      ])
      return { ...own, ...Object.fromEntries(inner) }
    })
    if (expandedNodes > maxNodes) throw tooManyNodes(where)
    if (this.#open.size + depth - 1 > maxGraphDepth) {
      throw fail('too-deep', 'Flatten the nested graphs of the model.', { where })
    }
    this.#open.delete(index)
    const done = { graph: assemble(subgraph, where, attributes), expandedNodes, depth }
    this.#done.set(index, done)
    return done
  }
}

function assemble(
  { tensors, inputs: inputIndices, outputs: outputIndices, nodes: described }: Subgraph,
  name: string,
  attributes: readonly Readonly<Record<string, Attribute>>[],
): Graph {
  const nameOf = (index: number) => tensors[index]?.name ?? ''
  const nodes = described.map(
    ({ code, inputs, outputs }, position): Node => ({
      name: `${code.op}_${position}`,
      domain: code.domain,
      op: code.op,
      inputs: inputs.map((index) => (index === absent ? null : nameOf(index))),
      outputs: outputs.map((index) => (index === absent ? null : nameOf(index))),
      attributes: attributes[position] ?? {},
    }),
  )
  const written = new Set(nodes.flatMap(({ outputs }) => outputs))
  const constants = constantsOf(tensors, new Set([...written, ...inputIndices.map(nameOf)]))
  const inputs = [...new Set(inputIndices.map(nameOf))].filter((input) => !constants.has(input))
  const outputs = outputIndices.map(nameOf)
  const fed = new Set(inputs)
  const given = { has: (value: string) => constants.has(value) || fed.has(value) }
  const linked = linkNodes(
    nodes.map((node) => ({ node, captured: nothingCaptured })),
    given,
    outputs,
  )
  const { defaultSizes, shapes } = inputShapes(inputIndices.flatMap((index) => tensors[index] ?? []))
  const values = new Map<string, Value>()
  for (const { name: tensor, dtype, shape } of tensors) {
    if (!constants.has(tensor)) values.set(tensor, { name: tensor, dtype, shape: shapes.get(tensor) ?? shape })
  }
  const states = [...linked.captured.keys()]
  return {
    name,
    opsets: {},
    inputs,
    outputs,
    nodes: linked.nodes,
    values,
    constants,
    ...(states.length === 0 ? {} : { states }),
    ...(Object.keys(defaultSizes).length === 0 ? {} : { defaultSizes }),
  }
}

const nothingCaptured: ReadonlyMap<string, string> = new Map()

/** Tensors with content, and those without elements that nothing else defines. */
function constantsOf(tensors: readonly TfliteTensor[], defined: ReadonlySet<string | null>): Map<string, Constant> {
  const constants = new Map<string, Constant>()
  for (const { name, dtype, dims, constant } of tensors) {
    if (constant !== null) constants.set(name, constant)
    else if (dtype !== null && dims.includes(0) && dims.every((dim) => dim >= 0) && !defined.has(name)) {
      constants.set(name, { name, dtype, dims, elements: [], external: null })
    }
  }
  return constants
}

const batch = 'batch'

/**
 * Open sizes of inputs become symbols: `batch` for the first of several axes, else the input and its axis. What the file
 * allocates before anything is resized is their default.
 */
function inputShapes(inputs: readonly TfliteTensor[]) {
  const shapes = new Map<string, readonly Dim[]>()
  const defaultSizes: Record<string, number> = {}
  for (const { name, dims, shape } of inputs) {
    if (shape === null) {
      // The interpreter takes an input without sizes for a scalar.
      shapes.set(name, [])
      continue
    }
    const symbols = shape.map((dim, axis): Dim => {
      if (dim !== null) return dim
      const size = dims[axis] ?? 0
      const isBatch = axis === 0 && shape.length > 1 && (defaultSizes[batch] ?? size) === size
      const symbol = isBatch ? batch : `${name}[${axis}]`
      if (size > 0) defaultSizes[symbol] = size
      return symbol
    })
    shapes.set(name, symbols)
  }
  return { shapes, defaultSizes }
}
