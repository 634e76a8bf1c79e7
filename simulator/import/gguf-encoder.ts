/** Metadata and tensors of a GGUF file → hyper-parameters of an encoder, or of T5. */
import type { EncoderConfig, EncoderDecoderConfig } from '../build/transformer/config.ts'
import { plainAttention } from '../build/transformer/dense-decoder.ts'
import { denseFeedForwardOf, normOf, rotaryOf, vocabularyOf } from './gguf-decoder.ts'
import type { GgufMetadata } from './gguf-metadata.ts'
import type { GgufTable } from './gguf-table.ts'

export const encoderArchitectures: ReadonlySet<string> = new Set([
  'bert',
  'nomic-bert',
  'jina-bert-v2',
  'jina-bert-v3',
  'modern-bert',
  'neo-bert',
  'eurobert',
])

/** `general.pooling_type` of sentence embedders that average their tokens. */
const meanPooling = 1

export function ggufEncoder(metadata: GgufMetadata, table: GgufTable): EncoderConfig {
  const width = metadata.count('embedding_length')
  const heads = metadata.count('attention.head_count')
  const headSize = metadata.countOrNull('attention.key_length') ?? width / heads
  const positions = table.rows('position_embd.weight')
  const isPost = table.hasInSomeLayer(/^attn_output_norm\.weight$/)
  return {
    architecture: 'encoder',
    vocabulary: vocabularyOf(metadata, table),
    width,
    depth: metadata.count('block_count'),
    attention: {
      ...plainAttention(heads, metadata.countOrNull('attention.head_count_kv') ?? heads, headSize),
      bias: table.hasInSomeLayer(/^attn_(q|qkv)\.bias$/),
      outputBias: table.hasInSomeLayer(/^attn_output\.bias$/),
      rotary: rotaryOf(metadata, table, headSize, false),
    },
    feedForward: denseFeedForwardOf(metadata, table, 0, metadata.count('feed_forward_length')),
    norm: normOf(metadata, table),
    normPlacement: isPost ? 'post' : 'pre',
    positions,
    segments: table.rows('token_types.weight') ?? 0,
    embeddingWidth: null,
    embeddingNorm: table.has('token_embd_norm.weight'),
    sharedLayers: false,
    causal: false,
    finalNorm: table.has('output_norm.weight'),
    head: { kind: metadata.countOrNull('pooling_type') === meanPooling ? 'mean' : 'none' },
  }
}

export function ggufEncoderDecoder(metadata: GgufMetadata, table: GgufTable): EncoderDecoderConfig {
  const heads = metadata.count('attention.head_count')
  const width = metadata.count('embedding_length')
  const depth = metadata.count('block_count')
  const gated = table.has('enc.blk.0.ffn_gate.weight')
  return {
    architecture: 'encoder-decoder',
    vocabulary: vocabularyOf(metadata, table),
    width,
    encoderDepth: depth,
    decoderDepth: metadata.countOrNull('decoder_block_count') ?? depth,
    heads,
    headSize: metadata.countOrNull('attention.key_length') ?? width / heads,
    feedForward: {
      kind: 'dense',
      hidden: metadata.count('feed_forward_length'),
      gated,
      activation: gated ? 'gelu-tanh' : 'relu',
      bias: false,
    },
    epsilon: metadata.number('attention.layer_norm_rms_epsilon') ?? 1e-6,
    relativeBuckets: metadata.countOrNull('attention.relative_buckets_count') ?? 32,
    relativeDistance: 128,
    tied: !table.has('output.weight'),
  }
}
