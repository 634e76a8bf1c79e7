/**
 * Residual block of latent diffusion: group norm, SiLU, 3×3, twice, with the step's embedding added between.
 *
 * Source: huggingface/diffusers src/diffusers/models/resnet.py (ResnetBlock2D).
 */
import type { GraphBuilder, Tensor } from '../../simulator/build/builder.ts'

/** Every norm of these networks. */
export const normGroups = 32

export interface DiffusionResidualOptions {
  readonly out: number
  readonly epsilon: number
  /** Embedding of the time step [N, D]; absent in the autoencoder. */
  readonly step?: Tensor
}

export function diffusionResidual(
  g: GraphBuilder,
  x: Tensor,
  { out, epsilon, step }: DiffusionResidualOptions,
): Tensor {
  const normed = (map: Tensor) => g.activate(g.groupNorm(map, normGroups, epsilon), 'silu')
  let y = g.conv(normed(x), { out, kernel: 3 })
  if (step !== undefined) {
    const shift = g.gemm(g.activate(step, 'silu'), { out })
    y = g.add(y, g.unsqueeze(shift, [2, 3]))
  }
  y = g.conv(normed(y), { out, kernel: 3 })
  return g.add(g.channels(x) === out ? x : g.conv(x, { out, kernel: 1 }), y)
}

/** Doubles the map by repetition, then smooths it. */
export function smoothedUpsample(g: GraphBuilder, x: Tensor): Tensor {
  return g.conv(g.upsample(x, 2), { out: g.channels(x), kernel: 3 })
}
