/** Modulated deformable convolution: where to look and how much to trust it, predicted per tap. Source: arXiv:1811.11168. */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** A 3×3 convolution with its offsets (2 per tap) and gates (1 per tap), from one further 3×3 on the same map. */
export function deformable(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const taps = 9
  const [offsets, gates] = g.split(g.conv(x, { out: 3 * taps, kernel: 3 }), [2 * taps, taps], 1)
  if (offsets === undefined || gates === undefined) throw new Error('Split has two outputs')
  const [filters, bias] = g.convWeights(x, { out, kernel: 3 })
  if (filters === undefined || bias === undefined) throw new Error('filters and a bias')
  return g.node('DeformConv', [x, filters, offsets, bias, g.sigmoid(gates)], {
    kernel_shape: [3, 3],
    pads: [1, 1, 1, 1],
  })
}
