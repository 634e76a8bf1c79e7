/** Vision transformer (ViT, DeiT): patches as tokens, a class token, pre-norm encoder blocks. Source: arXiv:2010.11929. */
import type { Graph } from '../../graph/graph.ts'
import { attend, fusedQkv, mergeHeads } from '../attention.ts'
import { dimOf, GraphBuilder, type Tensor } from '../builder.ts'

export interface VitConfig {
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly patch: number
  /** Width of the feed-forward network over `width`; default 4. */
  readonly ratio?: number
  readonly classes?: number
}

export function vit(name: string, shape: readonly number[], config: VitConfig): Graph {
  const g = new GraphBuilder(name)
  let x = withPositions(g, withClassToken(g, patches(g, g.input('input', shape), config)))
  for (let block = 0; block < config.depth; block++) {
    g.within(`block${block}`, () => {
      x = g.add(x, selfAttention(g, g.layerNorm(x, { epsilon: 1e-6 }), config.heads))
      x = g.add(x, mlp(g, g.layerNorm(x, { epsilon: 1e-6 }), config.ratio ?? 4))
    })
  }
  const classToken = g.gather(g.layerNorm(x, { epsilon: 1e-6 }), g.constant([0], [], 'int64'), 1)
  return g.finish({ logits: g.gemm(classToken, { out: config.classes ?? 1000 }) })
}

/** Image [N, C, H, W] → tokens [N, HW / patch², width]. */
export function patches(g: GraphBuilder, image: Tensor, config: Pick<VitConfig, 'width' | 'patch'>): Tensor {
  const map = g.conv(image, { out: config.width, kernel: config.patch, stride: config.patch, pad: 0 })
  const tokens = dimOf(map.shape, 2) * dimOf(map.shape, 3)
  return g.transpose(g.reshape(map, [dimOf(map.shape, 0), config.width, tokens]), [0, 2, 1])
}

export function withClassToken(g: GraphBuilder, tokens: Tensor): Tensor {
  const [n, width] = [dimOf(tokens.shape, 0), dimOf(tokens.shape, 2)]
  return g.concat([g.expand(g.weight([1, 1, width]), [n, 1, width]), tokens], 1)
}

function withPositions(g: GraphBuilder, tokens: Tensor): Tensor {
  return g.add(tokens, g.weight([1, dimOf(tokens.shape, 1), dimOf(tokens.shape, 2)]))
}

function selfAttention(g: GraphBuilder, x: Tensor, heads: number): Tensor {
  const [q, k, v] = fusedQkv(g, x, { heads })
  return g.linear(mergeHeads(g, attend(g, q, k, v)), { out: dimOf(x.shape, 2) })
}

export function mlp(g: GraphBuilder, x: Tensor, ratio: number): Tensor {
  const width = dimOf(x.shape, 2)
  return g.linear(g.linear(x, { out: ratio * width, activation: 'gelu' }), { out: width })
}
