/** Files that list tensors and say nothing of what is computed with them. */
import { type DType, dtypeBytes } from '../graph/dtype.ts'
import type { Constant, Graph } from '../graph/graph.ts'
import { type Problem, problem } from '../problem.ts'
import type { StoredWeights } from './reader.ts'
import { StoredBytes } from './stored-bytes.ts'

export interface ListedTensor {
  readonly name: string
  readonly dtype: DType
  /** Slowest axis first. */
  readonly dims: readonly number[]
}

/** A graph of weights without a node: parameters and bytes are exact, work is unknown. */
export function tableGraph(name: string, tensors: readonly ListedTensor[]): Graph {
  return {
    name,
    opsets: {},
    inputs: [],
    outputs: [],
    nodes: [],
    values: new Map(),
    constants: new Map(tensors.map((tensor) => [tensor.name, constantOf(tensor)])),
  }
}

export function constantOf({ name, dtype, dims }: ListedTensor): Constant {
  return { name, dtype, dims, elements: null, external: null }
}

export function elementsOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1)
}

/** Every tensor begins at a byte of its own. */
export function tableWeights(tensors: readonly ListedTensor[]): StoredWeights {
  const stored = new StoredBytes()
  for (const { dtype, dims } of tensors) stored.add(dtype, dtypeBytes(dtype, elementsOf(dims)))
  return stored.total()
}

/** Why there is no graph, and what would give one. */
export function noGraph(received: string, fix: string): Problem {
  return problem('no-graph', fix, { expected: 'a graph, or hyper-parameters that one follows from', received })
}
