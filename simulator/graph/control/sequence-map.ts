/** SequenceMap(sequence, more sequences or tensors…) → sequences: the body once per item. */
import type { BoundNode, BoundValue } from '../bound.ts'
import type { Node } from '../graph.ts'
import { OperatorContext } from '../operator.ts'
import type { Scope, Walk } from '../scope.ts'
import { asTensor, sequenceOf, type TensorType, unknownTensor, type ValueType } from '../value-type.ts'
import { finishLoop, maxUnrolledRounds, runRound } from './body.ts'

export function executeSequenceMap(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const body = new OperatorContext(node, null, []).graphAttribute('body')
  if (body === null) {
    executed.push(finishLoop(walk, scope, node, [], null))
    return
  }
  const inputs = node.inputs.map((name) => walk.resolve(scope, name)?.type ?? unknownTensor)
  const [first] = inputs
  const count = first?.kind === 'sequence' ? (first.items?.length ?? null) : null
  if (count === null || count > maxUnrolledRounds) {
    const round = runRound(walk, scope, body, inputs.map(elementOf))
    const types = round.outputs.map((type): ValueType => ({ kind: 'sequence', element: asTensor(type), items: null }))
    executed.push(finishLoop(walk, scope, node, types, { nodes: round.nodes, given: round.given, rounds: count }))
    return
  }
  const nodes: BoundNode[] = []
  const given: BoundValue[] = []
  const items: TensorType[][] = body.outputs.map(() => [])
  for (let index = 0; index < count; index++) {
    const round = runRound(
      walk,
      scope,
      body,
      inputs.map((type) => itemOf(type, index)),
    )
    for (const each of round.nodes) nodes.push(each)
    for (const value of round.given) given.push(value)
    for (const [column, type] of round.outputs.entries()) items[column]?.push(asTensor(type))
  }
  executed.push(
    finishLoop(
      walk,
      scope,
      node,
      items.map((list) => sequenceOf(list)),
      { nodes, given, rounds: 1 },
    ),
  )
}

const elementOf = (type: ValueType): ValueType => (type.kind === 'sequence' ? type.element : type)
const itemOf = (type: ValueType, index: number): ValueType =>
  type.kind === 'sequence' ? (type.items?.[index] ?? type.element) : type
