/**
 * While (state…) → state…: as long as the condition graph says so, the body graph makes the next state out of the last.
 *
 * A short loop whose condition folds is inferred round by round. In a longer one the condition hangs on counters: where
 * they grow evenly, the number of rounds is found by asking the condition, not by counting. Otherwise it is unknown.
 */
import type { BoundNode, BoundValue } from '../bound.ts'
import type { Graph, Node } from '../graph.ts'
import { OperatorContext } from '../operator.ts'
import type { Scope, Walk } from '../scope.ts'
import { isKnown, tensor, unknownTensor, type ValueType, withoutContent } from '../value-type.ts'
import { finishLoop, maxUnrolledNodes, maxUnrolledRounds, runAnyRound, runRound } from './body.ts'

interface While {
  readonly condition: Graph
  readonly body: Graph
  readonly start: readonly ValueType[]
}

export function executeWhile(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const context = new OperatorContext(node, null, [])
  const [condition, body] = [context.graphAttribute('cond'), context.graphAttribute('body')]
  if (condition === null || body === null) {
    executed.push(finishLoop(walk, scope, node, [], null))
    return
  }
  const start = node.inputs.map((name) => walk.resolve(scope, name)?.type ?? unknownTensor)
  walk.acceptNames(walk.attempt(() => runRound(walk, scope, condition, start)))
  const loop = { condition, body, start }
  // Unrolling inside a body would multiply.
  const unrolled = scope.isRepeated ? null : unroll(walk, scope, node, loop)
  executed.push(unrolled ?? runOnce(walk, scope, node, loop))
}

/** Whether another round follows on `state`; `null` = decided at run time. */
function goesOn(walk: Walk, scope: Scope, { condition }: While, state: readonly ValueType[]): boolean | null {
  const [answer] = walk.attempt(() => runRound(walk, scope, condition, state)).result.outputs
  const decided = answer?.kind === 'tensor' ? answer.elements?.[0] : null
  return typeof decided === 'number' ? decided !== 0 : null
}

/** `null` when the loop is long or the condition does not fold. */
function unroll(walk: Walk, scope: Scope, node: Node, loop: While): BoundNode | null {
  const attempt = walk.attempt(() => {
    const nodes: BoundNode[] = []
    const given: BoundValue[] = []
    let state = loop.start
    for (let round = 0; ; round++) {
      const isNext = goesOn(walk, scope, loop, state)
      if (isNext === false) return { nodes, given, state }
      if (isNext === null || round === maxUnrolledRounds || nodes.length > maxUnrolledNodes) return null
      const { nodes: inner, given: own, outputs } = runRound(walk, scope, loop.body, state)
      for (const each of inner) nodes.push(each)
      for (const value of own) given.push(value)
      state = outputs
    }
  })
  if (attempt.result === null) return null
  walk.accept(attempt)
  const { nodes, given, state } = attempt.result
  return finishLoop(walk, scope, node, state, { nodes, given, rounds: 1 })
}

function runOnce(walk: Walk, scope: Scope, node: Node, loop: While): BoundNode {
  const rounds = countRounds(walk, scope, loop)
  const carried = loop.start.map(withoutContent)
  const round = runAnyRound(walk, scope, loop.body, { before: [], carried, after: [], firstOutput: 0 })
  const final = rounds === 0 ? loop.start : round.carried
  return finishLoop(walk, scope, node, final, { nodes: round.nodes, given: round.given, rounds })
}

const maxCountedRounds = 2 ** 31

/** Doubles, then halves, on the state that even steps lead to after so many rounds. */
function countRounds(walk: Walk, scope: Scope, loop: While): number | null {
  const next = (state: readonly ValueType[]) =>
    walk.attempt(() => runRound(walk, scope, loop.body, state)).result.outputs
  const second = next(loop.start)
  const third = next(second)
  const stateAfter = (rounds: number) =>
    loop.start.map((type, index) => extrapolate(type, second[index] ?? type, third[index] ?? type, rounds))
  const holds = (rounds: number) => goesOn(walk, scope, loop, stateAfter(rounds))
  let going = 0
  let over = 1
  const before = holds(going)
  if (before !== true) return before === null ? null : 0
  for (let isNext = holds(over); isNext !== false; isNext = holds(over)) {
    if (isNext === null || over > maxCountedRounds) return null
    going = over
    over *= 2
  }
  while (over - going > 1) {
    const middle = Math.floor((going + over) / 2)
    const isNext = holds(middle)
    if (isNext === null) return null
    if (isNext) going = middle
    else over = middle
  }
  return over
}

/** Counters: one known number that changes by the same step twice. What does not change stays, the rest is unknown. */
function extrapolate(first: ValueType, second: ValueType, third: ValueType, rounds: number): ValueType {
  if (first.kind !== 'tensor' || second.kind !== 'tensor' || third.kind !== 'tensor') return withoutContent(first)
  if (!isKnown(first) || !isKnown(second) || !isKnown(third)) return withoutContent(first)
  const elements = first.elements?.map((from, index) => {
    const [to, after] = [second.elements?.[index], third.elements?.[index]]
    if (typeof from !== 'number' || typeof to !== 'number' || typeof after !== 'number') return null
    return after - to === to - from ? from + rounds * (to - from) : null
  })
  return tensor(first.dtype, first.shape, elements ?? null)
}
