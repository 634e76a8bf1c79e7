/**
 * The operator protocol: one entry per operator, shape rule and work rule side by side.
 *
 * `infer` and `work` read the node through an `OperatorContext`; both accept unknown shapes and answer with what
 * remains known. Contradictions throw `shape-mismatch`.
 */
import type { DType } from './dtype.ts'
import type { Attribute, Constant, Dim, Graph, Node, Shape, Value } from './graph.ts'
import { operatorKey } from './graph.ts'
import { elementCount, normalizeAxis } from './shape.ts'
import type { Gemm, OperatorClass, Window } from './summary.ts'
import { type TensorType, tensor, unknownTensor, type ValueType } from './value-type.ts'

export interface Work {
  /** `null` = not known, never 0. */
  readonly macs: number | null
  readonly vectorOps: number | null
  readonly gemm: Gemm | null
  readonly window: Window | null
}

export interface Operator {
  readonly class: OperatorClass | ((context: OperatorContext) => OperatorClass)
  /** The outputs are not decided by the inputs alone: variables and tables that runs write, random numbers. */
  readonly isVolatile?: boolean
  /** Types of the outputs in order; a missing entry is unknown. */
  infer(context: OperatorContext): readonly ValueType[]
  work(context: OperatorContext): Work
}

/** Operators of one family by `operatorKey`. */
export type OperatorTable = Readonly<Record<string, Operator>>

export const noWork: Work = { macs: 0, vectorOps: 0, gemm: null, window: null }
export const unknownWork: Work = { macs: null, vectorOps: null, gemm: null, window: null }

/** Work of an operator without multiply-accumulates. */
export function vectorWork(vectorOps: number | null): Work {
  return { macs: 0, vectorOps, gemm: null, window: null }
}

/** `count` elements at `opsPerElement`; unknown stays unknown. */
export function scaled(count: number | null, opsPerElement: number): number | null {
  return count === null ? null : count * opsPerElement
}

export class OperatorContext {
  readonly node: Node
  /** Version of the operator set that the node's domain is imported at; `null` where the format has none. */
  readonly opset: number | null
  readonly inputs: readonly (ValueType | null)[]
  /** Which inputs are weights or computed from weights alone. */
  readonly inputIsWeight: readonly boolean[]
  readonly #values: ReadonlyMap<string, Value> | null
  /** Set once `infer` has answered. */
  outputs: readonly ValueType[] = []

  constructor(
    node: Node,
    opset: number | null,
    inputs: readonly (ValueType | null)[],
    inputIsWeight: readonly boolean[] = [],
    values: ReadonlyMap<string, Value> | null = null,
  ) {
    this.node = node
    this.opset = opset
    this.inputs = inputs
    this.inputIsWeight = inputIsWeight
    this.#values = values
  }

  get key(): string {
    return operatorKey(this.node)
  }

  has(index: number): boolean {
    return this.inputs[index] != null
  }

  /** Input as a tensor; absent inputs and non-tensors are unknown tensors. */
  tensor(index: number): TensorType {
    const input = this.inputs[index]
    return input?.kind === 'tensor' ? input : unknownTensor
  }

  shape(index: number): Shape {
    return this.tensor(index).shape
  }

  dtype(index: number): DType | null {
    return this.tensor(index).dtype
  }

  /** Content of an input, as far as known. */
  elements(index: number): readonly Dim[] | null {
    return this.tensor(index).elements
  }

  /** Content of an input if every element is a number. */
  numbers(index: number): readonly number[] | null {
    return allNumbers(this.elements(index))
  }

  output(index: number): TensorType {
    const output = this.outputs[index]
    return output?.kind === 'tensor' ? output : unknownTensor
  }

  /** Element type that the file gives an output; formats that type every value need no rule for it. */
  declaredType(index: number): DType | null {
    const name = this.node.outputs[index] ?? null
    return name === null ? null : (this.#values?.get(name)?.dtype ?? null)
  }

  /** The same node with other operands and attributes, for the rule of an operator that takes them so. */
  as(inputs: readonly (ValueType | null)[], attributes: Readonly<Record<string, Attribute>> = {}): OperatorContext {
    const context = new OperatorContext({ ...this.node, attributes }, null, inputs, this.inputIsWeight, this.#values)
    context.outputs = this.outputs
    return context
  }

  /** Elements of the first output. */
  get outputCount(): number | null {
    return elementCount(this.output(0).shape)
  }

  /** Elements of an input. */
  count(index: number): number | null {
    return elementCount(this.shape(index))
  }

  /** Whether an opset-dependent rule from `version` on applies; formats without opsets follow the newest. */
  since(version: number): boolean {
    return this.opset === null || this.opset >= version
  }

  attribute(name: string): Attribute | undefined {
    return this.node.attributes[name]
  }

  number(name: string): number | null
  number(name: string, fallback: number): number
  number(name: string, fallback: number | null = null): number | null {
    const value = this.attribute(name)
    return typeof value === 'number' ? value : fallback
  }

  numberList(name: string): readonly number[] | null {
    const value = this.attribute(name)
    if (typeof value === 'number') return [value]
    if (!Array.isArray(value)) return null
    const list: number[] = []
    for (const item of value) if (typeof item === 'number') list.push(item)
    return list
  }

  text(name: string, fallback: string): string {
    const value = this.attribute(name)
    return typeof value === 'string' ? value : fallback
  }

  textList(name: string): readonly string[] | null {
    const value = this.attribute(name)
    if (!Array.isArray(value)) return null
    const list: string[] = []
    for (const item of value) if (typeof item === 'string') list.push(item)
    return list
  }

  tensorAttribute(name: string): Constant | null {
    const value = this.attribute(name)
    return isRecord(value) && value.kind === 'tensor' ? value.tensor : null
  }

  graphAttribute(name: string): Graph | null {
    const value = this.attribute(name)
    return isRecord(value) && value.kind === 'graph' ? value.graph : null
  }

  /** `axis` attribute counted from the front of a tensor of `rank` dimensions. */
  axis(rank: number, fallback: number, name = 'axis'): number {
    return normalizeAxis(this.number(name, fallback), rank)
  }

  /** Integers given as an attribute in old opsets and as an input in new ones. */
  listFrom(attribute: string, input: number): readonly number[] | null {
    return this.has(input) ? this.numbers(input) : this.numberList(attribute)
  }
}

function isRecord(value: Attribute | undefined): value is Extract<Attribute, { readonly kind: string }> {
  return typeof value === 'object' && !Array.isArray(value)
}

export function allNumbers(elements: readonly Dim[] | null): readonly number[] | null {
  if (elements === null) return null
  const numbers: number[] = []
  for (const element of elements) {
    if (typeof element !== 'number') return null
    numbers.push(element)
  }
  return numbers
}

export function constantType(constant: Constant): TensorType {
  return tensor(constant.dtype, constant.dims, constant.elements)
}
