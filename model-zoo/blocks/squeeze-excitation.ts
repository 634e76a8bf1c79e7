/** Squeeze-and-excitation: channels gated by what the whole map says. Source: arXiv:1709.01507. */
import type { Activation, GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

export interface SqueezeExcitationOptions {
  readonly squeezed: number
  /** Default ReLU. */
  readonly activation?: Activation
  /** Default sigmoid. */
  readonly gate?: Activation
  /** The map that decides; default x itself. */
  readonly seenOn?: Tensor
}

/** x [N, C, H, W] · gate(…mean over H, W…). */
export function squeezeExcitation(g: GraphBuilder, x: Tensor, options: SqueezeExcitationOptions): Tensor {
  const { squeezed, activation = 'relu', gate = 'sigmoid', seenOn = x } = options
  const reduced = g.conv(g.globalAveragePool(seenOn), { out: squeezed, kernel: 1, activation })
  return g.mul(x, g.conv(reduced, { out: g.channels(x), kernel: 1, activation: gate }))
}
