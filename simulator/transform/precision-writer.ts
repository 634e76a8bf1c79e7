/** Writes nodes anew in their number formats: retyped constants, quantized weights, conversions at the borders. */
import type { BoundGraph, BoundNode } from '../graph/bound.ts'
import { type DType, dtypes } from '../graph/dtype.ts'
import type { Attribute, Constant, Graph, Node } from '../graph/graph.ts'
import { codeOfDtype } from '../graph/onnx-dtypes.ts'
import { capturedBy } from './captured-values.ts'
import type { NumberFormat, WeightFormat } from './number-formats.ts'
import { weightAxes, weightScales } from './quantized-weights.ts'

/** Inputs that stay float32 in every format: sizes and factors rather than data. */
const keptInputs: Readonly<Record<string, readonly number[]>> = { Resize: [1, 2], Upsample: [1] }

export class PrecisionWriter {
  readonly #bound: BoundGraph
  readonly #nodes: Node[] = []
  readonly #constants = new Map<string, Constant>()
  /** Type and name under which a value is computed now, where that differs from the given graph. */
  readonly #types = new Map<string, DType>()
  readonly #names = new Map<string, string>()
  /** Outputs that the integers of their last operator stand for. */
  readonly #integerOutputs = new Map<string, DType>()
  /** Conversions made: one per value and type. */
  readonly #made = new Set<string>()

  constructor(bound: BoundGraph) {
    this.#bound = bound
  }

  /** As it is; what it reads, nested graphs included, is brought back to the type it had. */
  keep(node: Node): void {
    for (const name of capturedBy(node)) this.#restore(name)
    this.#nodes.push({ ...node, inputs: node.inputs.map((name) => name && this.#asGiven(name)) })
  }

  write({ node, class: operatorClass }: BoundNode, assigned: NumberFormat): void {
    // A view has no arithmetic of its own: whoever reads it quantizes it.
    const format = operatorClass === 'view' ? { float: assigned.float } : assigned
    const kept = keptInputs[node.op] ?? []
    const inputs = node.inputs.map((name, index) => {
      if (name === null || !this.#isFloat(name)) return name
      return kept.includes(index) ? this.#asGiven(name) : this.#operand(node, index, name, format)
    })
    const outputs = node.outputs.map((name) => name && this.#result(name, format))
    this.#nodes.push({ ...node, inputs, outputs, attributes: retyped(node, format) })
  }

  finish(): Graph {
    const { graph } = this.#bound
    for (const name of graph.outputs) this.#restore(name)
    const read = new Set(this.#nodes.flatMap(({ inputs }) => inputs))
    const given = [...graph.constants].filter(([name]) => read.has(name) || graph.outputs.includes(name))
    const ports = new Set([...graph.inputs, ...graph.outputs])
    return {
      ...graph,
      nodes: this.#nodes,
      constants: new Map([...given, ...this.#constants]),
      values: new Map([...graph.values].filter(([name]) => ports.has(name))),
    }
  }

  /** An input in the type that the format computes in. */
  #operand(node: Node, index: number, name: string, format: NumberFormat): string {
    const constant = this.#bound.graph.constants.get(name)
    if (constant !== undefined) {
      const axes = weightAxes(node, index, constant.dims.length)
      if (axes === null || format.weights === undefined) return this.#constant(constant, format.float)
      const scales = weightScales(constant.dims, axes, format.weights)
      return this.#quantizedWeight(constant, format.weights, scales, format.float)
    }
    if (format.activations !== undefined && this.#bound.values.get(name)?.isWeight !== true) {
      return this.#quantized(name, format.activations, format.float)
    }
    return this.#cast(name, format.float)
  }

  /** A new name where the value is no longer of the type it had. */
  #result(name: string, { float, activations }: NumberFormat): string {
    if (!this.#isFloat(name)) return name
    const isQuantizedOutput = activations !== undefined && this.#bound.graph.outputs.includes(name)
    if (this.#typeOf(name) === float && !isQuantizedOutput) return name
    const made = `${name}/${float}`
    this.#types.set(name, float)
    this.#names.set(name, made)
    if (isQuantizedOutput) this.#integerOutputs.set(name, activations)
    return made
  }

  /** Under its own name and type again; a quantized model hands out what its integers stand for. */
  #restore(name: string): void {
    const computed = this.#names.get(name)
    const type = this.#bound.values.get(name)?.type
    if (computed === undefined || type?.kind !== 'tensor' || type.dtype === null) return
    const integers = this.#integerOutputs.get(name)
    const to = codeOfDtype(type.dtype)
    if (integers === undefined) this.#push('Cast', `${name}/Cast`, [computed], name, { to })
    else this.#dequantize(this.#integers(name, integers), integers, type.dtype, name)
    this.#names.delete(name)
  }

  /** Through integers and back, in the type that the reader computes in. */
  #quantized(name: string, dtype: DType, float: DType): string {
    const result = `${name}/${dtype}/${float}`
    if (this.#claim(result)) this.#dequantize(this.#integers(name, dtype), dtype, float, result)
    return result
  }

  #integers(name: string, dtype: DType): string {
    const integers = `${name}/${dtype}`
    if (this.#claim(integers)) {
      const scale = this.#describe(`${integers}/scale`, [], this.#typeOf(name))
      const zero = this.#describe(`${integers}/zero`, [], dtype)
      this.#push('QuantizeLinear', `${integers}/Quantize`, [this.#nameOf(name), scale, zero], integers, {})
    }
    return integers
  }

  /** The scale again, in the type of the result. */
  #dequantize(integers: string, dtype: DType, float: DType, result: string): void {
    const scale = this.#describe(`${result}/scale`, [], float)
    const zero = this.#describe(`${integers}/zero`, [], dtype)
    this.#push('DequantizeLinear', `${result}/Dequantize`, [integers, scale, zero], result, {})
  }

  #quantizedWeight(
    { name, dims }: Constant,
    { dtype }: WeightFormat,
    scales: ReturnType<typeof weightScales>,
    float: DType,
  ): string {
    const integers = `${name}/${dtype}`
    const result = `${integers}/${float}/${scales.dims.join('x')}`
    if (!this.#claim(result)) return result
    this.#describe(integers, dims, dtype)
    const scale = this.#describe(`${result}/scale`, scales.dims, float)
    this.#push('DequantizeLinear', `${result}/Dequantize`, [integers, scale], result, scales.attributes)
    return result
  }

  #constant(constant: Constant, dtype: DType): string {
    if (constant.dtype === dtype) return constant.name
    const name = `${constant.name}/${dtype}`
    this.#constants.set(name, { ...constant, name, dtype, external: null })
    return name
  }

  #cast(name: string, dtype: DType): string {
    if (this.#typeOf(name) === dtype) return this.#nameOf(name)
    const result = `${name}/as-${dtype}`
    if (this.#claim(result)) {
      this.#push('Cast', `${result}/Cast`, [this.#nameOf(name)], result, { to: codeOfDtype(dtype) })
    }
    return result
  }

  #asGiven(name: string): string {
    const type = this.#bound.values.get(name)?.type
    const dtype = type?.kind === 'tensor' ? type.dtype : null
    return dtype === null || !this.#names.has(name) ? name : this.#cast(name, dtype)
  }

  #nameOf(name: string): string {
    return this.#names.get(name) ?? name
  }

  #typeOf(name: string): DType {
    const type = this.#bound.values.get(name)?.type
    return this.#types.get(name) ?? (type?.kind === 'tensor' ? type.dtype : null) ?? 'float32'
  }

  #isFloat(name: string): boolean {
    const type = this.#bound.values.get(name)?.type
    return type?.kind === 'tensor' && type.dtype !== null && dtypes[type.dtype].kind === 'float'
  }

  #describe(name: string, dims: readonly number[], dtype: DType): string {
    this.#constants.set(name, { name, dtype, dims, elements: null, external: null })
    return name
  }

  /** Whether this is the first to ask for it. */
  #claim(name: string): boolean {
    if (this.#made.has(name)) return false
    this.#made.add(name)
    return true
  }

  #push(op: string, name: string, inputs: readonly string[], output: string, attributes: Node['attributes']): void {
    this.#nodes.push({ name, domain: '', op, inputs, outputs: [output], attributes })
  }
}

/** Operators that name their result type follow the format they are in. */
function retyped({ op, attributes }: Node, { float }: NumberFormat): Readonly<Record<string, Attribute>> {
  const isFloatCast = op === 'Cast' && attributes.to === codeOfDtype('float32')
  return isFloatCast ? { ...attributes, to: codeOfDtype(float) } : attributes
}
