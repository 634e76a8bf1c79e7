/**
 * Sparsity as annotation: which weights of products have how many zeros, in what pattern.
 *
 * MACs and stored bytes stay those of the dense model: only some units skip zeros, and only some files pack them. What
 * can use the annotation reads it from the summary.
 */
import type { Constant, Graph, Node, Sparsity } from '../graph/graph.ts'
import { fail } from '../problem.ts'
import { weightAxes } from './quantized-weights.ts'

/** NVIDIA's sparse tensor cores. Source: arXiv:2104.08378. */
export const twoOfFour = nOfM(2, 4)

/** At most `kept` non-zeros in every `of` neighbours along the summed axis. */
export function nOfM(kept: number, of: number): Sparsity {
  return { zeroShare: 1 - kept / of, pattern: { kept, of } }
}

export function unstructured(zeroShare: number): Sparsity {
  return { zeroShare, pattern: null }
}

export interface SparseModel {
  readonly graph: Graph
  /** Constants that carry the annotation now. */
  readonly sparse: readonly string[]
  /** Weights whose summed axis does not divide into the pattern; they stay dense. */
  readonly dense: readonly string[]
}

/** `applies`: which nodes' weights; default all. Throws `invalid-field` for shares and patterns out of range. */
export function annotateSparsity(
  graph: Graph,
  sparsity: Sparsity,
  applies: (node: Node) => boolean = () => true,
): SparseModel {
  check(sparsity)
  const constants = new Map(graph.constants)
  const dense: string[] = []
  const sparse: string[] = []
  for (const node of graph.nodes.filter(applies)) {
    node.inputs.forEach((name, input) => {
      const constant = name === null ? undefined : graph.constants.get(name)
      const axes = constant && weightAxes(node, input, constant.dims.length)
      if (constant === undefined || axes == null) return
      if (!divides(constant, axes.inner, sparsity)) {
        dense.push(constant.name)
        return
      }
      sparse.push(constant.name)
      constants.set(constant.name, { ...constant, sparsity })
    })
  }
  return { graph: { ...graph, constants }, sparse, dense }
}

function divides({ dims }: Constant, inner: number, { pattern }: Sparsity): boolean {
  return pattern === null || (dims[inner] ?? 0) % pattern.of === 0
}

function check({ zeroShare, pattern }: Sparsity): void {
  const isPattern = pattern === null || (Number.isInteger(pattern.of) && pattern.kept > 0 && pattern.kept <= pattern.of)
  if (zeroShare >= 0 && zeroShare < 1 && isPattern) return
  throw fail('invalid-field', 'Give a share of zeros from 0 up to, not including, 1, and N ≤ M for a pattern.', {
    where: 'sparsity',
    received: pattern === null ? `${zeroShare}` : `${pattern.kept}:${pattern.of}`,
  })
}
