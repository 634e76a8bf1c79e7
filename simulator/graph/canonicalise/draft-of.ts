/**
 * Bound graph → draft. Left out because nothing is left to do at run time: operators computed from constants alone, whose
 * results become constants, and shape arithmetic, whose results are known.
 */
import { type BoundGraph, type BoundNode, type BoundValue, isDoneBefore } from '../bound.ts'
import { type DType, dtypes } from '../dtype.ts'
import { allNumbers } from '../operator.ts'
import { factsOf, findOperator } from '../operators.ts'
import { elementCount, isStatic } from '../shape.ts'
import type { TensorRole } from '../summary.ts'
import { isKnown } from '../value-type.ts'
import { Draft, type DraftConstant, type DraftOperator, type DraftTensor, type Operand } from './draft.ts'

export function draftOf(bound: BoundGraph): Draft {
  const values = new Values(bound)
  const inputs = bound.inputs.flatMap((value) => values.tensor(value) ?? [])
  const outputs = bound.outputs.flatMap((value) => (value === null ? [] : (values.tensor(value) ?? [])))
  const draft = new Draft(inputs, [...new Set(outputs)])
  for (const node of bound.nodes) {
    if (isDoneBefore(node)) continue
    for (const operator of values.operators(node)) draft.add(operator)
  }
  return draft
}

class Values {
  readonly #tensors = new Map<BoundValue, DraftTensor>()
  readonly #constants = new Map<BoundValue, DraftConstant>()
  readonly #weightProducer = new Map<BoundValue, BoundNode>()
  readonly #bound: BoundGraph
  readonly #outputs: ReadonlySet<BoundValue | null>

  constructor(bound: BoundGraph) {
    this.#bound = bound
    this.#outputs = new Set(bound.outputs)
    for (const node of bound.nodes) {
      if (!node.isWeight) continue
      for (const output of node.outputs) if (output !== null) this.#weightProducer.set(output, node)
    }
  }

  /** The node, and the activation that it applies to its result. */
  operators(node: BoundNode): readonly DraftOperator[] {
    const { macs, vectorOps, gemm, window } = node.work
    const outputs = unique(node.outputs.flatMap((output) => (output === null ? [] : (this.tensor(output) ?? []))))
    const operator: DraftOperator = {
      name: node.node.isUnnamed === true ? null : node.node.name,
      op: node.op,
      origins: [node.key],
      class: node.class,
      attributes: node.node.attributes,
      inputs: unique(node.inputs.flatMap((input) => (input === null ? [] : this.#operands(input)))),
      outputs,
      macs,
      vectorOps,
      gemm,
      window,
    }
    const { activation } = node
    const [result] = outputs
    if (activation === null || result === undefined || outputs.length > 1) return [operator]
    const plain: DraftTensor = { ...result, role: 'activation', producer: null, readers: new Set() }
    return [
      {
        ...operator,
        outputs: [plain],
        vectorOps: vectorOps === null ? null : Math.max(0, vectorOps - activation.vectorOps),
      },
      {
        ...operator,
        op: activation.op,
        class: 'activation',
        attributes: {},
        inputs: [plain],
        macs: 0,
        vectorOps: activation.vectorOps,
        gemm: null,
        window: null,
      },
    ]
  }

  /** `null` where its size is not known or its content is fixed by the shapes. */
  tensor(value: BoundValue): DraftTensor | null {
    const known = this.#tensors.get(value)
    if (known !== undefined) return known
    const { type } = value
    if (type.kind !== 'tensor' || type.dtype === null || !isStatic(type.shape)) return null
    if (value.origin === 'computed' && isKnown(type)) return null
    const made: DraftTensor = {
      kind: 'tensor',
      dtype: type.dtype,
      shape: type.shape,
      role: this.#roleOf(value),
      producer: null,
      readers: new Set(),
    }
    this.#tensors.set(value, made)
    return made
  }

  #roleOf(value: BoundValue): TensorRole {
    if (value.origin === 'input') return 'input'
    return this.#outputs.has(value) ? 'output' : 'activation'
  }

  #operands(value: BoundValue): readonly Operand[] {
    if (value.isWeight) return this.#stored(value)
    const made = this.tensor(value)
    return made === null ? [] : [made]
  }

  /** A dequantized weight is stored quantized: its source, scales and zero points are what the file holds. */
  #stored(value: BoundValue): readonly DraftConstant[] {
    const producer = this.#weightProducer.get(value)
    if (producer !== undefined && isDequantization(producer.op)) {
      return producer.inputs.flatMap((input) => (input === null ? [] : this.#stored(input)))
    }
    const made = this.#constant(value)
    return made === null ? [] : [made]
  }

  #constant(value: BoundValue): DraftConstant | null {
    const known = this.#constants.get(value)
    if (known !== undefined) return known
    const { type } = value
    const elements = type.kind === 'tensor' ? elementCount(type.shape) : null
    const dtype = this.#storedType(value)
    if (elements === null || dtype === null) return null
    const made: DraftConstant = {
      kind: 'constant',
      dtype,
      elements,
      values: type.kind === 'tensor' ? allNumbers(type.elements) : null,
      sparsity: this.#bound.graph.constants.get(value.name)?.sparsity ?? null,
    }
    this.#constants.set(value, made)
    return made
  }

  /** Reshaping, transposing or widening a weight does not widen what is stored. */
  #storedType(value: BoundValue): DType | null {
    let narrowest = value.type.kind === 'tensor' ? value.type.dtype : null
    let at: BoundValue | null = value
    while (at !== null) {
      const producer = this.#weightProducer.get(at)
      if (producer === undefined || !keepsElements(producer.op)) break
      at = producer.inputs[0] ?? null
      const dtype = at?.type.kind === 'tensor' ? at.type.dtype : null
      if (dtype !== null && narrowest !== null && dtypes[dtype].bits < dtypes[narrowest].bits) narrowest = dtype
    }
    return narrowest
  }
}

function isDequantization(op: string): boolean {
  return factsOf(op).quantization === 'dequantizes'
}

function keepsElements(op: string): boolean {
  return op === 'Transpose' || op === 'Cast' || isDequantization(op) || findOperator(op)?.class === 'view'
}

function unique<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)]
}
