/**
 * BEiT: a vision transformer with relative position bias in every block, layer scale, and pooled patches.
 *
 * Figures: all weights as published; MACs include both attention products, as timm counts them.
 * Sources: arXiv:2106.08254; huggingface/pytorch-image-models timm/models/beit.py.
 */

import { attend, fusedQkv, mergeHeads } from '../../simulator/build/attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../../simulator/build/builder.ts'
import type { PresetTable } from '../../simulator/build/preset.ts'
import { mlp, patches, type VitConfig, withClassToken } from '../../simulator/build/transformer/vit.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { relativePositionBias, relativePositionIndex } from '../blocks/relative-position.ts'

const epsilon = 1e-6

function beit(name: string, shape: readonly number[], config: VitConfig): Graph {
  const g = new GraphBuilder(name)
  const image = g.input('input', shape)
  const grid = { height: dimOf(shape, 2) / config.patch, width: dimOf(shape, 3) / config.patch, classToken: true }
  const index = relativePositionIndex(g, grid)
  let x = withClassToken(g, patches(g, image, config))
  for (let block = 0; block < config.depth; block++) {
    g.within(`block${block}`, () => {
      const bias = relativePositionBias(g, grid, config.heads, index)
      const [q, k, v] = fusedQkv(g, g.layerNorm(x, { epsilon }), { heads: config.heads })
      const attended = g.linear(mergeHeads(g, attend(g, q, k, v, bias)), { out: config.width })
      x = g.add(x, g.mul(attended, g.weight([config.width])))
      x = g.add(x, g.mul(mlp(g, g.layerNorm(x, { epsilon }), 4), g.weight([config.width])))
    })
  }
  const pooled = g.reduceMean(withoutClassToken(g, x), [1], false)
  return g.finish({ logits: g.gemm(g.layerNorm(pooled, { epsilon }), { out: 1000 }) })
}

function withoutClassToken(g: GraphBuilder, x: Tensor): Tensor {
  return g.slice(x, 1, 1, dimOf(x.shape, 1))
}

export const beitPresets: PresetTable = {
  'beit-base-patch16': {
    family: 'vit',
    task: 'classification',
    inputShape: [1, 3, 224, 224],
    citation: 'arXiv:2106.08254; timm beit.py',
    build: (name, shape) => beit(name, shape, { width: 768, depth: 12, heads: 12, patch: 16 }),
  },
}
