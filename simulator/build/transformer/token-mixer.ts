/** The branch of a decoder's layer in which tokens meet, of whatever kind. */
import type { Tensor } from '../builder.ts'
import type { TransformerBuilder } from './builder.ts'
import type { Norm, TokenMixer } from './config.ts'
import { deltaAttention } from './delta-attention.ts'
import { groupedAttention } from './grouped-attention.ts'
import { latentAttention } from './latent-attention.ts'
import type { PassState } from './pass.ts'
import { shortConvolution } from './short-convolution.ts'
import { multiHeadStateSpace, selectiveStateSpace } from './state-space.ts'

/** x [N, S, width] → [N, S, width]. `layer`: its number, which names its parameters and what it keeps. */
export function mixTokens(
  g: TransformerBuilder,
  x: Tensor,
  layer: number,
  mixer: TokenMixer,
  norm: Norm,
  pass: PassState,
): Tensor {
  switch (mixer.kind) {
    case 'grouped':
      return groupedAttention(g, x, layer, mixer, norm, pass)
    case 'latent':
      return latentAttention(g, x, layer, mixer, norm, pass)
    case 'selective-state-space':
      return selectiveStateSpace(g, x, layer, mixer, norm, pass)
    case 'multi-head-state-space':
      return multiHeadStateSpace(g, x, layer, mixer, norm, pass)
    case 'delta':
      return deltaAttention(g, x, layer, mixer, norm, pass)
    case 'short-convolution':
      return shortConvolution(g, x, layer, mixer, pass)
    case 'sum':
      return mixer.parts.map((part) => mixTokens(g, x, layer, part, norm, pass)).reduce((sum, part) => g.add(sum, part))
  }
}

/** Queries and keys turn by their position. */
export function needsPositions(mixer: TokenMixer | null): boolean {
  if (mixer?.kind === 'sum') return mixer.parts.some(needsPositions)
  return mixer?.kind === 'latent' || (mixer?.kind === 'grouped' && mixer.rotary !== null)
}
