/** Calls: the graph that a node names runs in its place. */
import type { BoundNode } from '../bound.ts'
import type { Node } from '../graph.ts'
import { OperatorContext } from '../operator.ts'
import { nestedIn, type Scope, type Walk } from '../scope.ts'

export function executeCalledGraph(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const body = new OperatorContext(node, null, []).graphAttribute('body')
  const inner = body === null ? null : walk.openScope(body, nestedIn(scope))
  for (const [index, name] of body?.inputs.entries() ?? []) {
    const value = walk.resolve(scope, node.inputs[index] ?? null)
    if (value !== null && inner !== null) walk.alias(inner, name, value)
  }
  if (inner !== null) walk.run(inner, executed)
  for (const [index, name] of node.outputs.entries()) {
    if (name === null) continue
    const value = inner === null ? null : walk.resolve(inner, body?.outputs[index] ?? null)
    if (value === null) walk.define(scope, name, walk.declared(scope, name), 'computed', false)
    else walk.alias(scope, name, value)
  }
}
