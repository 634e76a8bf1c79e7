/** Average pooling to a fixed output size, with the one equal window that tiles the map best. */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'

/** x [N, C, H, W] → [N, C, size, size]; nothing is emitted when the map has that size already. H, W ≥ size. */
export function adaptiveAveragePool(g: GraphBuilder, x: Tensor, size: number): Tensor {
  const spatial = [dimOf(x.shape, 2), dimOf(x.shape, 3)]
  if (spatial.every((extent) => extent === size)) return x
  const stride = spatial.map((extent) => Math.floor(extent / size))
  const kernel = spatial.map((extent, axis) => extent - (size - 1) * (stride[axis] ?? 1))
  return g.averagePool(x, { kernel, stride, pad: 0 })
}
