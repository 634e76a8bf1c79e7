/** Depthwise-separable convolution: filters per channel, then a 1×1 that mixes them. Source: arXiv:1610.02357. */
import type { Activation, DepthwiseOptions, GraphBuilder, Tensor } from '../builder.ts'

export interface SeparableOptions extends DepthwiseOptions {
  readonly out: number
  /** Between the two; default none. */
  readonly between?: Activation
}

export function separable(g: GraphBuilder, x: Tensor, options: SeparableOptions): Tensor {
  const { out, between, activation, bias = true, ...window } = options
  const filtered = g.activate(g.depthwise(x, { ...window, bias }), between)
  return g.activate(g.conv(filtered, { out, kernel: 1, bias }), activation)
}
