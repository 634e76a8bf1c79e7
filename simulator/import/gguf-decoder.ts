/**
 * Metadata and tensors of a GGUF file → hyper-parameters of a decoder. What metadata does not say (biases, norms, gates,
 * tied embeddings) shows in which tensors there are; what neither says (activations, pattern of windows) is llama.cpp's.
 *
 * Source: github:ggml-org/llama.cpp src/llama-model.cpp, gguf-py/gguf/constants.py.
 */
import type {
  DecoderConfig,
  DecoderLayer,
  DenseFeedForward,
  FeedForward,
  GroupedAttention,
  LatentAttention,
  Norm,
  NormPlacement,
  Rotary,
  TransformerActivation,
} from '../build/transformer/config.ts'
import { plainAttention, plainDecoder } from '../build/transformer/dense-decoder.ts'
import type { GgufMetadata } from './gguf-metadata.ts'
import type { GgufTable } from './gguf-table.ts'

/** Throws `invalid-field` for hyper-parameters that are missing. */
export function ggufDecoder(metadata: GgufMetadata, table: GgufTable): DecoderConfig {
  const width = metadata.count('embedding_length')
  const norm = normOf(metadata, table)
  const isGemma = metadata.architecture.startsWith('gemma')
  return {
    ...plainDecoder(vocabularyOf(metadata, table), width, norm),
    layers: layersOf(metadata, table, width),
    normPlacement: placementOf(table),
    positions: table.rows('position_embd.weight'),
    embeddingNorm: table.has('token_embd_norm.weight'),
    embeddingScale: isGemma ? Math.sqrt(width) : metadata.number('embedding_scale'),
    tied: !table.isEmpty && !table.isPart && !table.has('output.weight'),
    outputBias: table.has('output.bias'),
    logitSoftcap: metadata.number('final_logit_softcapping'),
    contextLength: metadata.countOrNull('context_length'),
  }
}

export function vocabularyOf(metadata: GgufMetadata, table: GgufTable): number {
  const size =
    table.rows('token_embd.weight') ?? metadata.countOrNull('vocab_size') ?? metadata.lengthOf('tokenizer.ggml.tokens')
  return size ?? metadata.count('vocab_size')
}

export function normOf(metadata: GgufMetadata, table: GgufTable): Norm {
  const rms = metadata.number('attention.layer_norm_rms_epsilon')
  if (rms !== null) return { kind: 'rms', epsilon: rms, bias: false }
  const bias = table.has('output_norm.bias') || table.hasInSomeLayer(/^(attn|ffn|attn_output|layer_output)_norm\.bias$/)
  return { kind: 'layer', epsilon: metadata.number('attention.layer_norm_epsilon') ?? 1e-5, bias }
}

function placementOf(table: GgufTable): NormPlacement {
  const after = table.hasInSomeLayer(/^(post_ffw_norm|ffn_post_norm)\.weight$/)
  if (!after) return 'pre'
  return table.hasInSomeLayer(/^attn_norm\.weight$/) ? 'sandwich' : 'post-branch'
}

function layersOf(metadata: GgufMetadata, table: GgufTable, width: number): DecoderLayer[] {
  const count = metadata.layers()
  const heads = metadata.perLayer('attention.head_count', count, metadata.count('attention.head_count'))
  const most = Math.max(...heads)
  const keyHeads = metadata.perLayer('attention.head_count_kv', count, most)
  const hidden = metadata.perLayer('feed_forward_length', count, 0)
  const windows = windowsOf(metadata, count)
  const parallel = parallelOf(metadata, table)
  return heads.map((ownHeads, index) => ({
    attention: metadata.has('attention.kv_lora_rank')
      ? latentAttentionOf(metadata, ownHeads)
      : groupedAttentionOf(metadata, table, width, ownHeads, keyHeads[index] ?? ownHeads, windows[index] ?? null),
    feedForward: feedForwardOf(metadata, table, index, hidden[index] ?? 0),
    parallel,
  }))
}

function groupedAttentionOf(
  metadata: GgufMetadata,
  table: GgufTable,
  width: number,
  heads: number,
  keyHeads: number,
  window: number | null,
): GroupedAttention {
  const headSize = metadata.countOrNull('attention.key_length') ?? width / heads
  const normRows = table.sizeInSomeLayer(/^attn_q_norm\.weight$/)
  return {
    ...plainAttention(heads, keyHeads, headSize),
    valueSize: metadata.countOrNull('attention.value_length') ?? headSize,
    bias: table.hasInSomeLayer(/^attn_(q|qkv)\.bias$/),
    outputBias: table.hasInSomeLayer(/^attn_output\.bias$/),
    window,
    softcap: metadata.number('attn_logit_softcapping'),
    scale: metadata.number('attention.scale'),
    queryKeyNorm: normRows === null ? null : normRows === headSize ? 'head' : 'all',
    rotary: rotaryOf(metadata, table, headSize, window !== null),
  }
}

/** Architectures that place tokens by a bias on the scores or not at all. */
const withoutRotation: ReadonlySet<string> = new Set(['bloom', 'mpt', 'refact', 'jina-bert-v2', 'jais'])

export function rotaryOf(metadata: GgufMetadata, table: GgufTable, headSize: number, isLocal: boolean): Rotary | null {
  if (table.has('position_embd.weight') || withoutRotation.has(metadata.architecture)) return null
  const size = metadata.countOrNull('rope.dimension_count') ?? headSize
  const local = isLocal ? metadata.number('rope.freq_base_swa') : null
  return { size: Math.min(size, headSize), theta: local ?? metadata.number('rope.freq_base') ?? 10_000 }
}

function latentAttentionOf(metadata: GgufMetadata, heads: number): LatentAttention {
  const size = metadata.countOrNull('rope.dimension_count') ?? 64
  const keySize = metadata.countOrNull('attention.key_length_mla') ?? metadata.count('attention.key_length')
  return {
    kind: 'latent',
    heads,
    queryRank: metadata.countOrNull('attention.q_lora_rank'),
    keyRank: metadata.count('attention.kv_lora_rank'),
    plainSize: keySize - size,
    rotary: { size, theta: metadata.number('rope.freq_base') ?? 10_000 },
    valueSize: metadata.countOrNull('attention.value_length_mla') ?? metadata.count('attention.value_length'),
  }
}

/** Every how manieth layer sees all tokens, where the file does not say (llama.cpp, set_swa_pattern). */
const windowPeriods: Readonly<Record<string, number>> = {
  gemma2: 2,
  gemma3: 6,
  gemma3n: 5,
  'gemma-embedding': 6,
  cohere2: 4,
  'gpt-oss': 2,
  exaone4: 4,
  smallthinker: 4,
}

function windowsOf(metadata: GgufMetadata, layers: number): readonly (number | null)[] {
  const window = metadata.countOrNull('attention.sliding_window')
  if (window === null) return []
  const pattern = metadata.numbers('attention.sliding_window_pattern')
  const period =
    metadata.countOrNull('attention.sliding_window_pattern') ?? windowPeriods[metadata.architecture] ?? null
  return Array.from({ length: layers }, (_, layer) => {
    if (pattern !== null) return pattern[layer] ? window : null
    return period !== null && (layer + 1) % period === 0 ? null : window
  })
}

/** Architectures whose branches both read one norm of the layer's input. */
const oneNorm: ReadonlySet<string> = new Set(['falcon', 'phi2', 'gptj', 'command-r', 'cohere2', 'plamo'])

function parallelOf(metadata: GgufMetadata, table: GgufTable): DecoderLayer['parallel'] {
  const hasSecond = table.hasInSomeLayer(/^(ffn_norm|attn_norm_2)\.weight$/)
  if (metadata.has('use_parallel_residual')) {
    if (!metadata.flag('use_parallel_residual')) return null
    return hasSecond ? 'two-norms' : 'one-norm'
  }
  if (!oneNorm.has(metadata.architecture)) return null
  return hasSecond ? 'two-norms' : 'one-norm'
}

/** Activation of the first matrix; all others use SiLU. */
const activations: Readonly<Record<string, TransformerActivation>> = {
  ...Object.fromEntries(
    ['gemma', 'gemma2', 'gemma3', 'gemma3n', 'gemma-embedding'].map((name) => [name, 'gelu-tanh'] as const),
  ),
  ...Object.fromEntries(
    ['gpt2', 'gptj', 'gptneox', 'falcon', 'starcoder', 'starcoder2', 'bloom', 'mpt', 'phi2', 'codeshell', 'bert'].map(
      (name) => [name, 'gelu'] as const,
    ),
  ),
  nemotron: 'relu-squared',
  opt: 'relu',
}

export function denseFeedForwardOf(
  metadata: GgufMetadata,
  table: GgufTable,
  layer: number,
  stated: number,
): DenseFeedForward {
  const up = table.rows(`blk.${layer}.ffn_up.weight`) ?? table.sizeInSomeLayer(/^ffn_up\.weight$/)
  const hidden = stated > 0 ? stated : (up ?? metadata.count('feed_forward_length'))
  const hasGate = table.hasInSomeLayer(/^ffn_gate\.weight$/)
  const activation = activations[metadata.architecture] ?? 'silu'
  // Phi-3 and its kin keep gate and up matrices in one tensor.
  const gated = hasGate || (up === null ? activation === 'silu' : up === 2 * hidden)
  return { kind: 'dense', hidden, gated, activation, bias: table.hasInSomeLayer(/^ffn_(up|down)\.bias$/) }
}

function feedForwardOf(metadata: GgufMetadata, table: GgufTable, layer: number, stated: number): FeedForward {
  const experts = metadata.countOrNull('expert_count')
  const isDense = layer < (metadata.countOrNull('leading_dense_block_count') ?? 0)
  const hasRouter = table.has(`blk.${layer}.ffn_gate_inp.weight`)
  const isListed = table.has(`blk.${layer}.ffn_up.weight`)
  if (experts === null || isDense || (isListed && !hasRouter)) return denseFeedForwardOf(metadata, table, layer, stated)
  const hidden = metadata.countOrNull('expert_feed_forward_length') ?? stated
  const sharedCount = metadata.countOrNull('expert_shared_count')
  const sharedHidden =
    metadata.countOrNull('expert_shared_feed_forward_length') ?? (sharedCount === null ? null : sharedCount * hidden)
  const activation = activations[metadata.architecture] ?? 'silu'
  const hasShared = sharedHidden !== null && (table.isEmpty || table.hasInSomeLayer(/^ffn_up_shexp\.weight$/))
  return {
    kind: 'experts',
    experts,
    chosen: metadata.count('expert_used_count'),
    hidden,
    gated: true,
    bias: table.hasInSomeLayer(/^ffn_down_exps\.bias$/),
    routerBias: table.hasInSomeLayer(/^(ffn_gate_inp|exp_probs_b)\.bias$/),
    shared: hasShared ? { kind: 'dense', hidden: sharedHidden, gated: true, activation, bias: false } : null,
    sharedGate: table.hasInSomeLayer(/^ffn_gate_inp_shexp\.weight$/),
  }
}
