/** Channel shuffle: channel i of group j becomes channel j of group i. Source: arXiv:1707.01083 section 3.1. */
import { dimOf, type GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'

export function channelShuffle(g: GraphBuilder, x: Tensor, groups: number): Tensor {
  const [n, c, h, w] = [dimOf(x.shape, 0), dimOf(x.shape, 1), dimOf(x.shape, 2), dimOf(x.shape, 3)]
  const grouped = g.reshape(x, [n, groups, c / groups, h, w])
  return g.reshape(g.transpose(grouped, [0, 2, 1, 3, 4]), [n, c, h, w])
}
