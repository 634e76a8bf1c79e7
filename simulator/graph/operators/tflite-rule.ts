/**
 * TFLite operators by the rules of others: operands and options translated, and what TFLite adds to nearly all of them:
 * a fused activation, and scaling back to few bits where results are quantized.
 */
import { type DType, dtypes } from '../dtype.ts'
import type { Attribute } from '../graph.ts'
import type { Operator, OperatorContext, Work } from '../operator.ts'
import { asTensor, type TensorType, tensor, type ValueType } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

/** A node as another operator takes it; attributes that are not given are absent. */
export interface Translation {
  readonly inputs?: readonly (ValueType | null)[]
  readonly attributes?: Readonly<Record<string, Attribute>>
}

/**
 * The rule of `operator` on the translated node, with the element types that the file gives the outputs. Where
 * `translate` answers `null`, an option is decided at run time and only the types are known.
 */
export function like(operator: Operator, translate: (context: OperatorContext) => Translation | null = same): Operator {
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

const same = (): Translation => ({})

/** For rules that read TFLite's own options. */
export const withOptions = ({ node }: OperatorContext): Translation => ({ attributes: node.attributes })

function retyped(type: ValueType | undefined, dtype: DType | null): TensorType {
  const { shape, elements, dtype: inferred } = asTensor(type ?? tensor(dtype, null))
  return tensor(dtype ?? inferred, shape, elements)
}

/** The operator with a fused activation and, on quantized results, a multiplication back to their scale. */
export function fusing(operator: Operator): Operator {
  return {
    ...operator,
    work(context) {
      const work = operator.work(context)
      const outputs = context.outputCount
      if (work.vectorOps === null || outputs === null) return work
      return { ...work, vectorOps: work.vectorOps + outputs * opsPerResult(context) }
    },
  }
}

/** Vector operations that each result takes after it has been computed. */
export function opsPerResult(context: OperatorContext): number {
  const activation = activationOps[context.text('fused_activation_function', 'NONE')] ?? 0
  return activation + (isQuantized(context.output(0).dtype) ? opsPerElement.requantize : 0)
}

const activationOps: Readonly<Record<string, number>> = {
  RELU: opsPerElement.arithmetic,
  RELU_N1_TO_1: opsPerElement.clip,
  RELU6: opsPerElement.clip,
  TANH: opsPerElement.transcendental,
  SIGN_BIT: opsPerElement.arithmetic,
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
