/** BERT's architecture, which its descendants vary. Source: arXiv:1810.04805. */
import type { EncoderConfig } from './config.ts'
import { plainAttention } from './dense-decoder.ts'

export interface BertOptions {
  readonly vocabulary: number
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly hidden: number
  readonly positions: number
  readonly epsilon?: number
}

/** Post-norm encoder with learned positions, two kinds of segments and biases everywhere. */
export function bertConfig(options: BertOptions): EncoderConfig {
  const { vocabulary, width, depth, heads, hidden, positions } = options
  return {
    architecture: 'encoder',
    vocabulary,
    width,
    depth,
    attention: { ...plainAttention(heads, heads, width / heads), bias: true, outputBias: true },
    feedForward: { kind: 'dense', hidden, gated: false, activation: 'gelu', bias: true },
    norm: { kind: 'layer', epsilon: options.epsilon ?? 1e-12, bias: true },
    normPlacement: 'post',
    positions,
    segments: 2,
    embeddingWidth: null,
    embeddingNorm: true,
    sharedLayers: false,
    causal: false,
    finalNorm: false,
    head: { kind: 'span' },
  }
}
