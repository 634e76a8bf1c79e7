/**
 * If: the taken branch is inlined. Where only the run decides, the heavier branch is counted and named, unless it
 * contradicts the bound shapes: then it cannot be the one that runs.
 */
import { problem } from '../../problem.ts'
import type { BoundNode, BoundValue } from '../bound.ts'
import type { Graph, Node } from '../graph.ts'
import { OperatorContext, type Work } from '../operator.ts'
import { type Attempt, nestedIn, type Scope, type Walk } from '../scope.ts'
import { totalWork } from './total-work.ts'

interface Branch {
  readonly nodes: readonly BoundNode[]
  readonly outputs: readonly (BoundValue | null)[]
}

export function executeIf(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const context = new OperatorContext(node, null, [])
  const [thenGraph, elseGraph] = [context.graphAttribute('then_branch'), context.graphAttribute('else_branch')]
  const condition = walk.resolve(scope, node.inputs[0] ?? null)?.type
  const decided = condition?.kind === 'tensor' ? condition.elements?.[0] : null
  const taken =
    typeof decided === 'number'
      ? runDecided(walk, scope, decided !== 0 ? [thenGraph, elseGraph] : [elseGraph, thenGraph])
      : runHeavier(walk, scope, node, thenGraph, elseGraph)
  for (const inner of taken.nodes) executed.push(inner)
  for (const [index, name] of node.outputs.entries()) {
    const value = taken.outputs[index]
    if (name === null) continue
    if (value == null) walk.define(scope, name, walk.declared(scope, name), 'computed', false)
    else walk.alias(scope, name, value)
  }
}

function runBranch(walk: Walk, scope: Scope, graph: Graph | null): Branch {
  if (graph === null) return { nodes: [], outputs: [] }
  const inner = walk.openScope(graph, nestedIn(scope))
  const nodes = walk.run(inner)
  return { nodes, outputs: graph.outputs.map((name) => walk.resolve(inner, name)) }
}

/** The other branch never runs; it is inferred only so that its values have types, and may contradict itself. */
function runDecided(walk: Walk, scope: Scope, [taken, other]: readonly [Graph | null, Graph | null]): Branch {
  const branch = runBranch(walk, scope, taken)
  walk.acceptNames(walk.attempt(() => runBranch(walk, scope, other)))
  return branch
}

function runHeavier(walk: Walk, scope: Scope, node: Node, thenGraph: Graph | null, elseGraph: Graph | null): Branch {
  const thenBranch = walk.attempt(() => runBranch(walk, scope, thenGraph))
  const elseBranch = walk.attempt(() => runBranch(walk, scope, elseGraph))
  const takesElse =
    contradicts(thenBranch) === contradicts(elseBranch)
      ? isHeavier(totalWork(elseBranch.result.nodes), totalWork(thenBranch.result.nodes))
      : contradicts(thenBranch)
  const [taken, other] = takesElse ? [elseBranch, thenBranch] : [thenBranch, elseBranch]
  walk.report(
    node,
    problem('branch-assumed', 'Give the input value that decides the condition.', {
      received: `${takesElse ? 'else' : 'then'} branch of ${node.name}`,
    }),
  )
  walk.accept(taken)
  walk.acceptNames(other)
  return taken.result
}

function contradicts({ problems }: Attempt<Branch>): boolean {
  return problems.some(({ code }) => code === 'shape-mismatch')
}

/** Unknown work may be any amount. */
function isHeavier(a: Work, b: Work): boolean {
  const [macsA, macsB] = [a.macs ?? Number.POSITIVE_INFINITY, b.macs ?? Number.POSITIVE_INFINITY]
  if (macsA !== macsB) return macsA > macsB
  return (a.vectorOps ?? Number.POSITIVE_INFINITY) > (b.vectorOps ?? Number.POSITIVE_INFINITY)
}
