/** One run of a decoder: which tokens it reads, and what it finds in the cache. */
import type { DType } from '../../graph/dtype.ts'
import type { Tensor } from '../builder.ts'
import type { AngleTable } from './rotary.ts'

/** Prefill: `newTokens` of a prompt, nothing before. Decoding: one new token after `pastTokens`. */
export interface DecoderPass {
  readonly batch: number
  readonly newTokens: number
  readonly pastTokens: number
  /** Element type of cached keys and values; float32 = whatever the activations are computed in. */
  readonly cacheType: DType
  /** Logits of the last token, which is all that generation needs, or of every new one. */
  readonly logits: 'last' | 'all'
}

/** A pass under construction. */
export interface PassState extends DecoderPass {
  /** `null` = the model has no rotary positions. */
  readonly angles: AngleTable | null
  /** What the next pass finds in its cache: outputs of the graph by name. */
  readonly cache: Map<string, Tensor>
}
