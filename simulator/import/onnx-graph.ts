/**
 * GraphProto, NodeProto and FunctionProto → Graph, Node and LocalFunction.
 *
 * Fields arrive in any order, so a message is collected first and made into its value at its end.
 */
import type { Attribute, Constant, Graph, LocalFunction, Node, Value } from '../graph/graph.ts'
import { operatorKey } from '../graph/graph.ts'
import { fail } from '../problem.ts'
import { maxGraphDepth, maxNodes } from './limits.ts'
import { duplicate, linkNodes, refuseDangling, type UnlinkedNode } from './link.ts'
import { readAttribute } from './onnx-attribute.ts'
import { functionFields, graphFields, nodeFields, opsetFields } from './onnx-fields.ts'
import { readSparseTensor, readTensor, type StoredTensor } from './onnx-tensor.ts'
import { readValueInfo } from './onnx-value.ts'
import type { WireReader } from './wire.ts'

type Opsets = Record<string, number>

/** What is counted over all graphs of a file. */
export interface Tally {
  nodes: number
  /** Initializers and the tensors of Constant nodes. */
  weightBytes: number
  readonly externals: Map<string, { readonly tensor: string; tensors: number }>
  /** First tensor without the payload its dimensions ask for, and how many there are. */
  firstEmptyTensor: string | null
  emptyTensors: number
}

/** Where a graph stands: shared by its subgraphs. */
export interface Scope {
  readonly wire: WireReader
  readonly opsets: Opsets
  readonly tally: Tally
  readonly depth: number
}

interface LooseGraph {
  readonly graph: Graph
  readonly captured: ReadonlyMap<string, string>
}

/** The top-level graph. Throws `dangling-value` and everything `readGraph` does. */
export function readTopGraph(scope: Scope): Graph {
  const { graph, captured } = readGraph(scope)
  refuseDangling(captured)
  return graph
}

function readGraph(scope: Scope): LooseGraph {
  const { wire, depth } = scope
  if (depth > maxGraphDepth) {
    throw fail('too-deep', 'Flatten the nested graphs of the model.', {
      where: `byte ${wire.valueStart}`,
      expected: `at most ${maxGraphDepth} nested graphs`,
    })
  }
  const nodes: UnlinkedNode[] = []
  const constants = new Map<string, Constant>()
  const inputs: Value[] = []
  const outputs: Value[] = []
  const declared: Value[] = []
  let name = ''
  const addConstant = (tensor: StoredTensor) => {
    countTensor(scope.tally, tensor, tensor.constant.name)
    if (constants.has(tensor.constant.name)) throw duplicate(tensor.constant.name, tensor.constant.name)
    constants.set(tensor.constant.name, tensor.constant)
  }
  wire.message(() => {
    switch (wire.field) {
      case graphFields.node:
        nodes.push(readNode(scope))
        break
      case graphFields.name:
        name = wire.text()
        break
      case graphFields.initializer:
        addConstant(readTensor(wire))
        break
      case graphFields.sparseInitializer:
        addConstant(readSparseTensor(wire))
        break
      case graphFields.input:
        inputs.push(readValueInfo(wire))
        break
      case graphFields.output:
        outputs.push(readValueInfo(wire))
        break
      case graphFields.valueInfo:
        declared.push(readValueInfo(wire))
        break
    }
  })
  const fed = inputs.filter((input) => !constants.has(input.name))
  return assemble({
    name,
    opsets: scope.opsets,
    inputs: fed.map((input) => input.name),
    outputs: outputs.map((output) => output.name),
    declared: [...declared, ...outputs, ...fed],
    unlinked: nodes,
    constants,
  })
}

interface GraphParts {
  readonly name: string
  readonly opsets: Opsets
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Later declarations of a value win. */
  readonly declared: readonly Value[]
  readonly unlinked: readonly UnlinkedNode[]
  readonly constants: Map<string, Constant>
}

function assemble({ name, opsets, inputs, outputs, declared, unlinked, constants }: GraphParts): LooseGraph {
  const given = new Set(inputs)
  for (const input of inputs) if (!given.delete(input)) throw duplicate(input, `input ${input}`)
  for (const input of inputs) given.add(input)
  for (const constant of constants.keys()) given.add(constant)
  const named = nameNodes(unlinked)
  const { nodes, captured } = linkNodes(named, given, outputs)

  const values = new Map<string, Value>()
  const define = (value: string) => {
    if (!values.has(value)) values.set(value, { name: value, dtype: null, shape: null })
  }
  for (const input of inputs) define(input)
  for (const node of nodes) for (const output of node.outputs) if (output !== null) define(output)
  for (const value of declared) if (values.has(value.name)) values.set(value.name, value)
  return { graph: { name, opsets, inputs, outputs, nodes, values, constants }, captured }
}

/** Gives every node a name of its own: the file's where it is unique, else with the position. */
function nameNodes(unlinked: readonly UnlinkedNode[]): UnlinkedNode[] {
  const taken = new Set<string>()
  return unlinked.map(({ node, captured }, position) => {
    let name = node.name === '' ? `${node.op}_${position}` : node.name
    while (taken.has(name)) name = `${name}_${position}`
    taken.add(name)
    return { node: name === node.name ? node : { ...node, name }, captured }
  })
}

function readNode(scope: Scope): UnlinkedNode {
  const { wire, tally } = scope
  const start = wire.valueStart
  tally.nodes += 1
  if (tally.nodes > maxNodes) throw tooManyNodes(`byte ${start}`)
  const inputs: (string | null)[] = []
  const outputs: (string | null)[] = []
  const attributes: [string, Attribute][] = []
  const captured = new Map<string, string>()
  const tensors: StoredTensor[] = []
  let name = ''
  let op = ''
  let domain = ''
  let overload = ''
  wire.message(() => {
    switch (wire.field) {
      case nodeFields.input:
        inputs.push(wire.text() || null)
        break
      case nodeFields.output:
        outputs.push(wire.text() || null)
        break
      case nodeFields.name:
        name = wire.text()
        break
      case nodeFields.opType:
        op = wire.text()
        break
      case nodeFields.attribute: {
        const attribute = readAttribute(wire, () => readSubgraph(scope, captured))
        if (attribute.value !== null) attributes.push([attribute.name, attribute.value])
        if (attribute.tensor !== null) tensors.push(attribute.tensor)
        break
      }
      case nodeFields.domain:
        domain = canonicalDomain(wire.text())
        break
      case nodeFields.overload:
        overload = wire.text()
        break
    }
  })
  if (op === '') throw wire.malformed(start, 'a node with an operator')
  if (op === 'Constant' && domain === '') {
    for (const tensor of tensors) countTensor(tally, tensor, outputs[0] ?? name)
  }
  const node: Node = {
    name,
    domain,
    op: overloaded(op, overload),
    inputs,
    outputs,
    attributes: Object.fromEntries(attributes),
  }
  return { node, captured }
}

/** A graph in an attribute of a node; what it reads from further out is added to `captured`. */
function readSubgraph(scope: Scope, captured: Map<string, string>): Graph {
  const { graph, captured: inner } = readGraph({ ...scope, depth: scope.depth + 1 })
  for (const [name, reader] of inner) captured.set(name, reader)
  return graph
}

/** A FunctionProto with its key. Throws `dangling-value` and everything `readGraph` does. */
export function readFunction(scope: Scope): { readonly key: string; readonly value: LocalFunction } {
  const { wire } = scope
  const start = wire.valueStart
  const opsets: Opsets = {}
  const inputs: string[] = []
  const outputs: string[] = []
  const declared: Value[] = []
  const unlinked: UnlinkedNode[] = []
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
        readOpset(wire, opsets)
        break
      case functionFields.node:
        unlinked.push(readNode({ ...scope, opsets }))
        break
      case functionFields.attributeProto: {
        const captured = new Map<string, string>()
        const attribute = readAttribute(wire, () => readSubgraph({ ...scope, opsets }, captured))
        refuseDangling(captured)
        if (attribute.value !== null) defaults.push([attribute.name, attribute.value])
        break
      }
    }
  })
  if (name === '') throw wire.malformed(start, 'a local function with a name')
  const { graph, captured } = assemble({ name, opsets, inputs, outputs, declared, unlinked, constants: new Map() })
  refuseDangling(captured)
  const key = operatorKey({ domain, op: overloaded(name, overload) })
  return { key, value: { defaults: Object.fromEntries(defaults), body: graph } }
}

/** OperatorSetIdProto into `opsets`. */
export function readOpset(wire: WireReader, opsets: Opsets): void {
  let domain = ''
  let version = 0
  wire.message(() => {
    if (wire.field === opsetFields.domain) domain = canonicalDomain(wire.text())
    else if (wire.field === opsetFields.version) version = wire.int64()
  })
  opsets[domain] = version
}

/** The default domain is written as nothing or by its name. */
function canonicalDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain
}

/** Overloads of a local function are operators of their own. */
function overloaded(op: string, overload: string): string {
  return overload === '' ? op : `${op}:${overload}`
}

function countTensor(tally: Tally, { constant, storedBytes, hasPayload }: StoredTensor, where: string): void {
  tally.weightBytes += storedBytes
  if (!hasPayload) {
    tally.emptyTensors += 1
    tally.firstEmptyTensor ??= where
  }
  if (constant.external === null) return
  const { location } = constant.external
  const known = tally.externals.get(location)
  tally.externals.set(location, { tensor: known?.tensor ?? where, tensors: (known?.tensors ?? 0) + 1 })
}

export function tooManyNodes(where: string) {
  return fail('too-many-nodes', 'Simplify the model (constant folding, fewer unrolled steps) and export it again.', {
    where,
    expected: `at most ${maxNodes} nodes in all graphs`,
  })
}
