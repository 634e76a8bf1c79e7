/** Parameters: elements of weights, wherever a file keeps them. */
import type { BoundGraph } from './bound.ts'
import { dtypes } from './dtype.ts'
import { type Constant, type Node, operatorKey } from './graph.ts'
import { allGraphs } from './nested-graphs.ts'
import { elementCount } from './shape.ts'

/**
 * Elements of every constant and Constant node of all graphs and functions, with rank ≥ 1 and a numeric type other than
 * int64 (indices and shapes). Weights that `ConstantOfShape` makes from a constant shape are weights too.
 */
export function countParameters(bound: BoundGraph): number {
  let total = 0
  for (const graph of allGraphs(bound.graph)) {
    for (const constant of graph.constants.values()) total += parametersOf(constant)
    for (const node of graph.nodes) total += parametersOfNode(node)
  }
  for (const node of bound.nodes) {
    if (node.key !== 'ConstantOfShape' || !node.isWeight) continue
    const type = node.outputs[0]?.type
    if (type?.kind !== 'tensor' || type.dtype === null || !isParameterType(type.dtype)) continue
    if (type.shape !== null && type.shape.length > 0) total += elementCount(type.shape) ?? 0
  }
  return total
}

function parametersOf({ dtype, dims }: Constant): number {
  return dims.length > 0 && isParameterType(dtype) ? dims.reduce((product, dim) => product * dim, 1) : 0
}

function parametersOfNode(node: Node): number {
  if (operatorKey(node) !== 'Constant') return 0
  const { value, sparse_value: sparse, value_floats: floats } = node.attributes
  if (Array.isArray(floats)) return floats.length
  const tensor = value ?? sparse
  return typeof tensor === 'object' && 'kind' in tensor && tensor.kind === 'tensor' ? parametersOf(tensor.tensor) : 0
}

function isParameterType(dtype: keyof typeof dtypes): boolean {
  return dtype !== 'int64' && dtypes[dtype].kind !== 'boolean' && dtypes[dtype].kind !== 'string'
}
