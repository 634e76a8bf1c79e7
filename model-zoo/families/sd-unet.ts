/**
 * The denoiser of Stable Diffusion 1.x: a U-Net of residual blocks with transformers that read the text.
 *
 * Figures: all weights as published (860 M in the checkpoint; AI Hub prints 865).
 * Sources: arXiv:2112.10752; huggingface/diffusers src/diffusers/models/unets/unet_2d_condition.py, unet_2d_blocks.py,
 * transformers/transformer_2d.py.
 */

import { attend, mergeHeads, splitHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { diffusionResidual, normGroups, smoothedUpsample } from '../blocks/diffusion-residual.ts'

export interface SdUnetConfig {
  /** Channels of each resolution, finest first; the coarsest has no transformers. */
  readonly widths: readonly number[]
  readonly blocksPerLevel: number
  readonly heads: number
  readonly text: { readonly tokens: number; readonly width: number }
}

/** Everything a block needs beside its input. */
interface Conditions {
  readonly step: Tensor
  readonly text: Tensor
  readonly heads: number
}

export function sdUnet(name: string, shape: readonly number[], config: SdUnetConfig): Graph {
  const g = new GraphBuilder(name)
  const { widths, blocksPerLevel, heads } = config
  const [n, latentChannels, base] = [dimOf(shape, 0), dimOf(shape, 1), dimOf(widths, 0)]
  const latent = g.input('latent', shape)
  const timestep = g.input('timestep', [n])
  const text = g.input('text', [n, config.text.tokens, config.text.width])
  const conditions = { step: g.within('step', () => stepEmbedding(g, timestep, base)), text, heads }
  const isCoarsest = (level: number) => level === widths.length - 1

  let x = g.conv(latent, { out: base, kernel: 3 })
  const skips = [x]
  widths.forEach((out, level) => {
    for (let index = 0; index < blocksPerLevel; index++) {
      x = g.within(`down${level}.${index}`, () => block(g, x, out, conditions, !isCoarsest(level)))
      skips.push(x)
    }
    if (isCoarsest(level)) return
    x = g.within(`down${level}.stride`, () => g.conv(x, { out, kernel: 3, stride: 2 }))
    skips.push(x)
  })
  x = g.within('middle', () => {
    const attended = block(g, x, g.channels(x), conditions, true)
    return block(g, attended, g.channels(x), conditions, false)
  })
  for (let level = widths.length - 1; level >= 0; level--) {
    for (let index = 0; index <= blocksPerLevel; index++) {
      const skip = skips.pop()
      if (skip === undefined) throw new Error('one skip per block')
      x = g.within(`up${level}.${index}`, () =>
        block(g, g.concat([x, skip], 1), dimOf(widths, level), conditions, !isCoarsest(level)),
      )
    }
    if (level > 0) x = g.within(`up${level}.double`, () => smoothedUpsample(g, x))
  }
  const normed = g.activate(g.groupNorm(x, normGroups), 'silu')
  return g.finish({ noise: g.conv(normed, { out: latentChannels, kernel: 3 }) })
}

/** cos and sin of the step at geometrically falling frequencies, through two linear layers: [N] → [N, 4 · width]. */
function stepEmbedding(g: GraphBuilder, timestep: Tensor, width: number): Tensor {
  const half = width / 2
  const frequencies = Array.from({ length: half }, (_, i) => Math.exp((-Math.log(maxPeriod) * i) / half))
  const angles = g.mul(g.unsqueeze(timestep, [1]), g.constant(frequencies, [1, half], 'float32'))
  const waves = g.concat([g.node('Cos', [angles]), g.node('Sin', [angles])], 1)
  return g.gemm(g.gemm(waves, { out: 4 * width, activation: 'silu' }), { out: 4 * width })
}

const maxPeriod = 10_000

function block(g: GraphBuilder, x: Tensor, out: number, conditions: Conditions, hasTransformer: boolean): Tensor {
  const y = diffusionResidual(g, x, { out, epsilon: 1e-5, step: conditions.step })
  return hasTransformer ? transformer(g, y, conditions) : y
}

/** Self-attention, attention to the text, gated MLP; pixels are tokens. */
function transformer(g: GraphBuilder, map: Tensor, { text, heads }: Conditions): Tensor {
  const [n, out, h, w] = [dimOf(map.shape, 0), g.channels(map), dimOf(map.shape, 2), dimOf(map.shape, 3)]
  const entered = g.conv(g.groupNorm(map, normGroups, 1e-6), { out, kernel: 1 })
  let x = g.reshape(g.transpose(entered, [0, 2, 3, 1]), [n, h * w, out])
  const self = g.layerNorm(x)
  x = g.add(x, attention(g, self, self, heads))
  x = g.add(x, attention(g, g.layerNorm(x), text, heads))
  x = g.add(x, gatedMlp(g, g.layerNorm(x)))
  const left = g.transpose(g.reshape(x, [n, h, w, out]), [0, 3, 1, 2])
  return g.add(g.conv(left, { out, kernel: 1 }), map)
}

function attention(g: GraphBuilder, x: Tensor, source: Tensor, heads: number): Tensor {
  const out = dimOf(x.shape, 2)
  const projected = (tokens: Tensor) => splitHeads(g, g.linear(tokens, { out, bias: false }), heads)
  return g.linear(mergeHeads(g, attend(g, projected(x), projected(source), projected(source))), { out })
}

/** GEGLU: half of the wide layer gates the other half. */
function gatedMlp(g: GraphBuilder, x: Tensor): Tensor {
  const out = dimOf(x.shape, 2)
  const [value, gate] = g.split(g.linear(x, { out: 8 * out }), [4 * out, 4 * out], 2)
  if (value === undefined || gate === undefined) throw new Error('Split has two outputs')
  return g.linear(g.mul(value, g.activate(gate, 'gelu')), { out })
}

export const sdUnetPresets: PresetTable = {
  'sd15-unet': {
    family: 'diffusion',
    task: 'diffusion',
    inputShape: [1, 4, 64, 64],
    citation: 'arXiv:2112.10752; huggingface/diffusers unet_2d_condition.py',
    build: (name, shape) =>
      sdUnet(name, shape, {
        widths: [320, 640, 1280, 1280],
        blocksPerLevel: 2,
        heads: 8,
        text: { tokens: 77, width: 768 },
      }),
  },
}
