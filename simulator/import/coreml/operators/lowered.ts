/**
 * Rules of Core ML operators, each with the operator of the registry that it is: operands and settings are put as the
 * registry has them, and its shape and work rules answer.
 */
import type { LoweredOperator } from '../../../graph/dialect.ts'
import { type DType, dtypes } from '../../../graph/dtype.ts'
import type { Attribute, Dim } from '../../../graph/graph.ts'
import { type Operator, OperatorContext, unknownWork } from '../../../graph/operator.ts'
import { findOperator } from '../../../graph/operators.ts'
import { type TensorType, tensor, type ValueType } from '../../../graph/value-type.ts'

/** Operators of one family by their name in the format. */
export type LoweredTable = Readonly<Record<string, LoweredOperator>>

/** A rule of its own, or of another operator than the one that this is. */
export function lowered(op: string, rule: Operator): LoweredOperator {
  return { ...rule, op }
}

function registered(op: string): Operator {
  const operator = findOperator(op)
  if (operator === null) throw new Error(`no operator ${op}`)
  return operator
}

/** Operands and settings are those of the operator, or make no difference to its rule. */
export function standard(op: string): LoweredOperator {
  return lowered(op, registered(op))
}

/** A call of an operator of the registry. */
export interface Call {
  readonly inputs: readonly (ValueType | null)[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/**
 * An operator that does what `op` does with the call that `callOf` makes of the node; `null`: too little is known.
 * Operand i of the call is a weight where operand i of the node is one. `finish` gives the outputs their final shapes.
 */
export function asStandard(
  op: string,
  callOf: (context: OperatorContext) => Call | null,
  finish: (outputs: readonly ValueType[], context: OperatorContext) => readonly ValueType[] = (outputs) => outputs,
): LoweredOperator {
  const operator = registered(op)
  const inner = (context: OperatorContext): OperatorContext | null => {
    const call = callOf(context)
    if (call === null) return null
    const node = { ...context.node, domain: '', op, attributes: call.attributes ?? {} }
    return new OperatorContext(node, null, call.inputs, context.inputIsWeight)
  }
  return {
    op,
    class(context) {
      if (typeof operator.class === 'string') return operator.class
      return operator.class(inner(context) ?? context)
    },
    infer(context) {
      const called = inner(context)
      return called === null ? [] : finish(operator.infer(called), context)
    },
    work(context) {
      const called = inner(context)
      if (called === null) return unknownWork
      called.outputs = operator.infer(called)
      return operator.work(called)
    },
  }
}

/** The operator that a setting of the node decides. */
export function choosing(pick: (context: OperatorContext) => LoweredOperator): LoweredOperator {
  return {
    op(context) {
      const { op } = pick(context)
      return typeof op === 'string' ? op : op(context)
    },
    class(context) {
      const { class: chosen } = pick(context)
      return typeof chosen === 'string' ? chosen : chosen(context)
    },
    infer: (context) => pick(context).infer(context),
    work: (context) => pick(context).work(context),
  }
}

/** A list of sizes or positions as an operand. */
export function vector(values: readonly Dim[]): TensorType {
  return tensor('int64', [values.length], values)
}

/** Every operator of a table under a prefix, with outputs of type `dtype`; `null`: the type that the file declares. */
export function underPrefix(prefix: string, dtype: DType | null, table: LoweredTable): [string, LoweredOperator][] {
  return Object.entries(table).map(([name, operator]) => [
    `${prefix}.${name}`,
    { ...operator, infer: (context) => operator.infer(context).map((type) => retyped(type, dtype)) },
  ])
}

function retyped(type: ValueType, dtype: DType | null): ValueType {
  return type.kind === 'tensor' ? tensor(dtype, type.shape, contentAs(dtype, type)) : type
}

/** Text has no content here, whatever was computed. */
function contentAs(dtype: DType | null, { elements }: TensorType): readonly Dim[] | null {
  return dtype !== null && dtypes[dtype].kind === 'string' ? null : elements
}
