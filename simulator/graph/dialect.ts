/**
 * How the operators of a file format read in the one vocabulary of `operators.ts`. A reader puts its dialect beside the
 * graph; nothing behind `import/` spells a format's operator name.
 *
 * An operator is lowered when its shapes are known, because options of many formats mean different things at different
 * sizes: SAME padding, masks of strided slices, axes that count from the end (docs/adr/0003).
 */
import type { Operator, OperatorContext } from './operator.ts'
import type { PruneRule } from './operator-entry.ts'

/** Shape and work rules read the operands in the order of the format; `op` is the operator that this is. */
export interface LoweredOperator extends Operator {
  /** Key in the operator registry. */
  readonly op: string | ((context: OperatorContext) => string)
  /** Registry key of the activation that the node applies to its result; its work is part of the node's. */
  readonly activation?: (context: OperatorContext) => FusedActivation | null
  /** Where operands and attributes are as that rule reads them; absent = channels stay. */
  readonly pruneAs?: PruneRule | null
}

export interface FusedActivation {
  readonly op: string
  readonly vectorOps: number
}

/** Control flow of a format, in the terms of `control-flow.ts`. */
export type ControlKind = 'if' | 'case' | 'loop' | 'scan' | 'sequence-map' | 'while' | 'counted-loop' | 'call'

export interface Dialect {
  /** By `operatorKey`. Keys that are absent are looked up in the registry itself. */
  readonly operators: ReadonlyMap<string, LoweredOperator>
  /** By `operatorKey`. */
  readonly control: ReadonlyMap<string, ControlKind>
  /**
   * Formats that keep shapes and axes as 32-bit integers: the operators (by `operatorKey`) whose wide integer operands are
   * biases, the only ones that are parameters. `null` = every 32-bit integer constant is a weight.
   */
  readonly integerBiases: ReadonlySet<string> | null
}
