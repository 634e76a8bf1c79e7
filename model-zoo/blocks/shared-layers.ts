/** Layers whose weights serve every map they are called on: heads that the levels of a pyramid share. */
import type { ConvOptions, GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

export type Layer = (x: Tensor) => Tensor

/** `like`: a map with the channels of those to come. */
export function sharedConv(g: GraphBuilder, like: Tensor, options: ConvOptions): Layer {
  const weights = g.convWeights(like, options)
  return (x) => g.conv(x, { ...options, weights })
}
