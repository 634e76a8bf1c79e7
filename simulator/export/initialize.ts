/**
 * Values for weights that are only described: drawn from how a weight is used, so that activations neither vanish nor
 * overflow in float32, however deep the network.
 *
 * Convolutions: He (arXiv:1502.01852), variance 2 / fan-in, and an eighth of that where the result is added to another
 * map, or fifty residual blocks would double it fifty times. Matrix products: LeCun, variance 1 / fan-in. All uniform,
 * which needs no logarithm and therefore gives the same bits in every engine. Norm scales and variances are one,
 * biases zero, tables and everything else within ±0.02.
 */
import type { Graph, Node } from '../graph/graph.ts'

/** Uniform in ±`bound`, or one value everywhere. */
export type Initialization = { readonly bound: number } | { readonly value: number }

const zero: Initialization = { value: 0 }
const one: Initialization = { value: 1 }
const small: Initialization = { bound: 0.02 }
const quantum: Initialization = { value: 2 ** -7 }

interface Use {
  readonly dims: readonly number[]
  /** Position among the node's inputs. */
  readonly input: number
  readonly node: Node
  /** The result is an operand of an addition. */
  readonly isAdded: boolean
}

/** What each input of an operator is drawn from, by position; anything absent is `small`. */
const rules: Readonly<Record<string, (use: Use) => Initialization>> = {
  // [out, in / groups, …kernel]: everything but the first axis feeds one output.
  Conv: ({ dims, input, isAdded }) => (input === 1 ? withVariance(isAdded ? 0.25 : 2, product(dims, 1)) : zero),
  DeformConv: ({ dims, input }) => (input === 1 ? withVariance(2, product(dims, 1)) : zero),
  // [in, out / groups, …kernel]: overlapping windows add up, which the kernel area bounds.
  ConvTranspose: ({ dims, input }) => (input === 1 ? withVariance(2, dims[0] ?? 1) : zero),
  Gemm: ({ dims, input, node }) => {
    if (input === 2) return zero
    const transposed = node.attributes[input === 0 ? 'transA' : 'transB'] === 1
    const inner = (input === 0) === transposed ? 0 : 1
    return withVariance(1, dims[inner] ?? 1)
  },
  MatMul: ({ dims, input }) => withVariance(1, dims.at(input === 0 ? -1 : -2) ?? 1),
  BatchNormalization: ({ input }) => (input === 1 || input === 4 ? one : zero),
  LayerNormalization: ({ input }) => (input === 1 ? one : zero),
  GroupNormalization: ({ input }) => (input === 1 ? one : zero),
  RMSNormalization: () => one,
  // [experts, out, in] of both layers, biases between them.
  MoE: ({ dims, input }) => (input % 2 === 0 ? withVariance(1, dims.at(-1) ?? 1) : zero),
  InstanceNormalization: ({ input }) => (input === 1 ? one : zero),
  // Integers of ±127 stand for about ±1; zero points are zero.
  QuantizeLinear: ({ input }) => (input === 1 ? quantum : zero),
  DequantizeLinear: ({ input }) => (input === 1 ? quantum : zero),
  PRelu: () => ({ value: 0.25 }),
  Mul: () => one,
  LSTM: ({ dims, input }) => (input < 3 ? withVariance(1, dims.at(-1) ?? 1) : zero),
  GRU: ({ dims, input }) => (input < 3 ? withVariance(1, dims.at(-1) ?? 1) : zero),
}

/** Initialization of every weight of `graph` by name; the first use decides. */
export function initializations(graph: Graph): ReadonlyMap<string, Initialization> {
  const chosen = new Map<string, Initialization>()
  const added = new Set(graph.nodes.flatMap(({ op, inputs }) => (op === 'Add' || op === 'Sum' ? inputs : [])))
  for (const node of graph.nodes) {
    const isAdded = node.outputs.some((output) => added.has(output))
    node.inputs.forEach((name, input) => {
      const constant = name === null ? undefined : graph.constants.get(name)
      if (constant === undefined || constant.elements !== null || chosen.has(constant.name)) return
      chosen.set(constant.name, rules[node.op]?.({ dims: constant.dims, input, node, isAdded }) ?? small)
    })
  }
  return chosen
}

/** A uniform distribution on ±b has variance b² / 3. */
const withVariance = (gain: number, fanIn: number): Initialization => ({ bound: Math.sqrt((3 * gain) / fanIn) })

const product = (dims: readonly number[], from: number): number =>
  dims.slice(from).reduce((total, size) => total * size, 1)
