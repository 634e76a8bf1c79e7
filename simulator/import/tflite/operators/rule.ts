/**
 * TFLite operators by the rules of others: operands and options translated, and what TFLite adds to nearly all of them:
 * a fused activation, and scaling back to few bits where results are quantized.
 */
import type { FusedActivation, LoweredOperator } from '../../../graph/dialect.ts'
import { type DType, dtypes } from '../../../graph/dtype.ts'
import type { Attribute } from '../../../graph/graph.ts'
import type { Operator, OperatorContext, Work } from '../../../graph/operator.ts'
import { findOperator } from '../../../graph/operators.ts'
import { asTensor, type TensorType, tensor, type ValueType } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'

/** Operators by their name in the schema. */
export type LoweredTable = Readonly<Record<string, LoweredOperator>>

/** A rule for TFLite's operands and options; the operator that it is follows by `lowered`. */
export type LoweredRule = Omit<LoweredOperator, 'op'>

export function lowered(op: LoweredOperator['op'], rule: LoweredRule): LoweredOperator {
  return { ...rule, op }
}

/** Operands and options are those of `op`. */
export function same(op: string): LoweredOperator {
  return lowered(op, like(registered(op)))
}

/** As `same`, and so are the options. */
export function sameWithOptions(op: string): LoweredOperator {
  return lowered(op, like(registered(op), withOptions))
}

/** As `same`, with what follows the result. */
export function sameFusing(op: string): LoweredOperator {
  return lowered(op, fusing(like(registered(op))))
}

export function registered(op: string): Operator {
  const operator = findOperator(op)
  if (operator === null) throw new Error(`no operator ${op}`)
  return operator
}

/** A node as another operator takes it; attributes that are not given are absent. */
export interface Translation {
  readonly inputs?: readonly (ValueType | null)[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/**
 * The rule of `operator` on the translated node, with the element types that the file gives the outputs. Where
 * `translate` answers `null`, an option is decided at run time and only the types are known.
 */
export function like(
  operator: Operator,
  translate: (context: OperatorContext) => Translation | null = asGiven,
): Operator {
  const translated = (context: OperatorContext) => {
    const given = translate(context)
    return given === null ? null : context.as(given.inputs ?? context.inputs, given.attributes)
  }
  return {
    ...operator,
    infer(context) {
      const node = translated(context)
      const types = node === null ? [] : operator.infer(node)
      return context.node.outputs.map((_, index) => retyped(types[index], context.declaredType(index)))
    },
    work: (context) => operator.work(translated(context) ?? context),
  }
}

const asGiven = (): Translation => ({})

/** For rules that read TFLite's own options. */
export const withOptions = ({ node }: OperatorContext): Translation => ({ attributes: node.attributes })

function retyped(type: ValueType | undefined, dtype: DType | null): TensorType {
  const { shape, elements, dtype: inferred } = asTensor(type ?? tensor(dtype, null))
  return tensor(dtype ?? inferred, shape, elements)
}

/** The operator with a fused activation and, on quantized results, a multiplication back to their scale. */
export function fusing(operator: Operator): LoweredRule {
  return {
    ...operator,
    activation: fusedActivation,
    work(context) {
      const work = operator.work(context)
      const outputs = context.outputCount
      if (work.vectorOps === null || outputs === null) return work
      return { ...work, vectorOps: work.vectorOps + outputs * opsPerResult(context) }
    },
  }
}

/** Vector operations that each result takes after it has been computed. */
function opsPerResult(context: OperatorContext): number {
  const { ops } = activationOf(context) ?? { ops: 0 }
  return ops + (isQuantized(context.output(0).dtype) ? opsPerElement.requantize : 0)
}

function fusedActivation(context: OperatorContext): FusedActivation | null {
  const [activation, outputs] = [activationOf(context), context.outputCount]
  return activation === null || outputs === null ? null : { op: activation.op, vectorOps: outputs * activation.ops }
}

interface Activation {
  readonly op: string
  readonly ops: number
}

function activationOf(context: OperatorContext): Activation | null {
  return activations[context.text('fused_activation_function', 'NONE')] ?? null
}

const activations: Readonly<Record<string, Activation>> = {
  RELU: { op: 'Relu', ops: opsPerElement.arithmetic },
  RELU_N1_TO_1: { op: 'Clip', ops: opsPerElement.clip },
  RELU6: { op: 'Clip', ops: opsPerElement.clip },
  TANH: { op: 'Tanh', ops: opsPerElement.transcendental },
  /** 1 where the result is negative. */
  SIGN_BIT: { op: 'Less', ops: opsPerElement.arithmetic },
}

/** Integers of 16 bits and less carry scales; wider ones are indices, shapes and accumulators. */
function isQuantized(dtype: DType | null): boolean {
  return dtype !== null && dtypes[dtype].kind === 'integer' && dtypes[dtype].bits <= 16
}

/** What the file declares is all that is known of the outputs. */
export function declared(context: OperatorContext): readonly TensorType[] {
  return context.node.outputs.map((_, index) => tensor(context.declaredType(index), null))
}

export function withWork(operatorClass: Operator['class'], work: (context: OperatorContext) => Work): Operator {
  return { class: operatorClass, infer: declared, work }
}
