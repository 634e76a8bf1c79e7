/** Operators of ONNX files under another name than the registry's, or with other operands. */
import type { FusedActivation, LoweredOperator } from '../../../graph/dialect.ts'
import type { Operator, OperatorContext } from '../../../graph/operator.ts'
import type { OperatorEntry } from '../../../graph/operator-entry.ts'
import { findOperator } from '../../../graph/operators.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'

/** By name within a domain. */
export type LoweredTable = Readonly<Record<string, LoweredOperator>>

/** Operands of its own. */
export function lowered(
  op: string,
  rule: Operator,
  more: Pick<LoweredOperator, 'activation' | 'pruneAs'> = {},
): LoweredOperator {
  return { class: rule.class, infer: rule.infer, work: rule.work, ...more, op }
}

/** Another name alone. */
export function same(op: string): LoweredOperator {
  const operator = registered(op)
  return { ...operator, pruneAs: operator.prune, op }
}

export function registered(op: string): OperatorEntry {
  const operator = findOperator(op)
  if (operator === null) throw new Error(`no operator ${op}`)
  return operator
}

/** The activation that an attribute names by its operator. */
export function namedActivation(context: OperatorContext): FusedActivation | null {
  const op = context.text('activation', '')
  return op === '' ? null : fused(op, opsPerElement.arithmetic, context)
}

export function fused(op: string, opsPerOutput: number, { outputCount }: OperatorContext): FusedActivation | null {
  return outputCount === null ? null : { op, vectorOps: outputCount * opsPerOutput }
}
