/**
 * Bound graph → GraphSummary: what costing needs, and nothing that would give a weight away.
 *
 * Left out because nothing is left to do at run time: operators computed from constants alone (their results become
 * constants) and shape arithmetic (its results are known). Values without a known size are left out too; the operators
 * that touch them have unknown work.
 */
import { fail } from '../problem.ts'
import { openDimensionFix } from './bindings.ts'
import type { BoundGraph, BoundNode, BoundValue } from './bound.ts'
import { type DType, dtypes } from './dtype.ts'
import { elementCount, isStatic } from './shape.ts'
import type { ConstantSummary, GraphSummary, OperatorSummary, TensorRole, TensorSummary } from './summary.ts'
import { isKnown } from './value-type.ts'
import { isViewOperator } from './view-operators.ts'

/** Throws `unbound-dimension` while a symbol is open, `no-graph` where there are weights and nothing that uses them. */
export function summarize(bound: BoundGraph, name: string): GraphSummary {
  if (bound.graph.nodes.length === 0 && bound.graph.outputs.length === 0) {
    throw fail('no-graph', 'Give a model that says what is computed: ONNX, or the config.json beside the weights.', {
      where: name,
      expected: 'a graph',
    })
  }
  if (bound.unboundDimensions.length > 0) {
    throw fail('unbound-dimension', openDimensionFix, { where: bound.unboundDimensions.join(', ') })
  }
  const summary = new SummaryBuilder(bound)
  for (const input of bound.inputs) summary.tensor(input)
  const operators = bound.nodes.filter((node) => !isDoneBefore(node)).map((node) => summary.operator(node))
  return { version: 1, name, batch: batchOf(bound), tensors: summary.tensors, constants: summary.constants, operators }
}

/** Nothing to execute: from constants alone, or fixed by the shapes. */
export function isDoneBefore(node: BoundNode): boolean {
  return node.isWeight || node.isShapeArithmetic
}

/**
 * Items per inference: the leading dimension that the first input of rank ≥ 2 and the first output share.
 * Anything else (sequence first, one unbatched item) counts as one item.
 */
function batchOf(bound: BoundGraph): number {
  const shapes = [...bound.inputs, bound.outputs[0]].map((value) => {
    const shape = value?.type.kind === 'tensor' ? value.type.shape : null
    return isStatic(shape) && shape.length >= 2 ? shape : null
  })
  const output = shapes.pop()
  const input = shapes.find((shape) => shape !== null)
  const batch = input?.[0]
  return batch !== undefined && batch > 0 && batch === output?.[0] ? batch : 1
}

class SummaryBuilder {
  readonly tensors: TensorSummary[] = []
  readonly constants: ConstantSummary[] = []
  private readonly tensorIndex = new Map<BoundValue, number>()
  private readonly constantIndex = new Map<BoundValue, number>()
  private readonly weightProducer = new Map<BoundValue, BoundNode>()
  private readonly bound: BoundGraph
  private readonly outputs: ReadonlySet<BoundValue | null>

  constructor(bound: BoundGraph) {
    this.bound = bound
    this.outputs = new Set(bound.outputs)
    for (const node of bound.nodes) {
      if (!node.isWeight) continue
      for (const output of node.outputs) if (output !== null) this.weightProducer.set(output, node)
    }
  }

  operator(node: BoundNode): OperatorSummary {
    const { macs, vectorOps, gemm, window } = node.work
    const inputs = new Set<number>()
    const constants = new Set<number>()
    for (const input of node.inputs) {
      if (input === null) continue
      if (input.isWeight) this.addConstants(input, constants)
      else add(inputs, this.tensor(input))
    }
    const outputs = new Set<number>()
    for (const output of node.outputs) if (output !== null) add(outputs, this.tensor(output))
    return {
      name: node.node.name,
      op: node.key,
      class: node.class,
      inputs: [...inputs],
      outputs: [...outputs],
      constants: [...constants],
      macs,
      vectorOps,
      gemm,
      window,
    }
  }

  /** Index of a value, `null` where its size is not known or its content is fixed by the shapes. */
  tensor(value: BoundValue): number | null {
    const known = this.tensorIndex.get(value)
    if (known !== undefined) return known
    const { type } = value
    if (type.kind !== 'tensor' || type.dtype === null || !isStatic(type.shape)) return null
    if (value.origin === 'computed' && isKnown(type)) return null
    this.tensorIndex.set(value, this.tensors.length)
    return this.tensors.push({ role: this.roleOf(value), dtype: type.dtype, shape: type.shape }) - 1
  }

  private roleOf(value: BoundValue): TensorRole {
    if (value.origin === 'input') return 'input'
    return this.outputs.has(value) ? 'output' : 'activation'
  }

  /** A dequantized weight is stored quantized: its source, scales and zero points are what the file holds. */
  private addConstants(value: BoundValue, constants: Set<number>): void {
    const producer = this.weightProducer.get(value)
    if (producer !== undefined && isDequantization(producer.op)) {
      for (const input of producer.inputs) if (input !== null) this.addConstants(input, constants)
      return
    }
    add(constants, this.constant(value))
  }

  private constant(value: BoundValue): number | null {
    const known = this.constantIndex.get(value)
    if (known !== undefined) return known
    const elements = value.type.kind === 'tensor' ? elementCount(value.type.shape) : null
    const dtype = this.storedType(value)
    if (elements === null || dtype === null) return null
    this.constantIndex.set(value, this.constants.length)
    const sparsity = this.bound.graph.constants.get(value.name)?.sparsity
    return this.constants.push(sparsity === undefined ? { dtype, elements } : { dtype, elements, sparsity }) - 1
  }

  /** Reshaping, transposing or widening a weight does not widen what is stored. */
  private storedType(value: BoundValue): DType | null {
    let narrowest = value.type.kind === 'tensor' ? value.type.dtype : null
    let at: BoundValue | null = value
    while (at !== null) {
      const producer = this.weightProducer.get(at)
      if (producer === undefined || !keepsElements(producer.op)) break
      at = producer.inputs[0] ?? null
      const dtype = at?.type.kind === 'tensor' ? at.type.dtype : null
      if (dtype !== null && narrowest !== null && dtypes[dtype].bits < dtypes[narrowest].bits) narrowest = dtype
    }
    return narrowest
  }
}

function keepsElements(op: string): boolean {
  return isViewOperator(op) || movesOrWidens.has(op) || isDequantization(op)
}

const movesOrWidens: ReadonlySet<string> = new Set(['Transpose', 'Cast', 'mil.transpose', 'mil.cast'])

function isDequantization(op: string): boolean {
  return op.endsWith('DequantizeLinear') || op.startsWith('mil.constexpr_')
}

function add(indices: Set<number>, index: number | null): void {
  if (index !== null) indices.add(index)
}
