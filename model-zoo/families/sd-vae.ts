/**
 * The decoder of Stable Diffusion's autoencoder: latent [N, 4, h, w] → image [N, 3, 8h, 8w].
 *
 * Figures: all weights as published, the 1×1 before the decoder included.
 * Sources: arXiv:2112.10752; huggingface/diffusers src/diffusers/models/autoencoders/vae.py (Decoder), autoencoder_kl.py.
 */

import { attend, mergeHeads, splitHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { diffusionResidual, normGroups, smoothedUpsample } from '../blocks/diffusion-residual.ts'

export interface SdVaeConfig {
  /** Channels of each resolution, coarsest first. */
  readonly widths: readonly number[]
  readonly blocksPerLevel: number
}

const epsilon = 1e-6

export function sdVaeDecoder(name: string, shape: readonly number[], { widths, blocksPerLevel }: SdVaeConfig): Graph {
  const g = new GraphBuilder(name)
  const latent = g.input('latent', shape)
  const unquantized = g.conv(latent, { out: g.channels(latent), kernel: 1 })
  const residual = (y: Tensor, out: number) => diffusionResidual(g, y, { out, epsilon })
  let x = g.conv(unquantized, { out: dimOf(widths, 0), kernel: 3 })
  x = g.within('middle', () => {
    const out = g.channels(x)
    return residual(pixelAttention(g, residual(x, out)), out)
  })
  widths.forEach((out, level) => {
    for (let index = 0; index < blocksPerLevel; index++) x = g.within(`up${level}.${index}`, () => residual(x, out))
    if (level < widths.length - 1) x = g.within(`up${level}.double`, () => smoothedUpsample(g, x))
  })
  const normed = g.activate(g.groupNorm(x, normGroups, epsilon), 'silu')
  return g.finish({ image: g.conv(normed, { out: 3, kernel: 3 }) })
}

/** One head over all pixels. */
function pixelAttention(g: GraphBuilder, map: Tensor): Tensor {
  const [n, out, h, w] = [dimOf(map.shape, 0), g.channels(map), dimOf(map.shape, 2), dimOf(map.shape, 3)]
  const tokens = g.transpose(g.reshape(g.groupNorm(map, normGroups, epsilon), [n, out, h * w]), [0, 2, 1])
  const projected = () => splitHeads(g, g.linear(tokens, { out }), 1)
  const attended = g.linear(mergeHeads(g, attend(g, projected(), projected(), projected())), { out })
  return g.add(g.reshape(g.transpose(attended, [0, 2, 1]), [n, out, h, w]), map)
}

export const sdVaePresets: PresetTable = {
  'sd15-vae-decoder': {
    family: 'diffusion',
    task: 'diffusion',
    inputShape: [1, 4, 64, 64],
    citation: 'arXiv:2112.10752; huggingface/diffusers autoencoder_kl.py',
    build: (name, shape) => sdVaeDecoder(name, shape, { widths: [512, 512, 256, 128], blocksPerLevel: 3 }),
  },
}
