/**
 * `coreml.loop`(number of rounds?, carried…) → carried…: while its condition holds, or without one so many rounds as the
 * input or else `maxLoopIterations` says.
 */
import type { BoundNode } from '../bound.ts'
import type { Dim, Node } from '../graph.ts'
import { OperatorContext } from '../operator.ts'
import type { Scope, Walk } from '../scope.ts'
import { unknownTensor, withoutContent } from '../value-type.ts'
import { finishLoop, runAnyRound } from './body.ts'
import { executeWhile } from './while.ts'

export function executeNetworkLoop(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const context = new OperatorContext(node, null, [])
  const limits = Math.max(0, Math.min(1, context.number('limits', 0)))
  const carried = node.inputs.slice(limits)
  if (context.graphAttribute('cond') !== null) {
    executeWhile(walk, scope, { ...node, inputs: carried }, executed)
    return
  }
  const body = context.graphAttribute('body')
  if (body === null) {
    executed.push(finishLoop(walk, scope, node, [], null))
    return
  }
  const given = walk.resolve(scope, node.inputs[0] ?? null)?.type
  const limit: Dim =
    limits === 0
      ? context.number('maxLoopIterations', 0)
      : given?.kind === 'tensor'
        ? (given.elements?.[0] ?? null)
        : null
  const rounds = typeof limit === 'number' ? Math.max(0, limit) : null
  const start = carried.map((name) => walk.resolve(scope, name)?.type ?? unknownTensor)
  const types = start.map(withoutContent)
  const round = runAnyRound(walk, scope, body, { before: [], carried: types, after: [], firstOutput: 0 })
  const final = rounds === 0 ? start : round.carried
  executed.push(finishLoop(walk, scope, node, final, { nodes: round.nodes, given: round.given, rounds }))
}
