import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** The first and the second half of the channels of x [N, C, …]. */
export function halves(g: GraphBuilder, x: Tensor): readonly [Tensor, Tensor] {
  const half = g.channels(x) / 2
  const [first, second] = g.split(x, [half, half], 1)
  if (first === undefined || second === undefined) throw new Error('Split has two outputs')
  return [first, second]
}
