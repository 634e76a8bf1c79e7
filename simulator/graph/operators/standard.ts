/**
 * Operators of other formats in the terms of the standard ones: operands and attributes are put as ai.onnx has them, and
 * its shape and work rules answer.
 */
import { type DType, dtypes } from '../dtype.ts'
import type { Attribute, Dim } from '../graph.ts'
import { type Operator, OperatorContext, type OperatorTable, unknownWork } from '../operator.ts'
import { type TensorType, tensor, type ValueType } from '../value-type.ts'
import { activationOperators } from './activation.ts'
import { attentionOperators } from './attention.ts'
import { convolutionOperators } from './convolution.ts'
import { detectionOperators } from './detection.ts'
import { elementwiseOperators } from './elementwise.ts'
import { gatherOperators } from './gather.ts'
import { generateOperators } from './generate.ts'
import { layoutOperators } from './layout.ts'
import { matmulOperators } from './matmul.ts'
import { normalizationOperators } from './normalization.ts'
import { poolingOperators } from './pooling.ts'
import { quantizationOperators } from './quantization.ts'
import { recurrentOperators } from './recurrent.ts'
import { reductionOperators } from './reduction.ts'
import { resizeOperators } from './resize.ts'
import { viewOperators } from './view.ts'

const operators: OperatorTable = {
  ...activationOperators,
  ...attentionOperators,
  ...convolutionOperators,
  ...detectionOperators,
  ...elementwiseOperators,
  ...gatherOperators,
  ...generateOperators,
  ...layoutOperators,
  ...matmulOperators,
  ...normalizationOperators,
  ...poolingOperators,
  ...quantizationOperators,
  ...recurrentOperators,
  ...reductionOperators,
  ...resizeOperators,
  ...viewOperators,
}

/** The rule of a standard operator by its name. */
export function standard(name: string): Operator {
  const operator = operators[name]
  if (operator === undefined) throw new Error(`no standard operator ${name}`)
  return operator
}

/** A call of a standard operator. */
export interface Call {
  readonly inputs: readonly (ValueType | null)[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/**
 * An operator that does what the standard one does with the call that `callOf` makes of it; `null`: too little is known.
 * Operand i of the call is a weight where operand i of the operator is one. `finish` gives the outputs their final shapes.
 */
export function asStandard(
  name: string,
  callOf: (context: OperatorContext) => Call | null,
  finish: (outputs: readonly ValueType[], context: OperatorContext) => readonly ValueType[] = (outputs) => outputs,
): Operator {
  const operator = standard(name)
  const inner = (context: OperatorContext): OperatorContext | null => {
    const call = callOf(context)
    if (call === null) return null
    const node = { ...context.node, domain: '', op: name, attributes: call.attributes ?? {} }
    return new OperatorContext(node, null, call.inputs, context.inputIsWeight)
  }
  return {
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

/** A list of sizes or positions as an operand. */
export function vector(values: readonly Dim[]): TensorType {
  return tensor('int64', [values.length], values)
}

/** The same operator with outputs of type `dtype`; `null`: the type that the file declares. */
export function typed(dtype: DType | null, operator: Operator): Operator {
  const retyped = (type: ValueType): ValueType =>
    type.kind === 'tensor' ? tensor(dtype, type.shape, contentAs(dtype, type)) : type
  return { ...operator, infer: (context) => operator.infer(context).map(retyped) }
}

/** Text has no content here, whatever was computed. */
function contentAs(dtype: DType | null, { elements }: TensorType): readonly Dim[] | null {
  return dtype !== null && dtypes[dtype].kind === 'string' ? null : elements
}

/** Every operator of a table under a prefix, with outputs typed. */
export function underPrefix(prefix: string, dtype: DType | null, table: OperatorTable): OperatorTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, operator]) => [`${prefix}.${name}`, typed(dtype, operator)]),
  )
}
