/** Bound graph → GraphSummary: its canonical form, as costing needs it, and nothing that would give a weight away. */
import { fail } from '../problem.ts'
import { openDimensionFix } from './bindings.ts'
import type { BoundGraph } from './bound.ts'
import {
  constantsOf,
  type DraftConstant,
  type DraftOperator,
  type DraftTensor,
  tensorsOf,
} from './canonicalise/draft.ts'
import { executionOrder } from './canonicalise/order.ts'
import { canonicalForm } from './canonicalise.ts'
import { isStatic } from './shape.ts'
import type { ConstantSummary, GraphSummary, OperatorSummary, TensorSummary } from './summary.ts'

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
  const draft = canonicalForm(bound)
  const summary = new SummaryBuilder()
  for (const input of draft.inputs) summary.tensor(input)
  const operators = executionOrder(draft).map((operator, index) => summary.operator(operator, index))
  return { version: 2, name, batch: batchOf(bound), tensors: summary.tensors, constants: summary.constants, operators }
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

/** Numbers tensors and constants in the order in which they are first met. */
class SummaryBuilder {
  readonly tensors: TensorSummary[] = []
  readonly constants: ConstantSummary[] = []
  readonly #tensorIndex = new Map<DraftTensor, number>()
  readonly #constantIndex = new Map<DraftConstant, number>()

  operator(draft: DraftOperator, position: number): OperatorSummary {
    const { name, op, origins, macs, vectorOps, gemm, window } = draft
    return {
      name: name ?? `${op}_${position}`,
      op,
      origins,
      class: draft.class,
      inputs: tensorsOf(draft).map((input) => this.tensor(input)),
      outputs: draft.outputs.map((output) => this.tensor(output)),
      constants: constantsOf(draft).map((constant) => this.#constant(constant)),
      macs,
      vectorOps,
      gemm,
      window,
    }
  }

  tensor(tensor: DraftTensor): number {
    const known = this.#tensorIndex.get(tensor)
    if (known !== undefined) return known
    this.#tensorIndex.set(tensor, this.tensors.length)
    const { role, dtype, shape } = tensor
    return this.tensors.push({ role, dtype, shape }) - 1
  }

  #constant(constant: DraftConstant): number {
    const known = this.#constantIndex.get(constant)
    if (known !== undefined) return known
    this.#constantIndex.set(constant, this.constants.length)
    const { dtype, elements, sparsity } = constant
    return this.constants.push(sparsity === null ? { dtype, elements } : { dtype, elements, sparsity }) - 1
  }
}
