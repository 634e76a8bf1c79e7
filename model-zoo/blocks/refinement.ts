/**
 * The fusion blocks of MiDaS and DPT decoders: coarse map plus finer skip, filtered, doubled.
 *
 * Sources: arXiv:1907.01341, 2103.13413; github:isl-org/MiDaS midas/blocks.py (FeatureFusionBlock_custom).
 */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** x + two 3×3 convolutions, each after a ReLU. */
export function residualUnit(g: GraphBuilder, x: Tensor): Tensor {
  const out = g.channels(x)
  const inner = g.conv(g.relu(x), { out, kernel: 3, activation: 'relu' })
  return g.add(g.conv(inner, { out, kernel: 3 }), x)
}

export interface RefinementOptions {
  /** Finer map of the same channels; absent at the coarsest level. */
  readonly skip?: Tensor
  readonly to: readonly number[]
  readonly out: number
}

/** x [N, C, h, w] (h, w of the skip) → [N, out, …to]. */
export function refine(g: GraphBuilder, x: Tensor, { skip, to, out }: RefinementOptions): Tensor {
  const merged = skip === undefined ? x : g.add(x, residualUnit(g, skip))
  const enlarged = g.resize(residualUnit(g, merged), { to, mode: 'linear', alignCorners: true })
  return g.conv(enlarged, { out, kernel: 1 })
}
