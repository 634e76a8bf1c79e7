/**
 * GraphProto → Graph, with its subgraphs.
 *
 * Fields arrive in any order, so a message is collected first and made into its value at its end.
 */
import type { Constant, Graph, Value } from '../../graph/graph.ts'
import { fail } from '../../problem.ts'
import { maxGraphDepth } from '../limits.ts'
import { duplicate, linkNodes, refuseDangling, type UnlinkedNode } from '../link.ts'
import type { WireReader } from '../wire.ts'
import { graphFields } from './fields.ts'
import { isConstant, type LooseGraph, NodeNames, readNode } from './node.ts'
import type { Tally } from './tally.ts'
import { readSparseTensor, readTensor, type StoredTensor } from './tensor.ts'
import { readValueInfo } from './value.ts'

/** What the graphs of a model, or those of one local function, share. */
export interface Scope {
  readonly wire: WireReader
  readonly tally: Tally
  /** Filled in when its message comes, which may be after the graphs. */
  readonly opsets: Record<string, number>
}

/** Reads the message that is the current value of the wire. Throws any code of the section "model files". */
export function readTopGraph(scope: Scope): Graph {
  const { graph, captured } = readGraph(scope, 1)
  refuseDangling(captured)
  return graph
}

/** A node at graph depth `depth`, with the graphs in its attributes. */
export function readNodeAt(scope: Scope, names: NodeNames, depth: number): UnlinkedNode {
  return readNode(scope.wire, scope.tally, names, () => readGraph(scope, depth + 1))
}

/** `depth`: 1 for the top-level graph. */
export function readGraph(scope: Scope, depth: number): LooseGraph {
  const { wire, tally, opsets } = scope
  if (depth > maxGraphDepth) {
    throw fail('too-deep', 'Flatten the nested graphs of the model.', {
      where: `byte ${wire.valueStart}`,
      expected: `at most ${maxGraphDepth} nested graphs`,
    })
  }
  const nodes: UnlinkedNode[] = []
  const names = new NodeNames()
  const constants = new Map<string, Constant>()
  const inputs: Value[] = []
  const outputs: Value[] = []
  const declared: Value[] = []
  let name = ''
  const addConstant = (tensor: StoredTensor) => {
    const { constant } = tensor
    tally.addTensor(tensor, constant.name)
    if (constants.has(constant.name)) tally.addOverridden(constant.name)
    constants.set(constant.name, constant)
  }
  wire.message(() => {
    switch (wire.field) {
      case graphFields.node:
        nodes.push(readNodeAt(scope, names, depth))
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
  dropOverridden(nodes, tally)
  const fed = inputs.filter((input) => !constants.has(input.name))
  return assembleGraph({
    name,
    opsets,
    inputs: fed.map((input) => input.name),
    outputs: outputs.map((output) => output.name),
    declared: [...declared, ...outputs, ...fed],
    nodes,
    constants,
  })
}

interface GraphParts {
  readonly name: string
  readonly opsets: Record<string, number>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Types and shapes as far as the file gives them; the last declaration of a value holds. */
  readonly declared: readonly Value[]
  readonly nodes: readonly UnlinkedNode[]
  readonly constants: Map<string, Constant>
  readonly states?: readonly string[]
}

/** Throws `duplicate-value`, `cyclic-graph`. */
export function assembleGraph({ declared, ...parts }: GraphParts): LooseGraph {
  const { inputs, outputs, constants, states = [] } = parts
  const given = new Set(constants.keys())
  for (const input of [...inputs, ...states]) {
    if (given.has(input)) throw duplicate(input, `input ${input}`)
    given.add(input)
  }
  const { nodes, captured } = linkNodes(parts.nodes, given, outputs)

  const values = new Map<string, Value>()
  for (const input of [...inputs, ...states]) values.set(input, unknownValue(input))
  for (const { outputs: produced } of nodes) {
    for (const output of produced) if (output !== null) values.set(output, unknownValue(output))
  }
  for (const value of declared) if (values.has(value.name)) values.set(value.name, value)
  return { graph: { ...parts, nodes, values }, captured }
}

function unknownValue(name: string): Value {
  return { name, dtype: null, shape: null }
}

/**
 * Optimizers leave Constant nodes behind whose outputs a later Constant node defines again. The later one holds, as in
 * ONNX Runtime; the earlier one stays without its output.
 */
function dropOverridden(nodes: UnlinkedNode[], tally: Tally): void {
  const definition = new Map<string, number>()
  for (const [index, unlinked] of nodes.entries()) {
    const output = unlinked.node.outputs[0]
    if (!isConstant(unlinked.node) || typeof output !== 'string') continue
    const earlier = definition.get(output)
    definition.set(output, index)
    const overridden = earlier === undefined ? undefined : nodes[earlier]
    if (earlier === undefined || overridden === undefined) continue
    tally.addOverridden(output)
    nodes[earlier] = { ...overridden, node: { ...overridden.node, outputs: [null] } }
  }
}
