/** NodeProto → Node. Subgraphs in its attributes are read by the caller, who knows the graph they belong to. */
import type { Attribute, Graph } from '../../graph/graph.ts'
import { fieldsPerObject } from '../limits.ts'
import type { UnlinkedNode } from '../link.ts'
import type { WireReader } from '../wire.ts'
import { readAttribute } from './attribute.ts'
import { nodeFields } from './fields.ts'
import type { Tally } from './tally.ts'
import type { StoredTensor } from './tensor.ts'

/** A graph, and what it reads from further out: name → node that reads it. */
export interface LooseGraph {
  readonly graph: Graph
  readonly captured: ReadonlyMap<string, string>
}

const noAttributes = Object.freeze({})
const unnamed = { isUnnamed: true } as const
const nothingCaptured: ReadonlyMap<string, string> = new Map()

/** Gives every node of a graph a name of its own: the file's where it is unique, else with the position. */
export class NodeNames {
  readonly #taken = new Set<string>()
  #position = 0

  /** The name of the next node, in file order. */
  claim(name: string, op: string): string {
    const position = this.#position
    this.#position += 1
    let own = name === '' ? `${op}_${position}` : name
    while (this.#taken.has(own)) own = `${own}_${position}`
    this.#taken.add(own)
    return own
  }
}

/**
 * Reads the message that is the current value of `wire`. Subgraphs see the values of the graph that the node is in.
 * Throws `too-many-nodes`, `malformed` and what reading attributes throws.
 */
export function readNode(
  wire: WireReader,
  tally: Tally,
  names: NodeNames,
  readSubgraph: () => LooseGraph,
): UnlinkedNode {
  const start = wire.valueStart
  tally.addNode(start)
  wire.spend(fieldsPerObject)
  const inputs: (string | null)[] = []
  const outputs: (string | null)[] = []
  const attributes: [string, Attribute][] = []
  const tensors: StoredTensor[] = []
  let captured: Map<string, string> | null = null
  let name = ''
  let op = ''
  let domain = ''
  let overload = ''
  const readOwnedGraph = (): Graph => {
    const inner = readSubgraph()
    captured ??= new Map()
    for (const [value, reader] of inner.captured) captured.set(value, reader)
    return inner.graph
  }
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
        const attribute = readAttribute(wire, readOwnedGraph)
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
  if (isConstant({ domain, op })) for (const tensor of tensors) tally.addTensor(tensor, outputs[0] ?? name)
  const node = {
    name: names.claim(name, op),
    ...(name === '' ? unnamed : {}),
    domain,
    op: overloaded(op, overload),
    // Copied to their size: a list that was pushed to keeps room for more, which would double what a node takes.
    inputs: inputs.slice(),
    outputs: outputs.slice(),
    // Own properties whatever their names, `__proto__` included.
    attributes: attributes.length === 0 ? noAttributes : Object.fromEntries(attributes),
  }
  return { node, captured: captured ?? nothingCaptured }
}

export function isConstant({ domain, op }: { readonly domain: string; readonly op: string }): boolean {
  return op === 'Constant' && domain === ''
}

/** The default domain is written as nothing or by its name. */
export function canonicalDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain
}

/** Overloads of a local function are operators of their own. */
export function overloaded(op: string, overload: string): string {
  return overload === '' ? op : `${op}:${overload}`
}
