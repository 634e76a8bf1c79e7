/** Depthwise-separable convolution: filters per channel, then a 1×1 that mixes them. Source: arXiv:1610.02357. */
import type { Activation, DepthwiseOptions, GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** `bias` is that of the filters; the 1×1 always has one. */
export interface SeparableOptions extends DepthwiseOptions {
  readonly out: number
  /** Between the two; default none. */
  readonly between?: Activation
}

export function separable(g: GraphBuilder, x: Tensor, options: SeparableOptions): Tensor {
  const { out, between, activation, ...window } = options
  return g.activate(g.conv(g.activate(g.depthwise(x, window), between), { out, kernel: 1 }), activation)
}
