/** Gated short convolution (LFM2, arXiv:2511.23404): y = W (c ∘ conv(b ∘ x)) with gates b and c from the token. */
import { dimOf, type Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { ShortConvolution } from './config.ts'
import type { PassState } from './pass.ts'
import { causalConvolution } from './recurrence.ts'

/** x [N, S, width] → [N, S, width]. */
export function shortConvolution(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  { kernel, bias }: ShortConvolution,
  pass: PassState,
): Tensor {
  const width = dimOf(x.shape, 2)
  const label = `layer${layer}`
  const [before, after, features] = g.split(
    g.project(x, `${label}/gates-and-features`, 3 * width, bias),
    [width, width, width],
    2,
  )
  if (before === undefined || after === undefined || features === undefined) throw new Error('Split has three outputs')
  const seen = causalConvolution(g, g.mul(before, features), layer, { kernel, bias, activation: 'none' }, pass)
  return g.project(g.mul(after, seen), `${label}/output`, width, bias)
}
