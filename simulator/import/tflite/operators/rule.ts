/**
 * TFLite operators by the rules of others: operands and options translated, and what TFLite adds to nearly all of them:
 * a fused activation, and scaling back to few bits where results are quantized.
 */
import type { FusedActivation, LoweredOperator } from '../../../graph/dialect.ts'
import type { DType } from '../../../graph/dtype.ts'
import type { Attribute } from '../../../graph/graph.ts'
import type { Operator, OperatorContext, Work } from '../../../graph/operator.ts'
import { findOperator } from '../../../graph/operators.ts'
import { asTensor, type TensorType, tensor, type ValueType } from '../../../graph/value-type.ts'
import { opsPerElement } from '../../../graph/vector-ops.ts'

/** Operators by their name in the schema. */
export type LoweredTable = Readonly<Record<string, LoweredOperator>>

/** A rule for TFLite's operands and options; `lowered` says which operator it is. */
export type LoweredRule = Omit<LoweredOperator, 'op'>

export function lowered(op: LoweredOperator['op'], rule: LoweredRule): LoweredOperator {
  return { ...rule, op }
}

/** The rule of `op` itself, whose operands are the same; options are left out. */
export function same(op: string): LoweredOperator {
  return lowered(op, like(registered(op)))
}

/** As `same`, for options that are the same too. */
export function sameWithOptions(op: string): LoweredOperator {
  return lowered(op, like(registered(op), withOptions))
}

/** As `same`, with a fused activation and scaling back. */
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

/** The operator with a fused activation. Scaling results back to few bits belongs to integer arithmetic itself. */
export function fusing(operator: Operator): LoweredRule {
  return {
    ...operator,
    activation: fusedActivation,
    work(context) {
      const work = operator.work(context)
      const fused = fusedActivation(context)
      if (work.vectorOps === null || fused === null) return work
      return { ...work, vectorOps: work.vectorOps + fused.vectorOps }
    },
  }
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
  return activations.get(context.text('fused_activation_function', 'NONE')) ?? null
}

const activations: ReadonlyMap<string, Activation> = new Map([
  ['RELU', { op: 'Relu', ops: opsPerElement.arithmetic }],
  ['RELU_N1_TO_1', { op: 'Clip', ops: opsPerElement.clip }],
  ['RELU6', { op: 'Clip', ops: opsPerElement.clip }],
  ['TANH', { op: 'Tanh', ops: opsPerElement.transcendental }],
  // 1 where the result is negative.
  ['SIGN_BIT', { op: 'Less', ops: opsPerElement.arithmetic }],
])

/** What the file declares is all that is known of the outputs. */
export function declared(context: OperatorContext): readonly TensorType[] {
  return context.node.outputs.map((_, index) => tensor(context.declaredType(index), null))
}

export function withWork(operatorClass: Operator['class'], work: (context: OperatorContext) => Work): Operator {
  return { class: operatorClass, infer: declared, work }
}
