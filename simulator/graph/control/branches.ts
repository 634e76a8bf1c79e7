/**
 * Branches by condition or by index, which see the values around them or are given theirs: the taken branch is inlined.
 * Where only the run decides, the heavier branch is counted and named, unless it contradicts the bound shapes: then it
 * cannot be the one that runs.
 */
import { problem } from '../../problem.ts'
import type { BoundNode, BoundValue } from '../bound.ts'
import type { Dim, Graph, Node } from '../graph.ts'
import { graphsIn } from '../nested-graphs.ts'
import { OperatorContext, type Work } from '../operator.ts'
import { type Attempt, nestedIn, type Scope, type Walk } from '../scope.ts'
import { totalWork } from './total-work.ts'

interface Branch {
  readonly nodes: readonly BoundNode[]
  readonly outputs: readonly (BoundValue | null)[]
}

/** Which of the branches runs, `null` = decided at run time. */
type Decide = (selector: Dim) => number | null

export function executeIf(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const context = new OperatorContext(node, null, [])
  const branches = [context.graphAttribute('then_branch'), context.graphAttribute('else_branch')]
  execute(
    walk,
    scope,
    node,
    branches,
    (condition) => (typeof condition === 'number' ? Number(condition === 0) : null),
    executed,
  )
}

/** An index outside the list takes the last branch. Source: StableHLO specification, `case`. */
export function executeCase(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const listed = graphsIn(node.attributes.branches ?? 0)
  const branches = listed.length === 0 ? [null] : listed
  const last = branches.length - 1
  const decide: Decide = (index) => (typeof index !== 'number' ? null : index >= 0 && index < last ? index : last)
  execute(walk, scope, node, branches, decide, executed)
}

function execute(
  walk: Walk,
  scope: Scope,
  node: Node,
  branches: readonly (Graph | null)[],
  decide: Decide,
  executed: BoundNode[],
): void {
  const selector = walk.resolve(scope, node.inputs[0] ?? null)?.type
  const decided = decide(selector?.kind === 'tensor' ? (selector.elements?.[0] ?? null) : null)
  const given = node.inputs.slice(1).map((name) => walk.resolve(scope, name))
  const run = (graph: Graph | null) => runBranch(walk, scope, graph, given)
  const taken = decided === null ? runHeaviest(walk, node, branches, run) : runDecided(walk, branches, decided, run)
  for (const inner of taken.nodes) executed.push(inner)
  for (const [index, name] of node.outputs.entries()) {
    const value = taken.outputs[index]
    if (name === null) continue
    if (value == null) walk.define(scope, name, walk.declared(scope, name), 'computed', false)
    else walk.alias(scope, name, value)
  }
}

type RunBranch = (graph: Graph | null) => Branch

/** ONNX's branches take no inputs; those of other formats are given the operands after the condition. */
function runBranch(walk: Walk, scope: Scope, graph: Graph | null, given: readonly (BoundValue | null)[]): Branch {
  if (graph === null) return { nodes: [], outputs: [] }
  const inner = walk.openScope(graph, nestedIn(scope))
  for (const [index, name] of graph.inputs.entries()) {
    const value = given[index]
    if (value != null) walk.alias(inner, name, value)
  }
  const nodes = walk.run(inner)
  return { nodes, outputs: graph.outputs.map((name) => walk.resolve(inner, name)) }
}

/** The other branches never run; they are inferred only so that their values have types, and may contradict themselves. */
function runDecided(walk: Walk, branches: readonly (Graph | null)[], taken: number, run: RunBranch): Branch {
  const branch = run(branches[taken] ?? null)
  for (const [index, other] of branches.entries()) {
    if (index !== taken) walk.acceptNames(walk.attempt(() => run(other)))
  }
  return branch
}

function runHeaviest(walk: Walk, node: Node, branches: readonly (Graph | null)[], run: RunBranch): Branch {
  const attempts = branches.map((branch) => walk.attempt(() => run(branch)))
  const taken = attempts.reduce((best, attempt) => (isLikelier(attempt, best) ? attempt : best))
  const index = attempts.indexOf(taken)
  const named = branches.length === 2 ? (index === 0 ? 'then branch' : 'else branch') : `branch ${index}`
  walk.report(
    node,
    problem('branch-assumed', 'Give the input value that decides the condition.', {
      received: `${named} of ${node.name}`,
    }),
  )
  walk.accept(taken)
  for (const attempt of attempts) if (attempt !== taken) walk.acceptNames(attempt)
  return taken.result
}

/** A branch that contradicts the shapes cannot be the one that runs. */
function isLikelier(a: Attempt<Branch>, b: Attempt<Branch>): boolean {
  if (contradicts(a) !== contradicts(b)) return contradicts(b)
  return isHeavier(totalWork(a.result.nodes), totalWork(b.result.nodes))
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
