/** The second branch of a transformer layer: a dense network, or experts of which each token takes a few. */
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { DenseFeedForward, ExpertFeedForward, FeedForward } from './config.ts'

/** x [N, S, width] → [N, S, width]; parameters `label/…`. */
export function feedForward(g: TransformerBuilder, x: Tensor, label: string, config: FeedForward): Tensor {
  return config.kind === 'dense' ? dense(g, x, label, config) : experts(g, x, label, config)
}

function dense(g: TransformerBuilder, x: Tensor, label: string, config: DenseFeedForward): Tensor {
  const { hidden, gated, activation, bias } = config
  const width = dimOf(x.shape, 2)
  const gate = g.project(x, `${label}/gate`, hidden, bias, activation)
  const inner = gated ? g.mul(gate, g.project(x, `${label}/up`, hidden, bias)) : gate
  return g.project(inner, `${label}/down`, width, bias)
}

/** Gate and up matrices of an expert are one weight [E, 2 · hidden, width], as the fused operator wants them. */
function experts(g: TransformerBuilder, x: Tensor, label: string, config: ExpertFeedForward): Tensor {
  const { experts: count, chosen, hidden, gated, bias, routerBias, shared, sharedGate } = config
  const [batch, tokens, width] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2)]
  const router = g.reshape(g.project(x, `${label}/router`, count, routerBias), [batch * tokens, count])
  const layer = (which: string, out: number, inner: number): readonly (Tensor | null)[] => [
    g.parameter(`${label}/experts/${which}`, [count, out, inner]),
    bias ? g.parameter(`${label}/experts/${which}/bias`, [count, out]) : null,
  ]
  const weights = [...layer('first', gated ? 2 * hidden : hidden, width), ...layer('second', width, hidden)]
  const routed = g.node('MixtureOfExperts', [x, router, ...weights], {
    k: chosen,
    normalize_routing_weights: 1,
    activation_type: gated ? 'swiglu' : 'gelu',
    ...(gated ? { swiglu_fusion: 1 } : {}),
  })
  if (shared === null) return routed
  const common = dense(g, x, `${label}/shared`, shared)
  const weighed = sharedGate ? g.mul(common, g.sigmoid(g.project(x, `${label}/shared-gate`, 1, false))) : common
  return g.add(routed, weighed)
}
