/**
 * Another batch for a graph whose shapes are fixed: the batch axis is followed by how it grows, and every constant that
 * spells its size out is rewritten.
 *
 * Presets are built at any batch, and symbolic batches are bound; this is for files exported at one.
 */
import type { BoundGraph } from '../graph/bound.ts'
import type { Constant, Dim, Graph, Node } from '../graph/graph.ts'
import { operatorKey } from '../graph/graph.ts'
import { bindShapes } from '../graph/infer.ts'
import { OperatorContext } from '../graph/operator.ts'
import { operatorIn } from '../graph/operators.ts'
import { isStatic } from '../graph/shape.ts'
import { tensor, type ValueType } from '../graph/value-type.ts'
import { fail, ProblemError } from '../problem.ts'

/** Constant inputs that list sizes of the result, by operator. */
const sizeInputs: Readonly<Record<string, number>> = { Reshape: 1, Expand: 1, Resize: 3 }

/**
 * The graph at `batch` items: the first axis of every input that has one of `from` items grows.
 *
 * Throws `invalid-field` for a batch that is no positive integer, `shape-mismatch` at the node where the batch cannot
 * be followed.
 */
export function withBatch(graph: Graph, batch: number): Graph {
  if (!Number.isSafeInteger(batch) || batch <= 0) {
    throw fail('invalid-field', 'Give a positive integer.', { where: 'batch', received: `${batch}` })
  }
  const bound = bindShapes(graph, {})
  const from = batchOf(bound)
  return from === batch ? graph : new BatchWriter(bound, from, batch).write()
}

/** Size of the first axis of the first input that has axes. */
function batchOf(bound: BoundGraph): number {
  for (const { type } of bound.inputs) {
    const first = type.kind === 'tensor' && isStatic(type.shape) ? type.shape[0] : undefined
    if (first !== undefined) return first
  }
  return 1
}

class BatchWriter {
  readonly #bound: BoundGraph
  readonly #from: number
  readonly #to: number
  readonly #constants: Map<string, Constant>
  /** Types that changed; all others are as bound. */
  readonly #types = new Map<string, ValueType>()
  readonly #nodes: Node[] = []

  constructor(bound: BoundGraph, from: number, to: number) {
    this.#bound = bound
    this.#from = from
    this.#to = to
    this.#constants = new Map(bound.graph.constants)
  }

  write(): Graph {
    const { graph } = this.#bound
    for (const name of graph.inputs) this.#growInput(name)
    for (const node of graph.nodes) this.#grow(node)
    const values = new Map(
      [...graph.inputs, ...graph.outputs].flatMap((name) => {
        const type = this.#typeOf(name)
        return type?.kind === 'tensor' ? [[name, { name, dtype: type.dtype, shape: type.shape }] as const] : []
      }),
    )
    const result = { ...graph, nodes: this.#nodes, constants: this.#constants, values }
    bindShapes(result, {})
    return result
  }

  #growInput(name: string): void {
    const type = this.#typeOf(name)
    if (type?.kind !== 'tensor' || type.shape?.[0] !== this.#from) return
    this.#types.set(name, tensor(type.dtype, [this.#to, ...type.shape.slice(1)]))
  }

  #grow(given: Node): void {
    if (!given.inputs.some((name) => name !== null && this.#types.has(name))) {
      this.#nodes.push(given)
      return
    }
    const node = this.#withSizes(this.#withRepeatedWeights(given))
    this.#nodes.push(node)
    const operator = operatorIn(this.#bound.graph, operatorKey(node))
    if (operator === null) throw this.#lost(node, 'an operator that is known')
    const context = new OperatorContext(
      node,
      this.#bound.graph.opsets[node.domain] ?? null,
      node.inputs.map((name) => (name === null ? null : (this.#typeOf(name) ?? null))),
      node.inputs.map((name) => name !== null && this.#bound.values.get(name)?.isWeight === true),
    )
    const types = inferred(() => operator.infer(context), node)
    node.outputs.forEach((name, index) => {
      const type = types[index]
      if (name !== null && type !== undefined) this.#types.set(name, type)
    })
  }

  /** Sizes that name the batch, where the input grew. */
  #withSizes(node: Node): Node {
    const input = node.domain === '' ? sizeInputs[node.op] : undefined
    const sizes = input === undefined ? undefined : this.#constants.get(node.inputs[input] ?? '')
    const [before, after] = [this.#shapeBefore(node.inputs[0]), this.#shapeNow(node.inputs[0])]
    if (input === undefined || sizes?.elements == null || before === null || after === null) return node
    const axis = after.findIndex((size, index) => size !== before[index])
    if (axis === -1) return node
    const position = node.op === 'Reshape' ? sameStart(before, axis, sizes.elements) : axis
    const size = sizes.elements[position]
    if (size === undefined || size <= 0 || (node.op === 'Expand' && size === 1)) return node
    // Nodes that shared their sizes share the new ones.
    const name = `${sizes.name}/${position}x${this.#to}`
    const grown = (size * this.#to) / this.#from
    this.#constants.set(name, { ...sizes, name, elements: sizes.elements.with(position, grown), external: null })
    return { ...node, inputs: node.inputs.with(input, name) }
  }

  /** A weight that is concatenated to every item (a class token) is repeated for the new ones. */
  #withRepeatedWeights(node: Node): Node {
    const grown = node.inputs.map((name) => this.#shapeNow(name)).find((shape) => shape?.[0] === this.#to)
    if (node.op !== 'Concat' || node.domain !== '' || grown == null || node.attributes.axis === 0) return node
    const inputs = node.inputs.map((name) => {
      const shape = this.#shapeNow(name)
      if (name === null || shape?.[0] !== this.#from || this.#types.has(name)) return name
      const repeated = `${name}/x${this.#to}`
      const sizes = `${repeated}/sizes`
      this.#constants.set(sizes, {
        name: sizes,
        dtype: 'int64',
        dims: [shape.length],
        elements: shape.with(0, this.#to),
        external: null,
      })
      const type = this.#typeOf(name)
      if (!this.#types.has(repeated) && type?.kind === 'tensor') {
        this.#nodes.push({
          name: `${repeated}/Expand`,
          domain: '',
          op: 'Expand',
          inputs: [name, sizes],
          outputs: [repeated],
          attributes: {},
        })
        this.#types.set(repeated, tensor(type.dtype, shape.with(0, this.#to)))
      }
      return repeated
    })
    return { ...node, inputs }
  }

  #typeOf(name: string): ValueType | undefined {
    const constant = this.#constants.get(name)
    if (constant !== undefined) return tensor(constant.dtype, constant.dims, constant.elements)
    return this.#types.get(name) ?? this.#bound.values.get(name)?.type
  }

  #shapeNow(name: string | null | undefined): readonly number[] | null {
    const type = name == null ? undefined : this.#typeOf(name)
    return type?.kind === 'tensor' && isStatic(type.shape) ? type.shape : null
  }

  #shapeBefore(name: string | null | undefined): readonly number[] | null {
    const type = name == null ? undefined : this.#bound.values.get(name)?.type
    return type?.kind === 'tensor' && isStatic(type.shape) ? type.shape : null
  }

  #lost(node: Node, expected: string): ProblemError {
    return fail('shape-mismatch', 'Export the model with a symbolic batch instead.', { where: node.name, expected })
  }
}

/** First axis of `to` that begins where `axis` of `from` does. */
function sameStart(from: readonly number[], axis: number, to: readonly Dim[]): number {
  const before = from.slice(0, axis).reduce((product, size) => product * size, 1)
  let product = 1
  for (const [position, size] of to.entries()) {
    if (product === before) return position
    product *= typeof size === 'number' ? size : 1
  }
  return to.length
}

function inferred(infer: () => readonly ValueType[], node: Node): readonly ValueType[] {
  try {
    return infer()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    throw new ProblemError({ ...error.problem, where: node.name })
  }
}
