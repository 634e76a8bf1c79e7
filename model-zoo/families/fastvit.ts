/**
 * FastViT in deployed form: every re-parameterisable branch (MobileOne blocks, RepMixer, large kernels) merged.
 *
 * Figures: the cited ones are of the unmerged training graph, whose extra branches add about 0.3 % parameters.
 * Sources: arXiv:2303.14189; huggingface/pytorch-image-models timm/models/fastvit.py; apple/ml-fastvit.
 */

import { attend, fusedQkv, mergeHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { classifier } from '../blocks/classifier.ts'
import { squeezeExcitation } from '../blocks/squeeze-excitation.ts'

interface FastvitConfig {
  readonly depths: readonly number[]
  readonly widths: readonly number[]
  /** Stages from this one on mix tokens by attention. */
  readonly attentionFrom: number
}

const headSize = 32

function fastvit(name: string, shape: readonly number[], config: FastvitConfig): Graph {
  const g = new GraphBuilder(name)
  const [first = 0] = config.widths
  let x = g.conv(g.input('input', shape), { out: first, kernel: 3, stride: 2, activation: 'gelu' })
  x = g.depthwise(x, { kernel: 3, stride: 2, activation: 'gelu' })
  x = g.conv(x, { out: first, kernel: 1, activation: 'gelu' })
  config.widths.forEach((out, stage) => {
    if (stage > 0) x = patchEmbedding(g, x, out)
    const attentive = stage >= config.attentionFrom
    // Conditional positional encoding with its identity branch merged.
    if (attentive) x = g.depthwise(x, { kernel: 7 })
    for (let block = 0; block < (config.depths[stage] ?? 0); block++) {
      x = g.within(`stage${stage + 1}.${block}`, () => (attentive ? attentionBlock(g, x) : mixerBlock(g, x)))
    }
  })
  const out = 2 * g.channels(x)
  const wide = g.conv(x, { out, kernel: 3, groups: g.channels(x) })
  return classifier(g, g.activate(squeezeExcitation(g, wide, { squeezed: out / 16 }), 'gelu'))
}

/** Two filters per channel halve the map, a 1×1 mixes. */
function patchEmbedding(g: GraphBuilder, x: Tensor, out: number): Tensor {
  const halved = g.conv(x, { out, kernel: 7, stride: 2, groups: g.channels(x), activation: 'gelu' })
  return g.conv(halved, { out, kernel: 1, activation: 'gelu' })
}

function mixerBlock(g: GraphBuilder, x: Tensor): Tensor {
  const mixed = g.depthwise(x, { kernel: 3 })
  return g.add(mixed, layerScale(g, feedForward(g, mixed)))
}

/** The norm before the projection is a batch norm over the map. */
function attentionBlock(g: GraphBuilder, x: Tensor): Tensor {
  const [n, width] = [dimOf(x.shape, 0), g.channels(x)]
  const tokens = g.transpose(g.reshape(g.batchNorm(x), [n, width, -1]), [0, 2, 1])
  const [q, k, v] = fusedQkv(g, tokens, { heads: width / headSize, bias: false })
  const attended = g.linear(mergeHeads(g, attend(g, q, k, v)), { out: width })
  const map = g.reshape(g.transpose(attended, [0, 2, 1]), x.shape)
  const y = g.add(x, layerScale(g, map))
  return g.add(y, layerScale(g, feedForward(g, y)))
}

function feedForward(g: GraphBuilder, x: Tensor): Tensor {
  const width = g.channels(x)
  const hidden = g.conv(g.depthwise(x, { kernel: 7 }), { out: 4 * width, kernel: 1, activation: 'gelu' })
  return g.conv(hidden, { out: width, kernel: 1 })
}

function layerScale(g: GraphBuilder, x: Tensor): Tensor {
  return g.mul(x, g.weight([g.channels(x), 1, 1]))
}

export const fastvitPresets: PresetTable = {
  'fastvit-sa12': {
    family: 'hybrid_vit',
    task: 'classification',
    inputShape: [1, 3, 256, 256],
    citation: 'arXiv:2303.14189; timm fastvit.py',
    build: (name, shape) =>
      fastvit(name, shape, { depths: [2, 2, 6, 2], widths: [64, 128, 256, 512], attentionFrom: 3 }),
  },
}
