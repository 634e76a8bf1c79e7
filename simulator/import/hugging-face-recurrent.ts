/**
 * Decoders by `model_type` that keep states of constant size in all or most of their layers: Mamba and its kin, hybrids of
 * state spaces and attention, linear attention by the delta rule, short convolutions.
 *
 * Source: huggingface/transformers src/transformers/models/*: configuration and modeling files.
 */
import type { DecoderConfig, DecoderLayer, MultiHeadStateSpace, TokenMixer } from '../build/transformer/config.ts'
import { plainDecoder } from '../build/transformer/dense-decoder.ts'
import { expertsOf } from './hugging-face-experts.ts'
import { activationOf, attentionOf, dense, depthOf, headSizesOf, normOf, rotaryOf } from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

interface Parts {
  readonly layers: readonly DecoderLayer[]
  readonly tied: boolean
}

function assembled(config: JsonFields, { layers, tied }: Parts): DecoderConfig {
  return {
    ...plainDecoder(config.count('vocab_size'), config.count('hidden_size'), normOf(config, 'rms', false)),
    layers,
    tied: config.flag('tie_word_embeddings', tied),
    contextLength: config.countOrNull('max_position_embeddings'),
  }
}

const depthOfConfig = (config: JsonFields): number => depthOf(config, 'num_hidden_layers')

/** A count, or `otherwise` where the file says "auto" or nothing. */
function countOrAuto(config: JsonFields, name: string, otherwise: number): number {
  return config.has(name) && config.value(name) !== 'auto' ? config.count(name) : otherwise
}

function repeated(depth: number, layer: (index: number) => DecoderLayer): readonly DecoderLayer[] {
  return Array.from({ length: depth }, (_, index) => layer(index))
}

const alone = (mixer: TokenMixer): DecoderLayer => ({ attention: mixer, feedForward: null, parallel: null })

function mamba(config: JsonFields): DecoderConfig {
  const width = config.count('hidden_size')
  const layer = alone({
    kind: 'selective-state-space',
    inner: config.countOrNull('intermediate_size') ?? config.count('expand', 2) * width,
    states: config.count('state_size', 16),
    stepRank: countOrAuto(config, 'time_step_rank', Math.ceil(width / 16)),
    kernel: config.count('conv_kernel', 4),
    convolutionBias: config.flag('use_conv_bias', true),
    bias: config.flag('use_bias', false),
    norm: config.text('model_type') === 'falcon_mamba' ? 'plain' : null,
  })
  return assembled(config, { layers: repeated(depthOfConfig(config), () => layer), tied: true })
}

function mamba2(config: JsonFields): DecoderConfig {
  const layer = alone({
    kind: 'multi-head-state-space',
    heads: config.count('num_heads'),
    headSize: config.count('head_dim', 64),
    groups: config.count('n_groups', 8),
    states: config.count('state_size', 128),
    kernel: config.count('conv_kernel', 4),
    convolutionBias: config.flag('use_conv_bias', true),
    bias: config.flag('use_bias', false),
    gatedNorm: true,
  })
  return assembled(config, { layers: repeated(depthOfConfig(config), () => layer), tied: false })
}

/** `mamba_…` fields of Bamba, Falcon-H1 and Granite 4. */
function stateSpaceOf(config: JsonFields, gatedNorm: boolean): MultiHeadStateSpace {
  const heads = config.count('mamba_n_heads')
  const inner = config.countOrNull('mamba_d_ssm') ?? config.count('mamba_expand', 2) * config.count('hidden_size')
  return {
    kind: 'multi-head-state-space',
    heads,
    headSize: countOrAuto(config, 'mamba_d_head', inner / heads),
    groups: config.count('mamba_n_groups', 1),
    states: config.count('mamba_d_state', 256),
    kernel: config.count('mamba_d_conv', 4),
    convolutionBias: config.flag('mamba_conv_bias', true),
    bias: config.flag('mamba_proj_bias', false),
    gatedNorm,
  }
}

function jamba(config: JsonFields): DecoderConfig {
  const width = config.count('hidden_size')
  const inner = config.count('mamba_expand', 2) * width
  const stateSpace: TokenMixer = {
    kind: 'selective-state-space',
    inner,
    states: config.count('mamba_d_state', 16),
    stepRank: countOrAuto(config, 'mamba_dt_rank', Math.ceil(width / 16)),
    kernel: config.count('mamba_d_conv', 4),
    convolutionBias: config.flag('mamba_conv_bias', true),
    bias: config.flag('mamba_proj_bias', false),
    norm: 'scaled',
  }
  const attention = attentionOf(headSizesOf(config), {})
  const activation = activationOf(config, 'silu', 'hidden_act')
  const network = dense(config.count('intermediate_size'), activation, true, false)
  const experts = config.count('num_experts', 16) === 1 ? null : expertsOf(config, activation)
  const isOf = (index: number, what: string, period: number, offset: number): boolean =>
    index % config.count(`${what}_layer_period`, period) === config.countOrZero(`${what}_layer_offset`, offset)
  const layers = repeated(depthOfConfig(config), (index) => ({
    attention: isOf(index, 'attn', 8, 4) ? attention : stateSpace,
    feedForward: isOf(index, 'expert', 2, 1) ? (experts?.(index) ?? network) : network,
    parallel: null,
  }))
  return assembled(config, { layers, tied: false })
}

function bamba(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const stateSpace = stateSpaceOf(config, true)
  const rotary = config.has('attn_rotary_emb')
    ? { size: config.count('attn_rotary_emb'), theta: rotaryOf(config, sizes.headSize).theta }
    : rotaryOf(config, sizes.headSize, 0.5)
  const attention = attentionOf(sizes, { rotary })
  const attending = new Set(config.listOrNull('attn_layer_indices') ?? [])
  const feedForward = dense(
    config.count('intermediate_size'),
    activationOf(config, 'silu', 'hidden_act'),
    true,
    config.flag('mlp_bias', false),
  )
  const layers = repeated(depthOfConfig(config), (index) => ({
    attention: attending.has(index) ? attention : stateSpace,
    feedForward,
    parallel: null,
  }))
  return assembled(config, { layers, tied: false })
}

/** Attention and state space side by side in every layer. */
function falconH1(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const bias = config.flag('attention_bias', false)
  const attention = attentionOf(sizes, { bias, outputBias: bias, rotary: rotaryOf(config, sizes.headSize) })
  const layer: DecoderLayer = {
    attention: { kind: 'sum', parts: [stateSpaceOf(config, config.flag('mamba_rms_norm', true)), attention] },
    feedForward: dense(
      config.count('intermediate_size'),
      activationOf(config, 'silu', 'hidden_act'),
      true,
      config.flag('mlp_bias', false),
    ),
    parallel: null,
  }
  return assembled(config, { layers: repeated(depthOfConfig(config), () => layer), tied: false })
}

function granite(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const bias = config.flag('attention_bias', false)
  const turns = config.text('position_embedding_type', 'nope') === 'rope'
  const attention = attentionOf(sizes, {
    bias,
    outputBias: bias,
    scale: config.numberOrNull('attention_multiplier'),
    rotary: turns ? rotaryOf(config, sizes.headSize) : null,
  })
  const types = config.texts(config.has('layer_types') ? 'layer_types' : 'layers_block_type')
  const hasStates = !types.every((type) => type === 'attention') || types.length === 0
  const stateSpace = hasStates ? stateSpaceOf(config, true) : null
  const activation = activationOf(config, 'silu', 'hidden_act')
  const shared = dense(config.count('shared_intermediate_size'), activation, true, false)
  const isDense = config.countOrZero('num_local_experts', 0) === 0
  const experts = isDense ? null : expertsOf(config, activation)
  const layers = repeated(depthOfConfig(config), (index) => {
    const network = experts?.(index) ?? null
    return {
      attention: types[index] === 'attention' ? attention : stateSpace,
      feedForward: network === null ? shared : { ...network, shared },
      parallel: null,
    }
  })
  return assembled(config, { layers, tied: true })
}

/** One branch per layer, as a pattern of letters says: state space, attention, feed-forward network. */
function nemotronH(config: JsonFields): DecoderConfig {
  const pattern = config.text('hybrid_override_pattern')
  const headSize = config.countOrNull('head_dim') ?? config.countOrNull('attention_head_dim')
  const sizes = headSizesOf(headSize === null ? config : config.with('head_dim', headSize))
  const bias = config.flag('attention_bias', false)
  const branches: Readonly<Record<string, DecoderLayer>> = {
    M: alone({
      kind: 'multi-head-state-space',
      heads: config.count('mamba_num_heads'),
      headSize: config.count('mamba_head_dim'),
      groups: config.count('n_groups', 8),
      states: config.count('ssm_state_size', 128),
      kernel: config.count('conv_kernel', 4),
      convolutionBias: config.flag('use_conv_bias', true),
      bias: config.flag('use_bias', false),
      gatedNorm: true,
    }),
    '*': alone(attentionOf(sizes, { bias, outputBias: bias })),
    '-': {
      attention: null,
      feedForward: dense(
        config.count('intermediate_size'),
        activationOf(config, 'relu-squared', 'mlp_hidden_act'),
        false,
        config.flag('mlp_bias', false),
      ),
      parallel: null,
    },
  }
  const letters = [...pattern].slice(0, depthOfConfig(config))
  const layers = letters.map((letter) => {
    const branch = Object.hasOwn(branches, letter) ? branches[letter] : undefined
    if (branch === undefined) throw config.refuse('hybrid_override_pattern', 'a pattern of M, * and -')
    return branch
  })
  return assembled(config, { layers, tied: false })
}

function qwenNext(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const bias = config.flag('attention_bias', false)
  const attention = attentionOf(sizes, {
    bias,
    outputBias: bias,
    queryKeyNorm: 'head',
    rotary: rotaryOf(config, sizes.headSize, 0.25),
    outputGate: config.flag('attn_output_gate', true),
  })
  const delta: TokenMixer = {
    kind: 'delta',
    keyHeads: config.count('linear_num_key_heads'),
    valueHeads: config.count('linear_num_value_heads'),
    keySize: config.count('linear_key_head_dim'),
    valueSize: config.count('linear_value_head_dim'),
    kernel: config.count('linear_conv_kernel_dim', 4),
  }
  const types = config.texts('layer_types')
  const interval = config.count('full_attention_interval', 4)
  const attends = (index: number): boolean =>
    types.length > 0 ? types[index] === 'full_attention' : (index + 1) % interval === 0
  const activation = activationOf(config, 'silu', 'hidden_act')
  const experts = expertsOf(config, activation)
  const layers = repeated(depthOfConfig(config), (index) => ({
    attention: attends(index) ? attention : delta,
    feedForward: experts?.(index) ?? dense(config.count('intermediate_size'), activation, true, false),
    parallel: null,
  }))
  return assembled(config, { layers, tied: false })
}

function lfm2(config: JsonFields): DecoderConfig {
  const sizes = headSizesOf(config)
  const attention = attentionOf(sizes, { queryKeyNorm: 'head', rotary: rotaryOf(config, sizes.headSize) })
  const convolution: TokenMixer = {
    kind: 'short-convolution',
    kernel: config.count('conv_L_cache', 3),
    bias: config.flag('conv_bias', false),
  }
  const types = config.texts('layer_types')
  const attending = new Set(config.listOrNull('full_attn_idxs') ?? [])
  const feedForward = dense(lfm2Hidden(config), 'silu', true, false)
  const layers = repeated(depthOfConfig(config), (index) => ({
    attention: (types.length > 0 ? types[index] === 'full_attention' : attending.has(index)) ? attention : convolution,
    feedForward,
    parallel: null,
  }))
  return assembled(config, { layers, tied: config.flag('tie_embedding', true) })
}

/** Two thirds of the stated size, times a factor, rounded up to whole blocks, where the file does not turn that off. */
function lfm2Hidden(config: JsonFields): number {
  const stated = config.count(config.has('block_ff_dim') ? 'block_ff_dim' : 'intermediate_size')
  if (!config.flag('block_auto_adjust_ff_dim', true)) return stated
  const multiple = config.count('block_multiple_of', 256)
  const hidden = Math.floor(Math.floor((2 * stated) / 3) * config.number('block_ffn_dim_multiplier', 1))
  return multiple * Math.ceil(hidden / multiple)
}

export const recurrentTypes: Readonly<Record<string, (config: JsonFields) => DecoderConfig>> = {
  mamba,
  falcon_mamba: mamba,
  mamba2,
  jamba,
  bamba,
  falcon_h1: falconH1,
  granitemoehybrid: granite,
  nemotron_h: nemotronH,
  qwen3_next: qwenNext,
  qwen3_5_text: qwenNext,
  qwen3_5_moe_text: qwenNext,
  lfm2,
}
