/** Models with an encoder and a decoder in a `config.json`: T5, Whisper. */

import type { EncoderDecoderConfig } from '../build/transformer/config.ts'
import type { WhisperConfig } from '../build/transformer/whisper.ts'
import { dense, depthOf } from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

export const t5Types = ['t5', 'mt5', 'umt5'] as const

export function t5(config: JsonFields): EncoderDecoderConfig {
  const depth = depthOf(config, 'num_layers')
  const projection = config.text('feed_forward_proj', 'relu')
  const gated = projection.startsWith('gated-')
  return {
    architecture: 'encoder-decoder',
    vocabulary: config.count('vocab_size'),
    width: config.count('d_model'),
    encoderDepth: depth,
    decoderDepth: config.has('num_decoder_layers') ? depthOf(config, 'num_decoder_layers') : depth,
    heads: config.count('num_heads'),
    headSize: config.count('d_kv'),
    feedForward: dense(config.count('d_ff'), projection.includes('gelu') ? 'gelu-tanh' : 'relu', gated, false),
    epsilon: config.number('layer_norm_epsilon', 1e-6),
    relativeBuckets: config.count('relative_attention_num_buckets', 32),
    relativeDistance: config.count('relative_attention_max_distance', 128),
    tied: config.flag('tie_word_embeddings', true),
  }
}

export function whisperSizes(config: JsonFields): WhisperConfig {
  return {
    melBands: config.count('num_mel_bins', 80),
    width: config.count('d_model'),
    encoderDepth: depthOf(config, 'encoder_layers'),
    decoderDepth: depthOf(config, 'decoder_layers'),
    heads: config.count('encoder_attention_heads'),
    hidden: config.count('encoder_ffn_dim'),
    vocabulary: config.count('vocab_size'),
    frames: config.count('max_source_positions', 1500),
    tokens: config.count('max_target_positions', 448),
  }
}
