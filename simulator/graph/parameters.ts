/** Parameters: elements of weights, wherever a file keeps them. */
import type { BoundGraph, BoundNode, BoundValue } from './bound.ts'
import type { Dialect } from './dialect.ts'
import { type DType, dtypes } from './dtype.ts'
import { type Constant, type Graph, type Node, operatorKey, type Shape } from './graph.ts'
import { allGraphs } from './nested-graphs.ts'
import { elementCount } from './shape.ts'

/**
 * Elements of every constant and Constant node of all graphs and functions, with rank ≥ 1 and a numeric type other than
 * int64 (indices and shapes). Weights that `ConstantOfShape` makes from a constant shape are weights too. Where a format also
 * keeps shapes and axes as int32, 32- and 64-bit integers count where they are biases (see `Dialect`).
 */
export function countParameters(bound: BoundGraph): number {
  let total = 0
  for (const graph of allGraphs(bound.graph)) {
    const biases = wideBiases(graph, bound.graph.dialect)
    for (const { name, dtype, dims } of graph.constants.values()) {
      const isBias = biases?.has(name) ?? false
      if (isBias) total += elementCount(dims) ?? 0
      else if (biases === null || dtype !== 'int32') total += parameters(dtype, dims)
    }
    for (const node of graph.nodes) total += parametersOfNode(node)
  }
  return total + generatedParameters(bound)
}

/** Wide integers that products and recurrent layers add; `null` where int32 constants are weights as others are. */
function wideBiases({ nodes, constants }: Graph, dialect: Dialect | undefined): ReadonlySet<string> | null {
  const adding = dialect?.integerBiases ?? null
  if (adding === null) return null
  const biases = new Set<string>()
  for (const node of nodes) {
    if (!adding.has(operatorKey(node))) continue
    for (const input of node.inputs.slice(1)) {
      const dtype = input === null ? undefined : constants.get(input)?.dtype
      if (input !== null && (dtype === 'int32' || dtype === 'int64')) biases.add(input)
    }
  }
  return biases
}

/** What only fills space between activations (padding that is concatenated) is generated but no parameter. */
function generatedParameters(bound: BoundGraph): number {
  const isGenerated = ({ key, isWeight }: BoundNode) => isWeight && key === 'ConstantOfShape'
  if (!bound.nodes.some(isGenerated)) return 0
  const operands = weightOperands(bound)
  let total = 0
  for (const node of bound.nodes) {
    const output = isGenerated(node) ? (node.outputs[0] ?? null) : null
    if (output?.type.kind === 'tensor' && operands.has(output))
      total += parameters(output.type.dtype, output.type.shape)
  }
  return total
}

/** Weights that operators compute with, directly or after reshaping. */
function weightOperands(bound: BoundGraph): Set<BoundValue> {
  const operands = new Set<BoundValue>()
  for (const node of bound.nodes.toReversed()) {
    const computes = node.isWeight
      ? node.outputs.some((output) => output !== null && operands.has(output))
      : node.class !== 'layout'
    if (!computes) continue
    for (const input of node.inputs) if (input?.isWeight) operands.add(input)
  }
  return operands
}

function parametersOfNode(node: Node): number {
  if (operatorKey(node) !== 'Constant') return 0
  const { value, sparse_value: sparse, value_floats: floats } = node.attributes
  if (Array.isArray(floats)) return floats.length
  const tensor: Constant | null = isTensor(value) ? value.tensor : isTensor(sparse) ? sparse.tensor : null
  return tensor === null ? 0 : parameters(tensor.dtype, tensor.dims)
}

function isTensor(value: Node['attributes'][string] | undefined): value is { kind: 'tensor'; tensor: Constant } {
  return typeof value === 'object' && 'kind' in value && value.kind === 'tensor'
}

/** Elements that count as parameters; 0 for what is no weight. */
export function parameters(dtype: DType | null, shape: Shape): number {
  if (dtype === null || dtype === 'int64' || shape === null || shape.length === 0) return 0
  const { kind } = dtypes[dtype]
  return kind === 'boolean' || kind === 'string' ? 0 : (elementCount(shape) ?? 0)
}
