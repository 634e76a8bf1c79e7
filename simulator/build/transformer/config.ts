/**
 * Hyper-parameters of transformers: what a `config.json`, the metadata of a GGUF file or a paper says about one.
 *
 * Every layer is listed, since layers differ in newer models (windows, experts, states instead of attention); equal layers are one
 * object. Sizes are counts; `null` = the model has no such thing.
 */

export const transformerActivations = ['relu', 'silu', 'gelu', 'gelu-tanh', 'quick-gelu', 'relu-squared'] as const
export type TransformerActivation = (typeof transformerActivations)[number]

export interface Norm {
  readonly kind: 'rms' | 'layer'
  readonly epsilon: number
  readonly bias: boolean
}

/** Rotation of the first `size` features of each head by position · theta^(−2i / size) (arXiv:2104.09864). */
export interface Rotary {
  readonly size: number
  readonly theta: number
}

/** Query heads in groups that share a key head: all of them (multi-head), some (grouped) or one (multi-query). */
export interface GroupedAttention {
  readonly kind: 'grouped'
  readonly heads: number
  readonly keyHeads: number
  readonly headSize: number
  readonly valueSize: number
  /** Of query, key and value. */
  readonly bias: boolean
  readonly outputBias: boolean
  /** Tokens that a token sees, itself included; `null` = all before it. */
  readonly window: number | null
  /** Scores pass c · tanh(s / c). */
  readonly softcap: number | null
  /** Scores are multiplied by this; `null` = 1 / √(head size). */
  readonly scale: number | null
  /** Norm of queries and keys: of each head, or of all heads together. */
  readonly queryKeyNorm: 'head' | 'all' | null
  readonly rotary: Rotary | null
  /** What a head gives is weighed by a sigmoid of the token, feature by feature. */
  readonly outputGate: boolean
}

/** Keys and values of all heads from one latent vector per token, which is what the cache holds (arXiv:2405.04434). */
export interface LatentAttention {
  readonly kind: 'latent'
  readonly heads: number
  /** `null` = queries are projected directly. */
  readonly queryRank: number | null
  readonly keyRank: number
  /** Features of a head without and with rotation. */
  readonly plainSize: number
  readonly rotary: Rotary
  readonly valueSize: number
}

/**
 * A state per feature instead of keys and values: `inner` features of `states` each, with steps of their own for every
 * token (Mamba, arXiv:2312.00752).
 */
export interface SelectiveStateSpace {
  readonly kind: 'selective-state-space'
  readonly inner: number
  readonly states: number
  /** Features that the step of every inner feature is made from. */
  readonly stepRank: number
  /** Tokens that the convolution before it sees. */
  readonly kernel: number
  readonly convolutionBias: boolean
  /** Of the projections in and out. */
  readonly bias: boolean
  /** Norm of step, input and output vectors, with a scale or without. */
  readonly norm: 'scaled' | 'plain' | null
}

/** Heads with a state [states, head size] and one step each; groups of heads share input and output vectors (Mamba-2, arXiv:2405.21060). */
export interface MultiHeadStateSpace {
  readonly kind: 'multi-head-state-space'
  readonly heads: number
  readonly headSize: number
  readonly groups: number
  readonly states: number
  readonly kernel: number
  readonly convolutionBias: boolean
  readonly bias: boolean
  /** Of the result, once gated. */
  readonly gatedNorm: boolean
}

/** Linear attention that corrects what its state holds for a key, and forgets (gated delta rule, arXiv:2412.06464). */
export interface DeltaAttention {
  readonly kind: 'delta'
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keySize: number
  readonly valueSize: number
  readonly kernel: number
}

/** A gated convolution over the last `kernel` tokens (LFM2, arXiv:2511.23404). */
export interface ShortConvolution {
  readonly kind: 'short-convolution'
  readonly kernel: number
  readonly bias: boolean
}

/** Several of them read the same input; their results are added. */
interface MixerSum {
  readonly kind: 'sum'
  readonly parts: readonly TokenMixer[]
}

/** What lets a token see those before it. */
export type TokenMixer =
  | GroupedAttention
  | LatentAttention
  | SelectiveStateSpace
  | MultiHeadStateSpace
  | DeltaAttention
  | ShortConvolution
  | MixerSum

export interface DenseFeedForward {
  readonly kind: 'dense'
  readonly hidden: number
  /** activation(x W₁) ∘ (x W₂) instead of activation(x W₁) (arXiv:2002.05202). */
  readonly gated: boolean
  readonly activation: TransformerActivation
  readonly bias: boolean
}

/** Each token goes through `chosen` of `experts` networks, and through the shared one. */
export interface ExpertFeedForward {
  readonly kind: 'experts'
  readonly experts: number
  readonly chosen: number
  readonly hidden: number
  readonly gated: boolean
  /** Of the experts, and of the router that chooses them. */
  readonly bias: boolean
  readonly routerBias: boolean
  readonly shared: DenseFeedForward | null
  /** The shared network is weighed by a sigmoid of the token. */
  readonly sharedGate: boolean
}

export type FeedForward = DenseFeedForward | ExpertFeedForward

/**
 * Where norms stand around attention and feed-forward network: before each (`pre`), before and after each (`sandwich`),
 * on each result before it is added (`post-branch`), after each addition (`post`).
 */
export type NormPlacement = 'pre' | 'sandwich' | 'post-branch' | 'post'

export interface DecoderLayer {
  /** `null`: the layer has none, as half of the layers of some hybrids. */
  readonly attention: TokenMixer | null
  readonly feedForward: FeedForward | null
  /** Both branches read the layer's input: through one norm, or through one each. */
  readonly parallel: 'one-norm' | 'two-norms' | null
}

export interface DecoderConfig {
  readonly architecture: 'decoder'
  readonly vocabulary: number
  readonly width: number
  readonly layers: readonly DecoderLayer[]
  readonly norm: Norm
  readonly normPlacement: NormPlacement
  /** Rows of a learned position table; `null` = rotary or none. */
  readonly positions: number | null
  /** Width of the token table where a projection leads to the model's width; `null` = the same. */
  readonly embeddingWidth: number | null
  readonly embeddingNorm: boolean
  /** Embeddings are multiplied by this. */
  readonly embeddingScale: number | null
  /** The output matrix is the token table. */
  readonly tied: boolean
  readonly outputBias: boolean
  readonly finalNorm: boolean
  /** Logits pass c · tanh(l / c). */
  readonly logitSoftcap: number | null
  /** Tokens that the model was trained for; `null` = not stated. */
  readonly contextLength: number | null
}

/**
 * What an encoder gives beside its hidden states: nothing, a pooled first token (`pooler`), the mean of all tokens, start
 * and end of a span, a score for every token (ELECTRA's discriminator), the masked tokens (`vocabulary`), or classes.
 */
export type EncoderHead =
  | { readonly kind: 'none' | 'pooler' | 'mean' | 'span' | 'discriminator' | 'vocabulary' }
  | { readonly kind: 'classes'; readonly classes: number }

export interface EncoderConfig {
  readonly architecture: 'encoder'
  readonly vocabulary: number
  readonly width: number
  readonly depth: number
  readonly attention: GroupedAttention
  readonly feedForward: DenseFeedForward
  readonly norm: Norm
  readonly normPlacement: 'pre' | 'post'
  /** Rows of the learned position table; `null` = rotary or none. */
  readonly positions: number | null
  /** Kinds of segments; 0 = no such table. */
  readonly segments: number
  readonly embeddingWidth: number | null
  readonly embeddingNorm: boolean
  /** All layers have the same weights (ALBERT). */
  readonly sharedLayers: boolean
  /** A token sees only those before it (text tower of CLIP). */
  readonly causal: boolean
  readonly finalNorm: boolean
  readonly head: EncoderHead
}

/** Encoder and decoder with relative position biases: T5 and its kin (arXiv:1910.10683). */
export interface EncoderDecoderConfig {
  readonly architecture: 'encoder-decoder'
  readonly vocabulary: number
  readonly width: number
  readonly encoderDepth: number
  readonly decoderDepth: number
  readonly heads: number
  readonly headSize: number
  readonly feedForward: DenseFeedForward
  readonly epsilon: number
  readonly relativeBuckets: number
  readonly relativeDistance: number
  readonly tied: boolean
}

export type TransformerConfig = DecoderConfig | EncoderConfig | EncoderDecoderConfig
