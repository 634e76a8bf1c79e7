/**
 * The shape-inference engine: walks the graph in execution order, folds shape arithmetic, counts work.
 *
 * Linear in nodes. Local functions and decided branches are inlined, so what comes out is what executes.
 */
import { fail, type Problem, ProblemError, problem } from '../problem.ts'
import { type BoundInputs, bindInputs, openDimensionFix, resolveShape, type ShapeBindings } from './bindings.ts'
import type { BoundGraph, BoundNode, BoundValue } from './bound.ts'
import { controlKindOf, executeControlFlow } from './control-flow.ts'
import type { Dialect } from './dialect.ts'
import { inlineFunction, resolveReferences } from './functions.ts'
import type { Graph, LocalFunction, Node, Value } from './graph.ts'
import { operatorKey } from './graph.ts'
import { graphsIn } from './nested-graphs.ts'
import { constantType, noWork, type Operator, OperatorContext, unknownWork, type Work } from './operator.ts'
import { findOperator } from './operators.ts'
import { type Attempt, nestedIn, type Scope, type Surroundings, type Walk } from './scope.ts'
import { checkSizes, elementCount, formatShape, isStatic } from './shape.ts'
import {
  isKnown,
  maxFoldedElements,
  maxFoldedElementsPerGraph,
  refine,
  tensor,
  unknownTensor,
  type ValueType,
} from './value-type.ts'

/** Bounds what function calls and nested graphs may expand to. */
const maxInlinedNodes = 200_000
const maxNestedGraphs = 64

/**
 * The graph with every symbol bound.
 *
 * Throws `unbound-dimension` naming every symbol that `bindings` leave open, and `shape-mismatch` where the shapes
 * contradict the model. Unknown operators and data-dependent sizes are no reason to throw: see `problems`.
 */
export function bindShapes(graph: Graph, bindings: ShapeBindings): BoundGraph {
  const bound = inferShapes(graph, bindings)
  const first = bound.problems.find(({ code }) => code === 'unbound-dimension' || code === 'shape-mismatch')
  if (first !== undefined) throw new ProblemError(first)
  return bound
}

/** As `bindShapes`, but open symbols and contradictions are bad news: `problems` names them, shapes stay unknown. */
export function inferShapes(graph: Graph, bindings: ShapeBindings): BoundGraph {
  const inputs = bindInputs(graph, bindings)
  const inference = new Inference(graph, inputs)
  const scope = inference.openScope(graph, { parent: null, depth: 0, isRepeated: false, callAttributes: null })
  for (const [name, type] of inputs.types) inference.define(scope, name, type, 'input', false)
  const nodes = inference.run(scope)
  if (inputs.open.length > 0) {
    inference.problems.unshift(
      problem('unbound-dimension', openDimensionFix, {
        where: inputs.open.join(', '),
        expected: 'a size for each',
      }),
    )
  }
  return {
    graph,
    inputs: graph.inputs.flatMap((name) => inference.resolve(scope, name) ?? []),
    outputs: graph.outputs.map((name) => inference.resolve(scope, name)),
    nodes,
    values: new Map([...scope.values, ...[...inference.values].filter(([name]) => !scope.values.has(name))]),
    problems: [...inputs.problems, ...relevant(inference.problems, inputs.open.length > 0)],
    unboundDimensions: inputs.open,
  }
}

class Inference implements Walk {
  problems: Problem[] = []
  /** First value of every name, over all scopes. */
  values = new Map<string, BoundValue>()
  readonly functions: ReadonlyMap<string, LocalFunction>
  private readonly dialect: Dialect | null
  private readonly symbols: ReadonlyMap<string, number>
  private foldedElements = 0
  private inlinedNodes = 0

  constructor(graph: Graph, inputs: BoundInputs) {
    this.functions = graph.functions ?? new Map()
    this.dialect = graph.dialect ?? null
    this.symbols = inputs.symbols
  }

  openScope(graph: Graph, around: Surroundings): Scope {
    const { depth } = around
    if (depth > 0) this.inlinedNodes += graph.nodes.length
    if (depth > maxNestedGraphs) {
      throw fail('too-deep', 'Flatten the nested graphs or functions.', { where: graph.name })
    }
    if (this.inlinedNodes > maxInlinedNodes) {
      throw fail('too-many-nodes', 'The functions of this model expand without bound.', { where: graph.name })
    }
    const scope: Scope = { graph, values: new Map(), ...around }
    // Constants nobody reads are named values too.
    for (const name of graph.constants.keys()) this.resolve(scope, name)
    for (const name of graph.states ?? []) this.define(scope, name, this.declared(scope, name), 'state', false)
    return scope
  }

  run(scope: Scope, executed: BoundNode[] = []): BoundNode[] {
    for (const node of scope.graph.nodes) this.step(scope, node, executed)
    return executed
  }

  resolve(scope: Scope, name: string | null): BoundValue | null {
    if (name === null) return null
    for (let at: Scope | null = scope; at !== null; at = at.parent) {
      const value = at.values.get(name)
      if (value !== undefined) return value
      const constant = at.graph.constants.get(name)
      if (constant !== undefined) return this.define(at, name, constantType(constant), 'constant', true)
    }
    return null
  }

  define(scope: Scope, name: string, type: ValueType, origin: BoundValue['origin'], isWeight: boolean): BoundValue {
    const value: BoundValue = { name, type: this.bounded(type), origin, isWeight }
    this.alias(scope, name, value)
    return value
  }

  alias(scope: Scope, name: string, value: BoundValue): void {
    scope.values.set(name, value)
    if (!this.values.has(name)) this.values.set(name, value)
  }

  declared(scope: Scope, name: string): ValueType {
    const value: Value | undefined = scope.graph.values.get(name)
    return value === undefined ? unknownTensor : tensor(value.dtype, resolveShape(value.shape, this.symbols))
  }

  private step(scope: Scope, given: Node, executed: BoundNode[]): void {
    const node = scope.callAttributes === null ? given : resolveReferences(given, scope.callAttributes)
    const key = operatorKey(node)
    const called = this.functions.get(key)
    const control = controlKindOf(key, this.dialect)
    if (called !== undefined) inlineFunction(this, scope, node, called, executed)
    else if (control !== null) executeControlFlow(control, this, scope, node, executed)
    else executed.push(this.execute(scope, node, key))
  }

  private execute(scope: Scope, node: Node, key: string): BoundNode {
    const inputs = node.inputs.map((name) => this.resolve(scope, name))
    const lowered = this.dialect?.operators.get(key) ?? null
    const operator = lowered ?? findOperator(key)
    const context = new OperatorContext(
      node,
      Object.hasOwn(scope.graph.opsets, node.domain) ? (scope.graph.opsets[node.domain] ?? null) : null,
      inputs.map((input) => input?.type ?? null),
      inputs.map((input) => input?.isWeight ?? false),
      scope.graph.values,
    )
    const isDecided = operator?.isVolatile !== true && !node.op.startsWith('Random')
    const isWeight = isDecided && inputs.every((input) => input === null || input.isWeight)
    let inferred: readonly ValueType[] = []
    let failed = false
    if (operator === null) this.nameUnknown(key, node)
    else {
      try {
        inferred = operator.infer(context)
        for (const type of inferred) if (type.kind === 'tensor') checkSizes(type.shape)
      } catch (error) {
        inferred = []
        failed = true
        if (!(error instanceof ProblemError)) throw error
        this.report(node, error.problem)
      }
    }
    const outputs = node.outputs.map((name, index) =>
      name === null ? null : this.defineOutput(scope, name, inferred[index], isWeight),
    )
    context.outputs = outputs.map((output) => output?.type ?? unknownTensor)
    if (operator !== null && !failed) this.reportOrigin(node, inputs, outputs)
    this.nameNestedValues(scope, node)
    const isShapeArithmetic = outputs.every((output) => output === null || isKnown(output.type))
    const work = operator === null || failed ? unknownWork : isShapeArithmetic ? noWork : countedWork(operator, context)
    return {
      node,
      key,
      op: lowered === null ? key : typeof lowered.op === 'string' ? lowered.op : lowered.op(context),
      activation: failed ? null : (lowered?.activation?.(context) ?? null),
      class:
        operator === null ? 'unknown' : typeof operator.class === 'string' ? operator.class : operator.class(context),
      inputs,
      outputs,
      work,
      isWeight,
      isShapeArithmetic,
      body: null,
    }
  }

  private defineOutput(scope: Scope, name: string, inferred: ValueType | undefined, isWeight: boolean): BoundValue {
    const type = refine(inferred ?? unknownTensor, () => this.declared(scope, name))
    return this.define(scope, name, type, 'computed', isWeight)
  }

  /** Graphs inside an operator without a rule for them (BeamSearch) have named values all the same. */
  private nameNestedValues(scope: Scope, node: Node): void {
    for (const attribute of Object.values(node.attributes)) {
      for (const graph of graphsIn(attribute)) {
        const nested = this.attempt(() => {
          const inner = this.openScope(graph, nestedIn(scope))
          for (const name of graph.inputs) this.define(inner, name, this.declared(inner, name), 'computed', false)
          this.run(inner)
        })
        this.acceptNames(nested)
      }
    }
  }

  /** Drops content beyond the folding limits. */
  private bounded(type: ValueType): ValueType {
    if (type.kind !== 'tensor' || type.elements === null) return type
    this.foldedElements += type.elements.length
    const fits = type.elements.length <= maxFoldedElements && this.foldedElements <= maxFoldedElementsPerGraph
    return fits ? type : tensor(type.dtype, type.shape)
  }

  private nameUnknown(key: string, node: Node): void {
    this.problems.push(
      problem('unknown-operator', 'Its work is not counted: treat totals as unknown.', {
        where: node.name,
        received: key,
      }),
    )
  }

  report(node: Node, found: Problem): void {
    this.problems.push({ ...found, where: found.where ?? node.name })
  }

  attempt<Result>(run: () => Result): Attempt<Result> {
    const { problems, values } = this
    const inner: { problems: Problem[]; values: Map<string, BoundValue> } = { problems: [], values: new Map() }
    this.problems = inner.problems
    this.values = inner.values
    try {
      return { result: run(), ...inner }
    } finally {
      this.problems = problems
      this.values = values
    }
  }

  accept(attempt: Attempt<unknown>): void {
    for (const found of attempt.problems) this.problems.push(found)
    this.acceptNames(attempt)
  }

  acceptNames({ values }: Attempt<unknown>): void {
    for (const [name, value] of values) if (!this.values.has(name)) this.values.set(name, value)
  }

  /** Names the node at which a shape first becomes unknown although everything before it is known. */
  private reportOrigin(
    node: Node,
    inputs: readonly (BoundValue | null)[],
    outputs: readonly (BoundValue | null)[],
  ): void {
    const open = outputs.find((output) => output?.type.kind === 'tensor' && !isStatic(output.type.shape))
    if (open?.type.kind !== 'tensor') return
    for (const input of inputs) {
      if (input?.type.kind === 'tensor' && elementCount(input.type.shape) === null) return
    }
    this.problems.push(
      problem('data-dependent-shape', 'The size is decided by values at run time; give those input values to fix it.', {
        where: node.name,
        received: `${open.name}: ${formatShape(open.type.shape)}`,
      }),
    )
  }
}

/** Work as the operator counts it; what is no amount (absurd attributes) is not known. */
function countedWork(operator: Operator, context: OperatorContext): Work {
  const work = operator.work(context)
  const amounts = [work.macs ?? 0, work.vectorOps ?? 0, ...Object.values(work.gemm ?? {})]
  return amounts.every((amount) => amount >= 0 && amount < Number.POSITIVE_INFINITY) ? work : unknownWork
}

/** What binding the open symbols may settle, and is therefore not said while some are open. */
const settledByBinding: ReadonlySet<string> = new Set(['data-dependent-shape', 'branch-assumed', 'unknown-iterations'])

/** An unknown operator is named once, at its first node; rounds of a loop say the same thing once. */
function relevant(problems: readonly Problem[], hasOpenSymbols: boolean): Problem[] {
  const named = new Set<string>()
  return problems.filter(({ code, where, received }) => {
    if (hasOpenSymbols && settledByBinding.has(code)) return false
    const key = `${code} ${code === 'unknown-operator' ? received : where}`
    return !named.has(key) && named.add(key)
  })
}
