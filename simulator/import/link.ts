/**
 * Names into edges: every value has one definition and every use finds it, nodes come after what they read.
 * Linear in nodes and uses.
 */
import type { Node } from '../graph/graph.ts'
import { fail } from '../problem.ts'
import { maxNodes, maxNodeValues } from './limits.ts'

/** A node with the outer values that its subgraphs read: name → node that reads it. */
export interface UnlinkedNode {
  readonly node: Node
  readonly captured: ReadonlyMap<string, string>
}

export interface LinkedNodes {
  /** In topological order: file order where that is one already, else moved as little as a depth-first walk needs. */
  readonly nodes: readonly Node[]
  /** Values read here and defined further out: name → node that reads it. */
  readonly captured: ReadonlyMap<string, string>
}

/**
 * `given`: inputs and constants of the graph. Outputs that nothing defines count as captured by "output NAME".
 * Throws `duplicate-value`, `cyclic-graph`, `too-many-nodes` for a node with absurdly many inputs or outputs.
 */
export function linkNodes(
  unlinked: readonly UnlinkedNode[],
  given: { has(name: string): boolean },
  outputs: readonly string[],
): LinkedNodes {
  const producers = new Map<string, number>()
  for (const [index, { node }] of unlinked.entries()) {
    if (node.inputs.length + node.outputs.length > maxNodeValues) throw tooManyValues(node.name)
    for (const output of node.outputs) {
      if (output === null) continue
      if (producers.has(output) || given.has(output)) throw duplicate(output, node.name)
      producers.set(output, index)
    }
  }
  const captured = new Map<string, string>()
  let isSorted = true
  for (const [index, unlinkedNode] of unlinked.entries()) {
    for (const [name, reader] of readsOf(unlinkedNode)) {
      const producer = producers.get(name)
      if (producer !== undefined) isSorted &&= producer < index
      else if (!given.has(name) && !captured.has(name)) captured.set(name, reader)
    }
  }
  for (const output of outputs) {
    if (!producers.has(output) && !given.has(output) && !captured.has(output)) captured.set(output, `output ${output}`)
  }
  const nodes = unlinked.map(({ node }) => node)
  return { nodes: isSorted ? nodes : sortNodes(unlinked, producers), captured }
}

/** Values a node reads, in its inputs and in its subgraphs, each with the node that reads it. */
function* readsOf({ node, captured }: UnlinkedNode): Generator<readonly [string, string]> {
  for (const input of node.inputs) if (input !== null) yield [input, node.name]
  yield* captured
}

function sortNodes(unlinked: readonly UnlinkedNode[], producers: ReadonlyMap<string, number>): Node[] {
  const edges = unlinked.map((node) => [...readsOf(node)].flatMap(([name]) => producers.get(name) ?? []))
  const order = depthFirstOrder(edges, (index) => {
    throw fail('cyclic-graph', 'Remove the cycle; recurrence belongs in Loop, Scan or an LSTM operator.', {
      where: unlinked[index]?.node.name ?? '',
      expected: 'a node that does not depend on itself',
    })
  })
  return order.flatMap((index) => unlinked[index]?.node ?? [])
}

/**
 * Indices 0 … `edges.length` - 1, each after those in its `edges`. Calls `onCycle` with an index that lies on a cycle.
 * Iterative, so that a chain of any length fits on the stack.
 */
export function depthFirstOrder(edges: readonly (readonly number[])[], onCycle: (index: number) => never): number[] {
  const order: number[] = []
  const state = new Uint8Array(edges.length) // 0 new, 1 on the path, 2 placed
  const path: { readonly index: number; next: number }[] = []
  for (let root = 0; root < edges.length; root += 1) {
    if (state[root] !== 0) continue
    state[root] = 1
    path.push({ index: root, next: 0 })
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = edges[top.index]?.[top.next]
      top.next += 1
      if (target === undefined) {
        state[top.index] = 2
        order.push(top.index)
        path.pop()
      } else if (state[target] === 1) onCycle(target)
      else if (state[target] === 0) {
        state[target] = 1
        path.push({ index: target, next: 0 })
      }
    }
  }
  return order
}

/** Throws `dangling-value` when something is read that nothing defines. */
export function refuseDangling(captured: ReadonlyMap<string, string>): void {
  for (const [name, reader] of captured) {
    throw fail(
      'dangling-value',
      'Export the model again; a tool removed the node or weight that this value came from.',
      {
        where: reader,
        expected: `a definition of "${name}"`,
      },
    )
  }
}

export function duplicate(name: string, where: string) {
  return fail('duplicate-value', 'Give each value its own name and export the model again.', {
    where,
    expected: 'one definition of each value',
    received: `a second definition of "${name}"`,
  })
}

function tooManyValues(where: string) {
  return fail('too-many-nodes', 'Join the values in several steps and export the model again.', {
    where,
    expected: `at most ${maxNodeValues} inputs and outputs of a node`,
  })
}

export function tooManyNodes(where: string) {
  return fail('too-many-nodes', 'Simplify the model (constant folding, fewer unrolled steps) and export it again.', {
    where,
    expected: `at most ${maxNodes} nodes in all graphs`,
  })
}
