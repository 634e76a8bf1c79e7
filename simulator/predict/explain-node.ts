/** Nodes of the explanation: a formula of `docs/method/`, its value, and how that follows from what went in. */
import type { Explanation } from './prediction.ts'

type Node = Omit<Explanation, 'operation' | 'exponent' | 'inputs'>

/** `inputs` of a leaf are what its formula reads, where that is no sum, product or norm. */
export function leaf(node: Node, inputs: readonly Explanation[] = []): Explanation {
  return { ...node, operation: 'leaf', inputs }
}

/** Inputs add up to the value. */
export function sum(node: Node, inputs: readonly Explanation[]): Explanation {
  return { ...node, operation: 'sum', inputs }
}

/** Inputs multiply to the value. */
export function product(node: Node, inputs: readonly Explanation[]): Explanation {
  return { ...node, operation: 'product', inputs }
}

/** (Σ inputs^p)^(1/p); `exponent` `null` = the largest. */
export function norm(node: Node, exponent: number, inputs: readonly Explanation[]): Explanation {
  return { ...node, operation: 'norm', exponent: Number.isFinite(exponent) ? exponent : null, inputs }
}
