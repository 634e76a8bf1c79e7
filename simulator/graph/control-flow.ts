/**
 * If, Loop and Scan: decided branches are inlined, bodies of loops are inferred once and counted per iteration.
 *
 * Where only the run decides between two branches, the heavier one is taken and named. A loop whose trip count is
 * not known has unknown total work.
 */
import { problem } from '../problem.ts'
import type { BoundNode, BoundValue, LoopBody } from './bound.ts'
import type { Dim, Graph, Node } from './graph.ts'
import { operatorKey } from './graph.ts'
import { noWork, OperatorContext, unknownWork, type Work } from './operator.ts'
import type { Scope, Walk } from './scope.ts'
import { commonTensor, type TensorType, tensor, unknownTensor, type ValueType } from './value-type.ts'

/** Passes until loop-carried shapes must have settled: each widens them, rank and sizes. */
const maxWidenings = 3

type Execute = (walk: Walk, scope: Scope, node: Node, executed: BoundNode[]) => void

const rules: Readonly<Record<string, Execute>> = { If: executeIf, Loop: executeLoop, Scan: executeScan }

export function isControlFlow(key: string): boolean {
  return Object.hasOwn(rules, key)
}

export function executeControlFlow(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  rules[operatorKey(node)]?.(walk, scope, node, executed)
}

function graphAttribute(node: Node, name: string): Graph | null {
  return new OperatorContext(node, null, []).graphAttribute(name)
}

interface Branch {
  readonly nodes: readonly BoundNode[]
  readonly outputs: readonly (BoundValue | null)[]
}

function runBranch(walk: Walk, scope: Scope, graph: Graph | null): Branch {
  if (graph === null) return { nodes: [], outputs: [] }
  const inner = walk.openScope(graph, scope, scope.depth + 1, scope.callAttributes)
  const nodes = walk.run(inner)
  return { nodes, outputs: graph.outputs.map((name) => walk.resolve(inner, name)) }
}

function executeIf(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const [thenGraph, elseGraph] = [graphAttribute(node, 'then_branch'), graphAttribute(node, 'else_branch')]
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

/** The other branch never runs; it is inferred only so that its values have types, and may contradict itself. */
function runDecided(walk: Walk, scope: Scope, [taken, other]: readonly [Graph | null, Graph | null]): Branch {
  const branch = runBranch(walk, scope, taken)
  walk.acceptNames(walk.attempt(() => runBranch(walk, scope, other)))
  return branch
}

function runHeavier(walk: Walk, scope: Scope, node: Node, thenGraph: Graph | null, elseGraph: Graph | null): Branch {
  const thenBranch = walk.attempt(() => runBranch(walk, scope, thenGraph))
  const elseBranch = walk.attempt(() => runBranch(walk, scope, elseGraph))
  const elseIsHeavier = isHeavier(totalWork(elseBranch.result.nodes), totalWork(thenBranch.result.nodes))
  const [taken, other] = elseIsHeavier ? [elseBranch, thenBranch] : [thenBranch, elseBranch]
  walk.report(
    node,
    problem('branch-assumed', 'Give the input value that decides the condition.', {
      received: `${elseIsHeavier ? 'else' : 'then'} branch of ${node.name}`,
    }),
  )
  walk.accept(taken)
  walk.acceptNames(other)
  return taken.result
}

/** Unknown work may be any amount. */
function isHeavier(a: Work, b: Work): boolean {
  const [macsA, macsB] = [a.macs ?? Number.POSITIVE_INFINITY, b.macs ?? Number.POSITIVE_INFINITY]
  if (macsA !== macsB) return macsA > macsB
  return (a.vectorOps ?? Number.POSITIVE_INFINITY) > (b.vectorOps ?? Number.POSITIVE_INFINITY)
}

/** Sum over nodes; work done once on weights is not part of a run. */
function totalWork(nodes: readonly BoundNode[]): Work {
  let macs: number | null = 0
  let vectorOps: number | null = 0
  for (const node of nodes) {
    if (node.isWeight) continue
    macs = macs === null || node.work.macs === null ? null : macs + node.work.macs
    vectorOps = vectorOps === null || node.work.vectorOps === null ? null : vectorOps + node.work.vectorOps
  }
  return { macs, vectorOps, gemm: null, window: null }
}

/** Loop(trip count?, condition?, carried…) → carried…, stacked… */
function executeLoop(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const body = graphAttribute(node, 'body')
  const inputs = node.inputs.map((name) => walk.resolve(scope, name))
  if (body === null) {
    executeOpaque(walk, scope, node, inputs, executed)
    return
  }
  const carried = inputs.slice(2).map((input) => withoutContent(input?.type ?? unknownTensor))
  const fixed = [tensor('int64', []), tensor('bool', [])]
  const { nodes, outputs, settled } = runLoopBody(walk, scope, body, fixed, carried, [], 1)
  const trips = tripCount(inputs, outputs[0] ?? unknownTensor)
  const stacked = outputs.slice(1 + carried.length).map((type) => stack(type, trips))
  const loop = { nodes, iterations: typeof trips === 'number' ? trips : null }
  finish(walk, scope, node, inputs, trips === 0 ? [...carried, ...stacked] : [...settled, ...stacked], loop, executed)
}

/** Known when the count is, and the condition never ends the loop early. */
function tripCount(inputs: readonly (BoundValue | null)[], condition: ValueType): Dim {
  const [limit, start] = [inputs[0]?.type, inputs[1]?.type]
  if (start?.kind === 'tensor' && start.elements?.[0] === 0) return 0
  const goesOn = condition.kind === 'tensor' && condition.elements?.[0] === 1
  const count = limit?.kind === 'tensor' ? (limit.elements?.[0] ?? null) : null
  return goesOn ? (typeof count === 'number' ? Math.max(0, count) : count) : null
}

/** Scan(initial state…, scanned…) → final state…, stacked…; opset 8 had sequence lengths first and a batch axis. */
function executeScan(walk: Walk, scope: Scope, node: Node, executed: BoundNode[]): void {
  const body = graphAttribute(node, 'body')
  const all = node.inputs.map((name) => walk.resolve(scope, name))
  if (body === null) {
    executeOpaque(walk, scope, node, all, executed)
    return
  }
  const isBatched = (scope.graph.opsets[''] ?? 9) < 9
  const inputs = isBatched ? all.slice(1) : all
  const context = new OperatorContext(node, null, [])
  const scannedCount = context.number('num_scan_inputs', 0)
  const types = inputs.map((input) => asTensor(input?.type ?? unknownTensor))
  const state = types.slice(0, types.length - scannedCount).map(withoutContent)
  const scanned = types.slice(types.length - scannedCount)
  const batch = isBatched ? (scanned[0]?.shape?.[0] ?? null) : null
  const inAxes = context.numberList('scan_input_axes')
  const axisOf = (axes: readonly number[] | null, index: number, rank: number) => {
    const axis = (axes?.[index] ?? 0) + (isBatched ? 1 : 0)
    return axis < 0 ? axis + rank : axis
  }
  let length: Dim = null
  const slices = scanned.map(({ dtype, shape }, index) => {
    if (shape === null) return tensor(dtype, null)
    const axis = axisOf(inAxes, index, shape.length)
    length ??= shape[axis] ?? null
    return tensor(
      dtype,
      shape.filter((_, position) => position !== axis && !(isBatched && position === 0)),
    )
  })
  const inner = isBatched ? state.map((type) => dropAxis(asTensor(type), 0)) : state
  const { nodes, outputs, settled } = runLoopBody(walk, scope, body, [], inner, slices, 0)
  const outAxes = context.numberList('scan_output_axes')
  const stacked = outputs.slice(inner.length).map((type, index) => {
    const item = asTensor(type)
    const rank = (item.shape?.length ?? 0) + 1
    return isBatched
      ? insertAxis(insertAxis(item, 0, length), 0, batch)
      : insertAxis(item, axisOf(outAxes, index, rank), length)
  })
  const final = isBatched ? settled.map((type) => insertAxis(asTensor(type), 0, batch)) : settled
  const rounds = isBatched ? product(length, batch) : length
  const loop = { nodes, iterations: typeof rounds === 'number' ? rounds : null }
  finish(walk, scope, node, all, [...final, ...stacked], loop, executed)
}

const product = (a: Dim, b: Dim): Dim => (typeof a === 'number' && typeof b === 'number' ? a * b : null)

interface LoopRun {
  readonly nodes: readonly BoundNode[]
  /** Types of all body outputs. */
  readonly outputs: readonly ValueType[]
  /** Types of the carried values that hold before and after every iteration. */
  readonly settled: readonly ValueType[]
}

/** Infers the body, widening the carried types until an iteration no longer changes them. */
function runLoopBody(
  walk: Walk,
  scope: Scope,
  body: Graph,
  fixed: readonly ValueType[],
  carried: readonly ValueType[],
  slices: readonly ValueType[],
  firstCarried: number,
): LoopRun {
  let settled = carried
  for (let pass = 0; ; pass++) {
    const before = settled
    const attempt = walk.attempt(() => runBody(walk, scope, body, [...fixed, ...before, ...slices]))
    const after = attempt.result.outputs.slice(firstCarried, firstCarried + carried.length)
    settled = before.map((type, index) => commonType(type, after[index] ?? unknownTensor))
    const changes = settled.some((type, index) => !sameType(type, before[index] ?? unknownTensor))
    if (changes && pass < maxWidenings) continue
    walk.accept(attempt)
    return { ...attempt.result, settled }
  }
}

function runBody(walk: Walk, scope: Scope, body: Graph, types: readonly ValueType[]) {
  const inner = walk.openScope(body, scope, scope.depth + 1, scope.callAttributes)
  for (const [index, name] of body.inputs.entries()) {
    walk.define(inner, name, types[index] ?? unknownTensor, 'computed', false)
  }
  const nodes = walk.run(inner)
  const outputs = body.outputs.map((name) => walk.resolve(inner, name)?.type ?? unknownTensor)
  return { nodes, outputs }
}

function finish(
  walk: Walk,
  scope: Scope,
  node: Node,
  inputs: readonly (BoundValue | null)[],
  types: readonly ValueType[],
  body: LoopBody | null,
  executed: BoundNode[],
): void {
  const outputs = node.outputs.map((name, index) =>
    name === null ? null : walk.define(scope, name, types[index] ?? unknownTensor, 'computed', false),
  )
  if (body !== null && body.iterations === null) {
    const { macs } = totalWork(body.nodes)
    walk.report(
      node,
      problem('unknown-iterations', 'Give the input value that decides how often the loop runs.', {
        received: macs === null ? 'unknown work per iteration' : `${macs} MACs per iteration`,
      }),
    )
  }
  executed.push({
    node,
    key: operatorKey(node),
    class: 'control-flow',
    inputs: [...inputs, ...captures(body, inputs)],
    outputs,
    work: body === null ? unknownWork : repeated(totalWork(body.nodes), body.iterations),
    isWeight: false,
    isShapeArithmetic: false,
    body,
  })
}

/** Values of the surrounding graphs that a body reads. */
function captures(body: LoopBody | null, inputs: readonly (BoundValue | null)[]): BoundValue[] {
  if (body === null) return []
  const inside = new Set<BoundValue>()
  for (const node of body.nodes) for (const output of node.outputs) if (output !== null) inside.add(output)
  const found = new Set<BoundValue>()
  for (const node of body.nodes) {
    for (const input of node.inputs) {
      if (input !== null && !inside.has(input) && !inputs.includes(input)) found.add(input)
    }
  }
  return [...found]
}

function repeated(work: Work, iterations: number | null): Work {
  if (iterations === 0) return noWork
  const total = (amount: number | null) => (amount === null || iterations === null ? null : amount * iterations)
  return { macs: total(work.macs), vectorOps: total(work.vectorOps), gemm: null, window: null }
}

function executeOpaque(
  walk: Walk,
  scope: Scope,
  node: Node,
  inputs: readonly (BoundValue | null)[],
  executed: BoundNode[],
): void {
  const types = node.outputs.map((name) => (name === null ? unknownTensor : walk.declared(scope, name)))
  finish(walk, scope, node, inputs, types, null, executed)
}

function asTensor(type: ValueType): TensorType {
  return type.kind === 'tensor' ? type : unknownTensor
}

/** Iterations change content, so none of it is known inside. */
function withoutContent(type: ValueType): ValueType {
  if (type.kind === 'tensor') return tensor(type.dtype, type.shape)
  return type.kind === 'sequence' ? { ...type, items: null } : type
}

function commonType(a: ValueType, b: ValueType): ValueType {
  if (a.kind === 'tensor' && b.kind === 'tensor') return commonTensor(a, b)
  if (a.kind === 'sequence' && b.kind === 'sequence') {
    return { kind: 'sequence', element: commonTensor(a.element, b.element), items: null }
  }
  return a.kind === b.kind ? a : unknownTensor
}

function sameType(a: ValueType, b: ValueType): boolean {
  if (a.kind === 'sequence' && b.kind === 'sequence') return sameType(a.element, b.element)
  if (a.kind !== 'tensor' || b.kind !== 'tensor') return a.kind === b.kind
  if (a.dtype !== b.dtype || a.shape?.length !== b.shape?.length) return false
  const other = b.shape
  return a.shape?.every((dim, axis) => dim === other?.[axis]) ?? true
}

function dropAxis({ dtype, shape }: TensorType, axis: number): TensorType {
  return tensor(dtype, shape?.filter((_, position) => position !== axis) ?? null)
}

function insertAxis({ dtype, shape }: TensorType, axis: number, size: Dim): TensorType {
  return tensor(dtype, shape === null ? null : [...shape.slice(0, axis), size, ...shape.slice(axis)])
}

const stack = (type: ValueType, count: Dim): TensorType => insertAxis(asTensor(type), 0, count)
