/**
 * Mixture of experts: each of T tokens goes through k of E experts.
 *
 *     MACs     = T · k · (weights of one expert)
 *     E_hit    = E · (1 − (1 − k/E)^T)      experts that some token chooses, all choices alike
 *
 * The GEMM view has one product per expert that is hit, so its n · k · repeat is the part of the weights that is read.
 * Source: github:microsoft/onnxruntime docs/ContribOperators.md; arXiv:2101.03961 (routing).
 */
import { type Operator, type OperatorContext, unknownWork, type Work } from '../operator.ts'
import { entry, type OperatorFamily } from '../operator-entry.ts'
import { elementCount } from '../shape.ts'
import { tensor } from '../value-type.ts'
import { opsPerElement } from '../vector-ops.ts'

interface Experts {
  readonly tokens: number
  readonly hidden: number
  readonly experts: number
  readonly chosen: number
  /** Elements of all weights of one expert, and outputs of its first layer. */
  readonly weights: number
  readonly inner: number
}

/** Inputs: x, router logits, then weight and bias of the first, second and third layer: [E, …, …] each. */
function expertsOf(context: OperatorContext): Experts | null {
  const [input, first] = [context.shape(0), context.shape(2)]
  const [count, hidden] = [elementCount(input), input?.at(-1)]
  const [experts, inner] = first ?? []
  const layers = [context.count(2), context.count(4), context.has(6) ? context.count(6) : 0]
  const weights = layers.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0)
  if (count === null || weights === null || typeof hidden !== 'number' || hidden === 0) return null
  if (typeof experts !== 'number' || typeof inner !== 'number' || experts === 0) return null
  const chosen = Math.min(context.number('k', 1), experts)
  return { tokens: count / hidden, hidden, experts, chosen, weights: weights / experts, inner }
}

function work(context: OperatorContext): Work {
  const sizes = expertsOf(context)
  if (sizes === null) return unknownWork
  const { tokens, hidden, experts, chosen, weights, inner } = sizes
  const routed = tokens * chosen
  const hit = Math.max(1, Math.round(experts * (1 - (1 - chosen / experts) ** tokens)))
  return {
    macs: routed * weights,
    vectorOps: routed * (inner * opsPerElement.swish + 2 * hidden) + tokens * experts * opsPerElement.softmax,
    gemm: { m: Math.ceil(routed / hit), n: weights / hidden, k: hidden, repeat: hit },
    window: null,
  }
}

const mixture: Operator = {
  class: 'fully-connected',
  infer: (context) => [tensor(context.dtype(0), context.shape(0))],
  work,
}

export const expertOperators: OperatorFamily = { MixtureOfExperts: entry(null, mixture) }
