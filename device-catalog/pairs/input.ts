/** The input that a row is about: shape of the first input, items, and tokens of a language model. */
import type { Pair } from './pair.ts'

export interface RowInput {
  /** `null` = the model's own. Batch 1: items are scaled, not built. */
  readonly shape: readonly number[] | null
  readonly batch: number
  /** Tokens that one pass reads. */
  readonly tokens: number
  readonly remarks: readonly string[]
}

/** `published`: the shape of a preset's first input, which tells token models (rank 2) from others; `null` for files. */
export function inputOf(
  { size, kind, batch, contextTokens, model }: Pair,
  published: readonly number[] | null,
): RowInput {
  const items = batch ?? (size.kind === 'tensor' ? (size.shape[0] ?? 1) : 1)
  if (size.kind === 'tensor') {
    // A file keeps the batch it was given, since its graph may hold it; a preset is built for one item.
    const shape = published === null ? size.shape : size.shape.with(0, 1)
    return { shape, batch: items, tokens: 1, remarks: [] }
  }
  if (kind.phase === 'decode' || size.kind === 'generated' || size.kind === 'serving') {
    return { shape: [1, 1], batch: items, tokens: 1, remarks: ['reading of the KV cache not modelled'] }
  }
  if (kind.phase === 'prefill' || size.kind === 'tokens') {
    const tokens = size.kind === 'tokens' ? size.tokens : contextTokens
    if (tokens !== null) return { shape: [1, tokens], batch: items, tokens, remarks: [] }
  }
  const tokens = published?.length === 2 ? (published[1] ?? 1) : 1
  return {
    shape: null,
    batch: items,
    tokens,
    remarks: kind.phase === null ? [] : [`prompt length of ${model} assumed`],
  }
}
