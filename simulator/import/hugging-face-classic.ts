/**
 * Decoders of the GPT kind by `model_type`: layer norms, biases, an ungated feed-forward network; learned positions, rotary
 * ones, or a bias on the scores that has no parameters.
 *
 * Source: huggingface/transformers src/transformers/models/*: configuration and modeling files.
 */
import type {
  DecoderConfig,
  DecoderLayer,
  GroupedAttention,
  TransformerActivation,
} from '../build/transformer/config.ts'
import { plainDecoder } from '../build/transformer/dense-decoder.ts'
import {
  activationOf,
  attentionOf,
  countOf,
  dense,
  depthOf,
  type HeadSizes,
  headSizesOf,
  normOf,
  rotaryOf,
} from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

interface Parts {
  readonly sizes: HeadSizes
  readonly attention: Partial<GroupedAttention>
  readonly hidden: number
  readonly activation: TransformerActivation
  readonly networkBias: boolean
  readonly gated?: boolean
  readonly parallel?: DecoderLayer['parallel']
  readonly normBias?: boolean
  readonly tied: boolean
  readonly more?: Partial<DecoderConfig>
}

const depthNames = ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers']

function assembled(config: JsonFields, parts: Parts): DecoderConfig {
  const { sizes, hidden, activation, networkBias, gated = false, parallel = null, normBias = true, tied } = parts
  const layer: DecoderLayer = {
    attention: attentionOf(sizes, parts.attention),
    feedForward: dense(hidden, activation, gated, networkBias),
    parallel,
  }
  return {
    ...plainDecoder(countOf(config, 'vocab_size', 'padded_vocab_size'), sizes.width, normOf(config, 'layer', normBias)),
    layers: Array.from({ length: depthOf(config, ...depthNames) }, () => layer),
    tied: config.flag('tie_word_embeddings', tied),
    contextLength: positionsOf(config),
    ...parts.more,
  }
}

function positionsOf(config: JsonFields): number | null {
  const name = ['max_position_embeddings', 'n_positions', 'max_seq_len', 'seq_length', 'n_ctx'].find((each) =>
    config.has(each),
  )
  return name === undefined ? null : config.count(name)
}

const biased = { bias: true, outputBias: true } as const

function gpt2(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const isMultiQuery = config.flag('multi_query', false)
  return assembled(config, {
    sizes: isMultiQuery ? { ...sizes, keyHeads: 1 } : sizes,
    attention: biased,
    hidden: config.countOrNull('n_inner') ?? 4 * sizes.width,
    activation: activationOf(config, 'gelu-tanh', 'activation_function'),
    networkBias: true,
    tied: true,
    more: { positions: positionsOf(config) ?? 1024 },
  })
}

function gptNeo(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config.with('num_attention_heads', config.count('num_heads')))
  return assembled(config, {
    sizes,
    attention: { outputBias: true },
    hidden: config.countOrNull('intermediate_size') ?? 4 * sizes.width,
    activation: activationOf(config, 'gelu-tanh', 'activation_function'),
    networkBias: true,
    tied: true,
    more: { positions: positionsOf(config) ?? 2048 },
  })
}

function gptJ(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  return assembled(config, {
    sizes,
    attention: { rotary: { size: config.count('rotary_dim', 64), theta: 10_000 } },
    hidden: config.countOrNull('n_inner') ?? 4 * sizes.width,
    activation: activationOf(config, 'gelu-tanh', 'activation_function'),
    networkBias: true,
    parallel: 'one-norm',
    tied: false,
    more: { outputBias: true },
  })
}

function gptNeox(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const bias = config.flag('attention_bias', true)
  return assembled(config, {
    sizes,
    attention: { bias, outputBias: bias, rotary: rotaryOf(config, sizes.headSize, 0.25) },
    hidden: config.count('intermediate_size'),
    activation: activationOf(config, 'gelu', 'hidden_act'),
    networkBias: true,
    parallel: config.flag('use_parallel_residual', true) ? 'two-norms' : null,
    tied: false,
  })
}

function falcon(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const isNew = config.flag('new_decoder_architecture', false)
  const keyHeads = isNew
    ? (config.countOrNull('num_kv_heads') ?? sizes.heads)
    : config.flag('multi_query', true)
      ? 1
      : sizes.heads
  const bias = config.flag('bias', false)
  const norms = config.number('num_ln_in_parallel_attn', isNew ? 2 : 1)
  const isParallel = isNew || config.flag('parallel_attn', true)
  const turns = !config.flag('alibi', false)
  return assembled(config, {
    sizes: { ...sizes, keyHeads },
    attention: { bias, outputBias: bias, rotary: turns ? rotaryOf(config, sizes.headSize) : null },
    hidden: config.countOrNull('ffn_hidden_size') ?? 4 * sizes.width,
    activation: activationOf(config, 'gelu', 'activation'),
    networkBias: bias,
    parallel: isParallel ? (norms === 2 ? 'two-norms' : 'one-norm') : null,
    tied: true,
  })
}

function opt(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const bias = config.flag('enable_bias', true)
  const isPre = config.flag('do_layer_norm_before', true)
  const embeddingWidth = config.countOrNull('word_embed_proj_dim')
  // The first two rows of the position table are never read.
  const positions = (positionsOf(config) ?? 2048) + 2
  return assembled(config, {
    sizes,
    attention: { bias, outputBias: bias },
    hidden: config.count('ffn_dim'),
    activation: activationOf(config, 'relu', 'activation_function'),
    networkBias: bias,
    tied: true,
    more: {
      positions,
      normPlacement: isPre ? 'pre' : 'post',
      finalNorm: isPre && !config.flag('_remove_final_layer_norm', false),
      embeddingWidth: embeddingWidth === sizes.width ? null : embeddingWidth,
    },
  })
}

function bloom(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  return assembled(config, {
    sizes,
    attention: biased,
    hidden: 4 * sizes.width,
    activation: 'gelu-tanh',
    networkBias: true,
    tied: true,
    more: { embeddingNorm: true },
  })
}

function mpt(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const bias = !config.flag('no_bias', true)
  const attention = config.objectOrNull('attn_config')
  const turns = attention?.flag('alibi', true) ?? true
  return assembled(config, {
    sizes: { ...sizes, keyHeads: attention?.countOrNull('kv_n_heads') ?? sizes.heads },
    attention: { bias, outputBias: bias },
    hidden: config.count('expansion_ratio', 4) * sizes.width,
    activation: 'gelu',
    networkBias: bias,
    normBias: bias,
    tied: true,
    more: turns ? {} : { positions: positionsOf(config) ?? 2048 },
  })
}

function phi(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  return assembled(config, {
    sizes,
    attention: {
      ...biased,
      rotary: rotaryOf(config, sizes.headSize, 0.5),
      queryKeyNorm: config.flag('qk_layernorm', false) ? 'head' : null,
    },
    hidden: config.countOrNull('intermediate_size') ?? 4 * sizes.width,
    activation: activationOf(config, 'gelu-tanh', 'hidden_act'),
    networkBias: true,
    parallel: 'one-norm',
    tied: false,
    more: { outputBias: true },
  })
}

function chatglm(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const headSize = config.countOrNull('kv_channels') ?? sizes.headSize
  const isGrouped = config.flag('multi_query_attention', false)
  return assembled(config, {
    sizes: { ...sizes, headSize, keyHeads: isGrouped ? config.count('multi_query_group_num') : sizes.heads },
    attention: { bias: config.flag('add_qkv_bias', false), rotary: rotaryOf(config, headSize, 0.5) },
    hidden: config.count('ffn_hidden_size'),
    activation: 'silu',
    networkBias: config.flag('add_bias_linear', false),
    gated: true,
    tied: false,
    more: { norm: normOf(config, config.flag('rmsnorm', true) ? 'rms' : 'layer', false) },
  })
}

export const classicTypes: Readonly<Record<string, (config: JsonFields) => DecoderConfig>> = {
  gpt2,
  gpt_bigcode: gpt2,
  gpt_neo: gptNeo,
  gptj: gptJ,
  gpt_neox: gptNeox,
  falcon,
  RefinedWeb: falcon,
  RefinedWebModel: falcon,
  opt,
  bloom,
  mpt,
  phi,
  chatglm,
}
