/** Decoders whose layers are all alike, described by what distinguishes them; everything else is what most models have. */
import type { DecoderConfig, DecoderLayer, GroupedAttention, Norm, TransformerActivation } from './config.ts'

export interface DenseDecoderOptions {
  readonly vocabulary: number
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly keyHeads: number
  /** Default: width / heads. */
  readonly headSize?: number
  readonly hidden: number
  /** Default: false. */
  readonly tied?: boolean
  /** Of query, key and value; default: false. */
  readonly bias?: boolean
  /** Default: silu. */
  readonly activation?: TransformerActivation
  /** Default: 10,000. */
  readonly theta?: number
  readonly epsilon?: number
  readonly window?: number | null
  readonly embeddingScale?: number | null
  readonly contextLength: number
}

/** Pre-norm with root-mean-square norms, rotary positions and a gated feed-forward network, without biases (arXiv:2302.13971). */
export function denseDecoder(options: DenseDecoderOptions): DecoderConfig {
  const { width, depth, heads, keyHeads, headSize = width / heads, window = null } = options
  const attention: GroupedAttention = {
    ...plainAttention(heads, keyHeads, headSize),
    bias: options.bias ?? false,
    window,
    rotary: { size: headSize, theta: options.theta ?? 10_000 },
  }
  const layer: DecoderLayer = {
    attention,
    feedForward: {
      kind: 'dense',
      hidden: options.hidden,
      gated: true,
      activation: options.activation ?? 'silu',
      bias: false,
    },
    parallel: null,
  }
  return {
    ...plainDecoder(options.vocabulary, width, rmsNorm(options.epsilon ?? 1e-5)),
    layers: Array.from({ length: depth }, () => layer),
    embeddingScale: options.embeddingScale ?? null,
    tied: options.tied ?? false,
    contextLength: options.contextLength,
  }
}

export function rmsNorm(epsilon: number): Norm {
  return { kind: 'rms', epsilon, bias: false }
}

/** All tokens before, no biases, no positions. */
export function plainAttention(heads: number, keyHeads: number, headSize: number): GroupedAttention {
  return {
    kind: 'grouped',
    heads,
    keyHeads,
    headSize,
    valueSize: headSize,
    bias: false,
    outputBias: false,
    window: null,
    softcap: null,
    scale: null,
    queryKeyNorm: null,
    rotary: null,
    outputGate: false,
  }
}

/** Without layers, and with an output matrix of its own. */
export function plainDecoder(vocabulary: number, width: number, norm: Norm): DecoderConfig {
  return {
    architecture: 'decoder',
    vocabulary,
    width,
    layers: [],
    norm,
    normPlacement: 'pre',
    positions: null,
    embeddingWidth: null,
    embeddingNorm: false,
    embeddingScale: null,
    tied: false,
    outputBias: false,
    finalNorm: true,
    logitSoftcap: null,
    contextLength: null,
  }
}
