/**
 * Scan(initial state…, scanned…) → final state…, stacked…: one round per slice, all rounds alike.
 *
 * Opset 8 had sequence lengths before the other inputs and a batch axis in front of everything.
 */
import type { BoundNode, LoopBody } from '../bound.ts'
import type { Dim, Graph, Node } from '../graph.ts'
import { OperatorContext } from '../operator.ts'
import type { Scope, Walk } from '../scope.ts'
import { normalizeAxis, times } from '../shape.ts'
import {
  asTensor,
  type TensorType,
  unknownTensor,
  type ValueType,
  withAxis,
  withoutAxis,
  withoutContent,
} from '../value-type.ts'
import { finishLoop, type Round, runAnyRound } from './body.ts'

export function executeScan(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const context = new OperatorContext(node, null, [])
  const body = context.graphAttribute('body')
  if (body === null) {
    executed.push(finishLoop(walk, scope, node, [], null))
    return
  }
  const isBatched = (scope.graph.opsets[''] ?? 9) < 9
  const inputs = node.inputs
    .slice(isBatched ? 1 : 0)
    .map((name) => asTensor(walk.resolve(scope, name)?.type ?? unknownTensor))
  const states = inputs.length - context.number('num_scan_inputs', 0)
  executed.push(
    isBatched ? scanBatched(walk, scope, node, body, inputs, states) : scan(walk, scope, context, body, inputs, states),
  )
}

function scan(
  walk: Walk,
  scope: Scope,
  context: OperatorContext,
  body: Graph,
  inputs: readonly TensorType[],
  states: number,
): BoundNode {
  const inputAxes = context.numberList('scan_input_axes')
  const outputAxes = context.numberList('scan_output_axes')
  let length: Dim = null
  const slices = inputs.slice(states).map((type, index) => {
    if (type.shape === null) return type
    const axis = normalizeAxis(inputAxes?.[index] ?? 0, type.shape.length)
    length ??= type.shape[axis] ?? null
    return withoutAxis(type, axis)
  })
  const state = inputs.slice(0, states).map(withoutContent)
  const round = runAnyRound(walk, scope, body, { before: [], carried: state, after: slices, firstOutput: 0 })
  const stacked = round.outputs.slice(states).map((type, index) => {
    const item = asTensor(type)
    return withAxis(item, normalizeAxis(outputAxes?.[index] ?? 0, (item.shape?.length ?? 0) + 1), length)
  })
  return finishLoop(walk, scope, context.node, [...round.carried, ...stacked], loopBody(round, length))
}

function scanBatched(
  walk: Walk,
  scope: Scope,
  node: Node,
  body: Graph,
  inputs: readonly TensorType[],
  states: number,
): BoundNode {
  const [first] = inputs.slice(states)
  const [batch = null, length = null] = first?.shape ?? []
  const state: ValueType[] = inputs.slice(0, states).map((type) => withoutContent(withoutAxis(type, 0)))
  const slices = inputs.slice(states).map((type) => withoutAxis(withoutAxis(type, 0), 0))
  const round = runAnyRound(walk, scope, body, { before: [], carried: state, after: slices, firstOutput: 0 })
  const final = round.carried.map((type) => withAxis(asTensor(type), 0, batch))
  const stacked = round.outputs.slice(states).map((type) => withAxis(withAxis(asTensor(type), 0, length), 0, batch))
  return finishLoop(walk, scope, node, [...final, ...stacked], loopBody(round, times(length, batch)))
}

function loopBody({ nodes, given }: Round, rounds: Dim): LoopBody {
  return { nodes, given, rounds: typeof rounds === 'number' ? rounds : null }
}
