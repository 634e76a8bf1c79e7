/**
 * A bound graph while it is brought to its canonical form: operators that can be taken out, joined and renamed, in any order.
 * Values of unknown size and content fixed by the shapes are left out, as in a summary.
 */
import type { DType } from '../dtype.ts'
import type { Attribute, Sparsity } from '../graph.ts'
import type { Gemm, OperatorClass, TensorRole, Window } from '../summary.ts'

export interface DraftTensor {
  readonly kind: 'tensor'
  dtype: DType
  readonly shape: readonly number[]
  role: TensorRole
  /** `null` = fed by the caller or kept by the runtime. */
  producer: DraftOperator | null
  readonly readers: Set<DraftOperator>
}

export interface DraftConstant {
  readonly kind: 'constant'
  readonly dtype: DType
  readonly elements: number
  /** Content, as far as it is small and known. */
  readonly values: readonly number[] | null
  readonly sparsity: Sparsity | null
}

export type Operand = DraftTensor | DraftConstant

export interface DraftOperator {
  /** `null` = the file gives none. */
  readonly name: string | null
  op: string
  /** What the file calls it, and what was joined into it. */
  origins: readonly string[]
  class: OperatorClass
  attributes: Readonly<Record<string, Attribute>>
  inputs: readonly Operand[]
  readonly outputs: readonly DraftTensor[]
  macs: number | null
  vectorOps: number | null
  gemm: Gemm | null
  window: Window | null
}

export class Draft {
  /** In the order of the file. */
  readonly operators = new Set<DraftOperator>()
  readonly inputs: readonly DraftTensor[]
  readonly outputs: DraftTensor[]

  constructor(inputs: readonly DraftTensor[], outputs: readonly DraftTensor[]) {
    this.inputs = inputs
    this.outputs = [...outputs]
  }

  add(operator: DraftOperator): void {
    this.operators.add(operator)
    for (const input of tensorsOf(operator)) input.readers.add(operator)
    for (const output of operator.outputs) output.producer = operator
  }

  remove(operator: DraftOperator): void {
    this.operators.delete(operator)
    for (const input of tensorsOf(operator)) input.readers.delete(operator)
    for (const output of operator.outputs) if (output.producer === operator) output.producer = null
  }

  /** New operands, kept in step with who reads what. */
  rewire(operator: DraftOperator, inputs: readonly Operand[]): void {
    for (const input of tensorsOf(operator)) input.readers.delete(operator)
    operator.inputs = inputs
    for (const input of tensorsOf(operator)) input.readers.add(operator)
  }

  /**
   * Takes out an operator whose only output is its first tensor under another name. Stays where the two are both ends of
   * the graph, which a value cannot be.
   */
  bypass(operator: DraftOperator): boolean {
    const from = tensorsOf(operator)[0]
    const [to, ...others] = operator.outputs
    if (
      from === undefined ||
      to === undefined ||
      others.some(({ readers, role }) => readers.size > 0 || role === 'output')
    )
      return false
    if (to.role === 'output') {
      if (from.role !== 'activation' || from.producer === null) return false
      from.role = 'output'
      this.outputs[this.outputs.indexOf(to)] = from
    }
    this.remove(operator)
    for (const reader of [...to.readers]) {
      this.rewire(
        reader,
        reader.inputs.map((input) => (input === to ? from : input)),
      )
    }
    return true
  }

  /** `last` gives what the operators before it and it computed together; they go, and it takes their operands. */
  merge(last: DraftOperator, absorbed: readonly DraftOperator[], form: MergedForm): void {
    for (const each of absorbed) this.remove(each)
    this.rewire(last, form.inputs)
    last.op = form.op
    last.class = form.class
    last.origins = [...absorbed, last].flatMap(({ origins }) => origins)
    last.attributes = {}
    last.vectorOps = form.vectorOps
    last.macs = 0
    last.gemm = null
    last.window = null
  }
}

export interface MergedForm {
  readonly op: string
  readonly class: OperatorClass
  readonly inputs: readonly Operand[]
  readonly vectorOps: number | null
}

export function tensorsOf({ inputs }: DraftOperator): readonly DraftTensor[] {
  return inputs.filter((input) => input.kind === 'tensor')
}

export function constantsOf({ inputs }: DraftOperator): readonly DraftConstant[] {
  return inputs.filter((input) => input.kind === 'constant')
}

/** The one operator that reads a value which does not leave the graph; `null` = none or several. */
export function soleReader(tensor: DraftTensor | undefined): DraftOperator | null {
  if (tensor === undefined || tensor.role !== 'activation' || tensor.readers.size !== 1) return null
  const [reader = null] = tensor.readers
  return reader
}

export function elementsOf({ shape }: DraftTensor): number {
  let elements = 1
  for (const size of shape) elements *= size
  return elements
}
