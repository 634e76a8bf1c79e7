/** Which row of the support tables an operator is in. */
import type { Operation } from '../graph/operations.ts'
import { findOperator } from '../graph/operators.ts'
import type { OperatorSummary } from '../graph/summary.ts'

/** Operations that a window over time makes another kind of work. */
const windowed: ReadonlySet<Operation | null> = new Set<Operation>(['convolution', 'transposed-convolution'])

/** `null` = no table speaks of it. What neither the registry nor its class tells anything of is a custom operator. */
export function operationOf({ op, window, class: operatorClass }: OperatorSummary): Operation | null {
  const operator = findOperator(op)
  if (operator === null) return operatorClass === 'unknown' ? 'custom' : null
  if (windowed.has(operator.support) && window?.kernel.length === 3) return 'volumetric-convolution'
  return operator.support
}
