/**
 * Emitter: the part of the graph builder that knows no operator. It names things, describes constants,
 * appends nodes and keeps the shape of every value.
 */
import type { DType } from '../graph/dtype.ts'
import type { Attribute, Constant, Dim, Graph, Node, Value } from '../graph/graph.ts'
import { OperatorContext } from '../graph/operator.ts'
import { findOperator } from '../graph/operators.ts'
import { formatShape, isStatic } from '../graph/shape.ts'
import { tensor, type ValueType } from '../graph/value-type.ts'
import { fail, ProblemError } from '../problem.ts'

/** ONNX operator set of a built graph unless it asks for a later one: the first with Gelu, Mish and GroupNormalization. */
const zooOpset = 21

/** Comparing longer constants costs more than a builder that keeps its tensor. */
const maxSharedElements = 64

/** A value of the graph under construction. */
export interface Tensor {
  readonly name: string
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Content where it is part of the architecture, as the inference engine folds it. */
  readonly elements: readonly Dim[] | null
}

export type Attributes = Readonly<Record<string, Attribute>>

export class Emitter {
  readonly #name: string
  readonly #opset: number
  readonly #nodes: Node[] = []
  readonly #inputs: string[] = []
  readonly #values = new Map<string, Value>()
  readonly #constants = new Map<string, Constant>()
  readonly #shared = new Map<string, Tensor>()
  #scope = ''

  constructor(name: string, opset: number = zooOpset) {
    this.#name = name
    this.#opset = opset
  }

  /** A value that the caller feeds. */
  input(name: string, shape: readonly number[], dtype: DType = 'float32'): Tensor {
    this.#inputs.push(name)
    this.#values.set(name, { name, dtype, shape })
    return { name, dtype, shape, elements: null }
  }

  /** Prefixes the names of everything emitted by `build`: `stage2.0/Conv_7`. Scopes nest. */
  within<Result>(scope: string, build: () => Result): Result {
    const outer = this.#scope
    this.#scope = `${outer}${scope}/`
    try {
      return build()
    } finally {
      this.#scope = outer
    }
  }

  /** A weight: described, never valued. The ONNX writer draws values from how it is used. `name`: unique in the graph. */
  weight(
    dims: readonly number[],
    dtype: DType = 'float32',
    name = `${this.#scope}weight_${this.#constants.size}`,
  ): Tensor {
    this.#constants.set(name, { name, dtype, dims, elements: null, external: null })
    return { name, dtype, shape: dims, elements: null }
  }

  /** A constant whose values are part of the architecture (shapes, axes, index tables); equal short ones are shared. */
  constant(elements: readonly number[], dims: readonly number[], dtype: DType): Tensor {
    const key = elements.length <= maxSharedElements ? `${dtype}[${dims}]${elements}` : null
    const known = key === null ? undefined : this.#shared.get(key)
    if (known !== undefined) return known
    const name = `constant_${this.#constants.size}`
    this.#constants.set(name, { name, dtype, dims, elements, external: null })
    const made = { name, dtype, shape: dims, elements }
    if (key !== null) this.#shared.set(key, made)
    return made
  }

  scalar(value: number): Tensor {
    return this.constant([value], [], 'float32')
  }

  /** One-dimensional int64 constant. */
  ints(values: readonly number[]): Tensor {
    if (!values.every(Number.isInteger)) throw unfit(this.#scope, `sizes ${values}`)
    return this.constant(values, [values.length], 'int64')
  }

  /** Appends a node with several outputs. `op`: registry key. `null` = optional input left out. */
  nodes(op: string, inputs: readonly (Tensor | null)[], attributes: Attributes, outputs: number): Tensor[] {
    const name = `${this.#scope}${op}_${this.#nodes.length}`
    const node: Node = {
      name,
      domain: '',
      op,
      inputs: inputs.map((input) => input?.name ?? null),
      outputs: Array.from({ length: outputs }, (_, index) => (outputs === 1 ? `${name}.out` : `${name}.out${index}`)),
      attributes,
    }
    const types = infer(node, inputs, this.#opset)
    const results = node.outputs.map((output, index) => staticTensor(node, output ?? '', types[index]))
    this.#nodes.push(node)
    return results
  }

  /** Appends a node with one output. */
  node(op: string, inputs: readonly (Tensor | null)[], attributes: Attributes = noAttributes): Tensor {
    const [result] = this.nodes(op, inputs, attributes, 1)
    if (result === undefined) throw new Error(`${op} has no output shape`)
    return result
  }

  /** The finished graph. Outputs are renamed to the keys given: `finish({ logits })`. */
  finish(outputs: Readonly<Record<string, Tensor>>): Graph {
    const names = new Map(Object.entries(outputs).map(([name, tensor]) => [tensor.name, name]))
    const renamed = (list: readonly (string | null)[]) =>
      list.some((value) => value !== null && names.has(value))
        ? list.map((value) => (value === null ? null : (names.get(value) ?? value)))
        : list
    for (const [name, tensor] of Object.entries(outputs)) {
      this.#values.set(name, { name, dtype: tensor.dtype, shape: tensor.shape })
    }
    return {
      name: this.#name,
      opsets: { '': this.#opset },
      inputs: this.#inputs,
      outputs: Object.keys(outputs),
      nodes: this.#nodes.map((node) => ({ ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) })),
      values: this.#values,
      constants: this.#constants,
    }
  }
}

const noAttributes: Attributes = {}

/** The engine that reads model files infers the shapes of built ones too; what it refuses names the node. */
function infer(node: Node, inputs: readonly (Tensor | null)[], opset: number): readonly ValueType[] {
  const operator = findOperator(node.op)
  if (operator === null) throw new Error(`${node.op} is not in the operator registry`)
  const types = inputs.map((input) => (input === null ? null : tensor(input.dtype, input.shape, input.elements)))
  try {
    return operator.infer(new OperatorContext(node, opset, types))
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.where !== null) throw error
    throw new ProblemError({ ...error.problem, where: node.name })
  }
}

function staticTensor(node: Node, name: string, type: ValueType | undefined): Tensor {
  const { dtype, shape, elements } = type?.kind === 'tensor' ? type : tensor(null, null)
  if (dtype === null || !isStatic(shape)) throw new Error(`${node.name}: shape ${formatShape(shape)} is not static`)
  if (shape.includes(0)) throw unfit(node.name, formatShape(shape))
  return { name, dtype, shape, elements }
}

/** The caller asked for an input that the architecture cannot take: nothing is left of it, or it does not divide. */
function unfit(where: string, received: string): ProblemError {
  return fail('shape-mismatch', 'Give an input size that the network can halve and divide down to its last layer.', {
    where,
    received,
  })
}
