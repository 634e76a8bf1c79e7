/** The graph without the channels that go: constants cut, numbers in nodes counted anew, declared shapes dropped. */
import type { Attribute, Constant, Graph, Node } from '../../graph/graph.ts'
import type { Channels } from './channels.ts'
import type { SizeEdit, Trace } from './trace.ts'

export function rewrite(t: Trace, keeps: (channel: number) => boolean): Graph {
  const constants = new Map(t.graph.constants)
  for (const [name, byAxis] of t.demands) {
    const constant = constants.get(name)
    if (constant !== undefined) constants.set(name, cut(constant, byAxis, keeps))
  }
  const count = (channels: Channels) => channels.reduce((kept, channel) => kept + (keeps(channel) ? 1 : 0), 0)
  const nodes = t.graph.nodes.map((node) => {
    const edits = t.edits.get(node)
    return edits === undefined ? node : editNode(node, edits, count, constants)
  })
  dropReplaced(t, nodes, constants)
  const ports = new Set([...t.graph.inputs, ...t.graph.outputs])
  const values = new Map([...t.graph.values].filter(([name]) => ports.has(name)))
  return { ...t.graph, nodes, constants, values }
}

/** Shape constants whose every reader got its own. */
function dropReplaced(t: Trace, nodes: readonly Node[], constants: Map<string, Constant>): void {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs))
  for (const node of t.edits.keys()) {
    for (const name of node.inputs) if (name !== null && !read.has(name)) constants.delete(name)
  }
}

/** A payload in the file is that of the uncut constant; elements at hand are cut with it. */
function cut(constant: Constant, byAxis: ReadonlyMap<number, Channels>, keeps: (channel: number) => boolean): Constant {
  let { dims, elements } = constant
  for (const [axis, channels] of byAxis) {
    const positions = channels.flatMap((channel, index) => (keeps(channel) ? [index] : []))
    if (positions.length === channels.length) continue
    elements = elements && pickAlong(elements, dims, axis, positions)
    dims = dims.with(axis, positions.length)
  }
  return dims === constant.dims ? constant : { ...constant, dims, elements, external: null }
}

function pickAlong(
  elements: readonly number[],
  dims: readonly number[],
  axis: number,
  positions: readonly number[],
): readonly number[] {
  const inner = dims.slice(axis + 1).reduce((product, size) => product * size, 1)
  const outer = dims.slice(0, axis).reduce((product, size) => product * size, 1)
  const stride = inner * (dims[axis] ?? 1)
  const picked: number[] = []
  for (let block = 0; block < outer; block++) {
    for (const position of positions) {
      const start = block * stride + position * inner
      for (let index = start; index < start + inner; index++) picked.push(elements[index] ?? 0)
    }
  }
  return picked
}

/** Shape constants may be shared by nodes that change differently: an edited one becomes the node's own. */
function editNode(
  node: Node,
  edits: readonly SizeEdit[],
  count: (channels: Channels) => number,
  constants: Map<string, Constant>,
): Node {
  const inputs = [...node.inputs]
  const attributes: Record<string, Attribute> = { ...node.attributes }
  for (const { at, position, channels } of edits) {
    const kept = count(channels)
    if (typeof at === 'string') {
      const value = attributes[at]
      if (position === null) attributes[at] = kept
      else if (isNumbers(value)) attributes[at] = value.with(position, kept)
      continue
    }
    const constant = constants.get(inputs[at] ?? '')
    if (constant?.elements == null || position === null || constant.elements[position] === kept) continue
    const name = `${node.name}/sizes${at}`
    constants.set(name, { ...constant, name, elements: constant.elements.with(position, kept), external: null })
    inputs[at] = name
  }
  return { ...node, inputs, attributes }
}

function isNumbers(value: Attribute | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number')
}
