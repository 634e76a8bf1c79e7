/** The input that a row is about: shape of the first input, items, and what a language model reads and has read. */
import type { Pair } from './pair.ts'

export interface RowInput {
  /** `null` = the model's own. Batch 1: items are scaled, not built. */
  readonly shape: readonly number[] | null
  readonly batch: number
  /** Tokens that one pass reads. */
  readonly tokens: number
  /** Tokens whose keys and values it finds in the cache. */
  readonly pastTokens: number
  readonly remarks: readonly string[]
}

/** What has to be known of the model. */
export interface InputFacts {
  /** Shape of a preset's first input, which tells token models (rank 2) from others; `null` for files. */
  readonly publishedShape: readonly number[] | null
  /** Whether its cache can be given a length. */
  readonly isDecoder: boolean
}

export function inputOf(pair: Pair, { publishedShape, isDecoder }: InputFacts): RowInput {
  const { size, kind, batch, contextTokens, model } = pair
  const items = batch ?? (size.kind === 'tensor' ? (size.shape[0] ?? 1) : 1)
  const whole: RowInput = { shape: null, batch: items, tokens: 1, pastTokens: 0, remarks: [] }
  if (size.kind === 'tensor') {
    // A file keeps the batch it was given, since its graph may hold it; a preset is built for one item.
    return { ...whole, shape: publishedShape === null ? size.shape : size.shape.with(0, 1) }
  }
  const chunkTokens = publishedShape?.length === 2 ? (publishedShape[1] ?? 1) : 1
  if (kind.phase === 'decode' || size.kind === 'generated' || size.kind === 'serving') {
    const step = { ...whole, shape: [1, 1] }
    if (!isDecoder) return { ...step, remarks: ['reading of the KV cache not modelled'] }
    const pastTokens = cachedTokens(pair)
    if (pastTokens !== null) return { ...step, pastTokens }
    return { ...step, pastTokens: chunkTokens, remarks: [`${chunkTokens} tokens in the cache assumed`] }
  }
  if (kind.phase === 'prefill' || size.kind === 'tokens') {
    const tokens = size.kind === 'tokens' ? size.tokens : contextTokens
    if (tokens !== null) return { ...whole, shape: [1, tokens], tokens }
  }
  const remarks = kind.phase === null ? [] : [`prompt length of ${model} assumed`]
  return { ...whole, tokens: chunkTokens, remarks }
}

/**
 * Tokens in the cache while a token is generated, in the middle of the answer; `null` = the row does not say. A stated
 * context is the length of a compiled graph, which reads all of it.
 */
function cachedTokens({ size, contextTokens }: Pair): number | null {
  if (size.kind === 'generated') return Math.ceil(size.tokens / 2)
  if (size.kind === 'serving') return size.promptTokens + Math.ceil(size.answerTokens / 2)
  return size.kind === 'tokens' ? size.tokens : contextTokens
}
