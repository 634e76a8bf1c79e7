/** A graph after shape inference: what executes, in order, with what is known about every value. */
import type { Problem } from '../problem.ts'
import type { FusedActivation } from './dialect.ts'
import type { Graph, Node } from './graph.ts'
import type { Work } from './operator.ts'
import type { OperatorClass } from './summary.ts'
import type { ValueType } from './value-type.ts'

export interface BoundValue {
  readonly name: string
  readonly type: ValueType
  /** `state`: kept by the runtime from run to run. */
  readonly origin: 'input' | 'constant' | 'state' | 'computed'
  /** A constant, or computed from constants alone. */
  readonly isWeight: boolean
}

/** One operator that executes. Functions and the taken branch of an `If` are inlined. */
export interface BoundNode {
  readonly node: Node
  /** Operator name in the file. */
  readonly key: string
  /** Registry key of the operator that this is, whatever the file calls it. */
  readonly op: string
  /** Applied to the result within the node; `work` holds it. */
  readonly activation: FusedActivation | null
  readonly class: OperatorClass
  readonly inputs: readonly (BoundValue | null)[]
  readonly outputs: readonly (BoundValue | null)[]
  readonly work: Work
  /** Computed from constants alone: done before the run, once. */
  readonly isWeight: boolean
  /** Every output's content is fixed by the bound shapes: nothing is left to compute. */
  readonly isShapeArithmetic: boolean
  /** Loop, Scan, SequenceMap. */
  readonly body: LoopBody | null
}

export interface LoopBody {
  /** Values that exist only inside: counter, carried values, slices. */
  readonly given: readonly BoundValue[]
  /** What one round executes: an iteration, or all of them where they differ and their number is known. */
  readonly nodes: readonly BoundNode[]
  /** `null` = decided at run time. */
  readonly rounds: number | null
}

export interface BoundGraph {
  readonly graph: Graph
  readonly inputs: readonly BoundValue[]
  readonly outputs: readonly (BoundValue | null)[]
  /** In execution order. */
  readonly nodes: readonly BoundNode[]
  /** Every named value of all graphs; the first one where branches or calls repeat a name. */
  readonly values: ReadonlyMap<string, BoundValue>
  /** Bad news: unknown operators, sizes that only the run decides, branches assumed. */
  readonly problems: readonly Problem[]
  /** Symbols (and `input[axis]`) that the caller has not bound. */
  readonly unboundDimensions: readonly string[]
}

/** Nothing to execute: from constants alone, or fixed by the shapes. */
export function isDoneBefore(node: BoundNode): boolean {
  return node.isWeight || node.isShapeArithmetic
}
