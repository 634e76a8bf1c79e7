/**
 * Loop(trip count?, condition?, carried…) → carried…, stacked…
 *
 * A short loop whose length is known is inferred round by round, which is exact even where rounds differ. Otherwise one
 * round stands for all, and without a trip count the total is unknown.
 */
import type { BoundNode, BoundValue } from '../bound.ts'
import type { Dim, Graph, Node } from '../graph.ts'
import { OperatorContext } from '../operator.ts'
import type { Scope, Walk } from '../scope.ts'
import {
  asTensor,
  commonTensor,
  type TensorType,
  tensor,
  unknownTensor,
  type ValueType,
  withAxis,
  withoutContent,
} from '../value-type.ts'
import { finishLoop, maxUnrolledNodes, maxUnrolledRounds, runAnyRound, runRound } from './body.ts'

/** What the loop is told before it starts. */
interface LoopStart {
  readonly body: Graph
  /** Absent limit: `Infinity`; `null` = decided at run time. */
  readonly limit: Dim
  readonly condition: Dim
  readonly carried: readonly ValueType[]
}

export function executeLoop(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const start = startOf(walk, scope, node)
  if (start === null) {
    executed.push(finishLoop(walk, scope, node, [], null))
    return
  }
  // Unrolling inside a body would multiply.
  const unrolled = scope.isRepeated ? null : unroll(walk, scope, node, start)
  executed.push(unrolled ?? runOnce(walk, scope, node, start))
}

function startOf(walk: Walk, scope: Scope, node: Node): LoopStart | null {
  const body = new OperatorContext(node, null, []).graphAttribute('body')
  if (body === null) return null
  const [limit = null, condition = null, ...carried] = node.inputs.map((name) => walk.resolve(scope, name))
  const scalar = (value: typeof limit, whenAbsent: number): Dim => {
    if (value === null) return whenAbsent
    return value.type.kind === 'tensor' ? (value.type.elements?.[0] ?? null) : null
  }
  return {
    body,
    limit: scalar(limit, Number.POSITIVE_INFINITY),
    condition: scalar(condition, 1),
    carried: carried.map((value) => value?.type ?? unknownTensor),
  }
}

/** `null` when the loop is long or a condition is not known before the run. */
function unroll(
  walk: Walk,
  scope: Scope,
  node: Node,
  { body, limit, condition, carried }: LoopStart,
): BoundNode | null {
  const isShort = typeof limit === 'number' && (limit <= maxUnrolledRounds || limit === Number.POSITIVE_INFINITY)
  if (!isShort || typeof condition !== 'number' || condition === 0 || limit <= 0) return null
  const attempt = walk.attempt(() => {
    const nodes: BoundNode[] = []
    const given: BoundValue[] = []
    const stacked: (readonly ValueType[])[] = []
    let state = carried
    for (let round = 0; round < limit; round++) {
      if (round === maxUnrolledRounds || nodes.length > maxUnrolledNodes) return null
      const inputs = [tensor('int64', [], [round]), tensor('bool', [], [1]), ...state]
      const { nodes: inner, given: own, outputs } = runRound(walk, scope, body, inputs)
      for (const each of inner) nodes.push(each)
      for (const value of own) given.push(value)
      state = outputs.slice(1, 1 + carried.length)
      stacked.push(outputs.slice(1 + carried.length))
      const goesOn = outputs[0]?.kind === 'tensor' ? outputs[0].elements?.[0] : null
      if (typeof goesOn !== 'number') return null
      if (goesOn === 0) break
    }
    return { nodes, given, state, stacked }
  })
  if (attempt.result === null) return null
  walk.accept(attempt)
  const { nodes, given, state, stacked } = attempt.result
  const columns =
    stacked[0]?.map((_, column) => stack(stacked.map((row) => asTensor(row[column] ?? unknownTensor)))) ?? []
  return finishLoop(walk, scope, node, [...state, ...columns], { nodes, given, rounds: 1 })
}

function stack(items: readonly TensorType[]): TensorType {
  const [first = unknownTensor, ...rest] = items
  return withAxis(rest.reduce(commonTensor, first), 0, items.length)
}

/** Inside a round the condition holds, or the round would not run. */
function runOnce(walk: Walk, scope: Scope, node: Node, { body, limit, condition, carried }: LoopStart): BoundNode {
  const round = runAnyRound(walk, scope, body, {
    before: [tensor('int64', []), tensor('bool', [], [1])],
    carried: carried.map(withoutContent),
    after: [],
    firstOutput: 1,
  })
  const [goesOn = unknownTensor] = round.outputs
  const runsToLimit = goesOn.kind === 'tensor' && goesOn.elements?.[0] === 1 && limit !== Number.POSITIVE_INFINITY
  const rounds = condition === 0 ? 0 : runsToLimit && condition === 1 ? atLeastZero(limit) : null
  const stacked = round.outputs.slice(1 + carried.length).map((type) => withAxis(asTensor(type), 0, rounds))
  const final = rounds === 0 ? carried : round.carried
  const loop = { nodes: round.nodes, given: round.given, rounds: typeof rounds === 'number' ? rounds : null }
  return finishLoop(walk, scope, node, [...final, ...stacked], loop)
}

const atLeastZero = (count: Dim): Dim => (typeof count === 'number' ? Math.max(0, count) : count)
