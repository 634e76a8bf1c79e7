/** A bound graph as a list of layers with what each costs, in a precision or as the file stores it. */
import { type BoundGraph, type BoundNode, type BoundValue, isDoneBefore } from '../graph/bound.ts'
import { boundLifetimes } from '../graph/bound-lifetimes.ts'
import type { Amounts, Layer, ModelLayers } from '../graph/diff.ts'
import { type DType, dtypeBytes } from '../graph/dtype.ts'
import type { Attribute, Sparsity } from '../graph/graph.ts'
import { countParameters, parameters } from '../graph/parameters.ts'
import type { PrecisionId } from '../graph/precision.ts'
import { elementCount, formatShape, isStatic } from '../graph/shape.ts'
import { summarize } from '../graph/summarize.ts'
import { unfused } from './fusion-profiles.ts'
import { type ConstantRole, constantBytes, constantRole, tensorBytes } from './operand-bytes.ts'
import { countWork } from './workload.ts'

/** `precision`: re-types what is floating point; `null` = as stored. */
export function layersOf(bound: BoundGraph, name: string, precision: PrecisionId | null = null): ModelLayers {
  const reader = new ConstantReader(bound)
  const layers = bound.nodes
    .filter((node) => !isDoneBefore(node))
    .map((node) => layerOf(node, reader.claim(node), precision))
  let weightBytes = 0
  for (const constant of reader.unclaimed()) weightBytes += bytesOf(constant, 'parameter', precision)
  const read = layers.reduce((total, { params }) => total + params, 0)
  return {
    name,
    layers,
    unread: { params: countParameters(bound) - read, macs: 0, weightBytes, activationBytes: 0 },
    peakActivationBytes: peakOf(bound, precision),
  }
}

interface StoredConstant {
  readonly dtype: DType
  readonly dims: readonly number[]
  readonly sparsity: Sparsity | null
}

/** Which constants of the file each node is the first to read, directly or through what is computed from them. */
class ConstantReader {
  readonly #bound: BoundGraph
  readonly #producers = new Map<BoundValue, BoundNode>()
  readonly #claimed = new Set<BoundValue>()

  constructor(bound: BoundGraph) {
    this.#bound = bound
    for (const node of bound.nodes) {
      if (!node.isWeight) continue
      for (const output of node.outputs) if (output !== null) this.#producers.set(output, node)
    }
  }

  claim(node: BoundNode): StoredConstant[] {
    const values = [...node.inputs, ...(node.body?.nodes.flatMap(({ inputs }) => inputs) ?? [])]
    return values.flatMap((value) => (value?.isWeight === true ? this.#trace(value) : []))
  }

  unclaimed(): StoredConstant[] {
    const left = [...this.#bound.graph.constants.keys()].flatMap((name) => this.#bound.values.get(name) ?? [])
    return left.flatMap((value) => (value.origin === 'constant' ? this.#trace(value) : []))
  }

  #sparsityOf({ name }: BoundValue): Sparsity | null {
    return this.#bound.graph.constants.get(name)?.sparsity ?? null
  }

  #trace(value: BoundValue): StoredConstant[] {
    if (this.#claimed.has(value)) return []
    this.#claimed.add(value)
    const producer = this.#producers.get(value)
    if (producer !== undefined && producer.key !== 'Constant') {
      return producer.inputs.flatMap((input) => (input === null ? [] : this.#trace(input)))
    }
    const { type } = value
    return type.kind === 'tensor' && type.dtype !== null && isStatic(type.shape)
      ? [{ dtype: type.dtype, dims: type.shape, sparsity: this.#sparsityOf(value) }]
      : []
  }
}

function layerOf(node: BoundNode, constants: readonly StoredConstant[], precision: PrecisionId | null): Layer {
  const largest = constants.reduce((most, { dims }) => Math.max(most, elementCount(dims) ?? 0), 0)
  let params = 0
  let weightBytes = 0
  for (const constant of constants) {
    params += parameters(constant.dtype, constant.dims)
    weightBytes += bytesOf(
      constant,
      constantRole({ class: node.class, gemm: node.work.gemm }, elementCount(constant.dims) ?? 0, largest),
      precision,
    )
  }
  return {
    name: node.node.name,
    op: node.key,
    class: node.class,
    outputs: node.outputs.flatMap((value) => (value === null ? [] : [typeText(value)])),
    weights: constants.map(weightText),
    attributes: attributesText(node.node.attributes),
    params,
    macs: node.work.macs,
    weightBytes,
    activationBytes: writtenBytes(node, precision),
  }
}

function bytesOf({ dtype, dims }: StoredConstant, role: ConstantRole, precision: PrecisionId | null): number {
  const elements = elementCount(dims) ?? 0
  return precision === null ? dtypeBytes(dtype, elements) : constantBytes({ dtype, elements }, role, precision)
}

/** A view writes nothing. */
function writtenBytes(node: BoundNode, precision: PrecisionId | null): Amounts['activationBytes'] {
  if (node.class === 'view') return 0
  let total = 0
  for (const value of node.outputs) {
    if (value === null || value.type.kind !== 'tensor') continue
    const { dtype, shape } = value.type
    if (dtype === null || !isStatic(shape)) return null
    total +=
      precision === null
        ? dtypeBytes(dtype, elementCount(shape) ?? 0)
        : tensorBytes({ role: 'activation', dtype, shape }, precision)
  }
  return total
}

function weightText({ dtype, dims, sparsity }: StoredConstant): string {
  const zeros =
    sparsity === null ? '' : sparsity.pattern === null ? ` zeros ${sparsity.zeroShare}` : patternText(sparsity.pattern)
  return `${dtype}${formatShape(dims)}${zeros}`
}

const patternText = ({ kept, of }: NonNullable<Sparsity['pattern']>): string => ` ${kept}:${of}`

function typeText({ type }: BoundValue): string {
  return type.kind === 'tensor' ? `${type.dtype ?? '?'}${formatShape(type.shape)}` : type.kind
}

/** Lists and numbers, sorted by name; graphs and tensors are compared by what they lead to. */
function attributesText(attributes: Readonly<Record<string, Attribute>>): string {
  const plain = Object.entries(attributes).filter(([, value]) => typeof value !== 'object' || Array.isArray(value))
  return plain
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}

function peakOf(bound: BoundGraph, precision: PrecisionId | null): number | null {
  if (precision === null) return boundLifetimes(bound, { viewsAreFree: true, weightsFold: true })?.peakBytes ?? null
  if (bound.unboundDimensions.length > 0) return null
  const summary = summarize(bound, '')
  return countWork(summary, precision, unfused, summary.batch).peakActivationBytes
}
