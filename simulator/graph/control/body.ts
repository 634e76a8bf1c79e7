/** Bodies that run many times: one round of inference, the node that stands for all rounds, and unknown bodies. */
import { problem } from '../../problem.ts'
import type { BoundNode, BoundValue, LoopBody } from '../bound.ts'
import { type Graph, type Node, operatorKey } from '../graph.ts'
import { unknownWork } from '../operator.ts'
import { nestedIn, type Scope, type Walk } from '../scope.ts'
import { commonType, sameType, unknownTensor, type ValueType } from '../value-type.ts'
import { repeatedWork, totalWork } from './total-work.ts'

/** Rounds that are inferred one by one when their number is known, and the nodes they may make together. */
export const maxUnrolledRounds = 64
export const maxUnrolledNodes = 20_000

/** Passes until loop-carried shapes must have settled: each widens a size or the rank. */
const maxWidenings = 3

export interface Round {
  readonly nodes: readonly BoundNode[]
  readonly outputs: readonly ValueType[]
  /** What the round is given: counter, carried values, slices. */
  readonly given: readonly BoundValue[]
}

export function runRound(walk: Walk, scope: Scope, body: Graph, inputs: readonly ValueType[]): Round {
  const inner = walk.openScope(body, { ...nestedIn(scope), isRepeated: true })
  const given = body.inputs.map((name, index) =>
    walk.define(inner, name, inputs[index] ?? unknownTensor, 'computed', false),
  )
  const nodes = walk.run(inner)
  return { nodes, given, outputs: body.outputs.map((name) => walk.resolve(inner, name)?.type ?? unknownTensor) }
}

export interface AnyRound extends Round {
  /** Types of the carried values that hold before and after every round. */
  readonly carried: readonly ValueType[]
}

/** One round that stands for all: the carried types are widened until a round no longer changes them. */
export function runAnyRound(
  walk: Walk,
  scope: Scope,
  body: Graph,
  parts: {
    readonly before: readonly ValueType[]
    readonly carried: readonly ValueType[]
    readonly after: readonly ValueType[]
    /** Position of the first carried value among the body's outputs. */
    readonly firstOutput: number
  },
): AnyRound {
  let carried = parts.carried
  for (let pass = 0; ; pass++) {
    const given = carried
    const attempt = walk.attempt(() => runRound(walk, scope, body, [...parts.before, ...given, ...parts.after]))
    const next = attempt.result.outputs.slice(parts.firstOutput, parts.firstOutput + given.length)
    carried = given.map((type, index) => commonType(type, next[index] ?? unknownTensor))
    const changes = carried.some((type, index) => !sameType(type, given[index] ?? unknownTensor))
    if (changes && pass < maxWidenings) continue
    walk.accept(attempt)
    return { ...attempt.result, carried }
  }
}

/** The node that stands for the whole loop; `body: null` where its graph is missing. */
export function finishLoop(
  walk: Walk,
  scope: Scope,
  node: Node,
  types: readonly ValueType[],
  body: LoopBody | null,
): BoundNode {
  const inputs = node.inputs.map((name) => walk.resolve(scope, name))
  const outputs = node.outputs.map((name, index) =>
    name === null ? null : walk.define(scope, name, types[index] ?? walk.declared(scope, name), 'computed', false),
  )
  const perRound = body === null ? unknownWork : totalWork(body.nodes)
  if (body?.rounds === null) {
    walk.report(
      node,
      problem('unknown-iterations', 'Give the input value that decides how often the loop runs.', {
        received: perRound.macs === null ? 'unknown work per iteration' : `${perRound.macs} MACs per iteration`,
      }),
    )
  }
  return {
    node,
    key: operatorKey(node),
    class: 'control-flow',
    inputs: [...inputs, ...capturesOf(body, inputs)],
    outputs,
    work: body === null ? unknownWork : repeatedWork(perRound, body.rounds),
    isWeight: false,
    op: 'Loop',
    activation: null,
    isShapeArithmetic: false,
    body,
  }
}

/** Values of the surrounding graphs that a body reads beyond the loop's own inputs. */
function capturesOf(body: LoopBody | null, inputs: readonly (BoundValue | null)[]): BoundValue[] {
  if (body === null) return []
  const own = new Set<BoundValue | null>([...inputs, ...body.given])
  for (const node of body.nodes) for (const output of node.outputs) own.add(output)
  const captures = new Set<BoundValue>()
  for (const node of body.nodes) {
    for (const input of node.inputs) if (input !== null && !own.has(input)) captures.add(input)
  }
  return [...captures]
}
