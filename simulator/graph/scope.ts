/** Names in scope while the inference walks nested graphs, and what the walk offers to functions and control flow. */
import type { Problem } from '../problem.ts'
import type { BoundNode, BoundValue } from './bound.ts'
import type { Attribute, Graph, Node } from './graph.ts'
import type { ValueType } from './value-type.ts'

/** Names visible in one graph: its own, then those of the graphs around it. */
export interface Scope {
  readonly graph: Graph
  readonly parent: Scope | null
  readonly values: Map<string, BoundValue>
  readonly depth: number
  /** Inside a body that runs many times. */
  readonly isRepeated: boolean
  /** Inside a function: the caller's attributes over the function's defaults. */
  readonly callAttributes: Readonly<Record<string, Attribute>> | null
}

/** Where a nested graph stands. */
export type Surroundings = Omit<Scope, 'graph' | 'values'>

/** Inside `scope`, seeing its names. */
export function nestedIn(scope: Scope): Surroundings {
  const { depth, isRepeated, callAttributes } = scope
  return { parent: scope, depth: depth + 1, isRepeated, callAttributes }
}

export interface Walk {
  openScope(graph: Graph, around: Surroundings): Scope
  /** Executes a scope's nodes in order; appends to `executed` and returns it. */
  run(scope: Scope, executed?: BoundNode[]): BoundNode[]
  resolve(scope: Scope, name: string | null): BoundValue | null
  define(scope: Scope, name: string, type: ValueType, origin: BoundValue['origin'], isWeight: boolean): BoundValue
  /** `name` in this scope is another name of `value`. */
  alias(scope: Scope, name: string, value: BoundValue): void
  /** What the file itself says about a value, bound symbols replaced. */
  declared(scope: Scope, name: string): ValueType
  report(node: Node, problem: Problem): void
  /** Runs something whose problems and value names are kept only by `accept` or `acceptNames`. */
  attempt<Result>(run: () => Result): Attempt<Result>
  accept(attempt: Attempt<unknown>): void
  /** For a branch that never runs: its values exist, its contradictions do not matter. */
  acceptNames(attempt: Attempt<unknown>): void
}

export interface Attempt<Result> {
  readonly result: Result
  readonly problems: readonly Problem[]
  readonly values: ReadonlyMap<string, BoundValue>
}
