/**
 * Decoders of the Llama kind by `model_type`: gated feed-forward networks (mostly), rotary positions, root-mean-square
 * norms. Each entry says what sets its models apart.
 *
 * Source: huggingface/transformers src/transformers/models/*: configuration and modeling files.
 */
import type {
  DecoderConfig,
  DecoderLayer,
  FeedForward,
  GroupedAttention,
  Norm,
  NormPlacement,
} from '../build/transformer/config.ts'
import { plainDecoder } from '../build/transformer/dense-decoder.ts'
import { expertsOf } from './hugging-face-experts.ts'
import {
  activationOf,
  attentionOf,
  countOf,
  dense,
  depthOf,
  headSizesOf,
  normOf,
  rotaryOf,
  windowsOf,
} from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

interface Traits {
  /** Default where the file does not say. */
  readonly tied?: boolean
  /** Of query, key and value; default: `attention_bias`, false where absent. */
  readonly bias?: (config: JsonFields) => boolean
  /** Default: as `attention_bias`. */
  readonly outputBias?: (config: JsonFields) => boolean
  readonly norm?: (config: JsonFields) => Norm
  readonly placement?: NormPlacement
  readonly parallel?: (config: JsonFields) => DecoderLayer['parallel']
  readonly queryKeyNorm?: (config: JsonFields) => GroupedAttention['queryKeyNorm']
  readonly gated?: boolean
  readonly networkBias?: (config: JsonFields) => boolean
  /** Share of each head that turns. */
  readonly rotated?: number
  readonly windows?: (config: JsonFields, depth: number) => readonly (number | null)[]
  readonly attention?: (config: JsonFields, layer: number, window: number | null) => Partial<GroupedAttention>
  readonly whole?: (config: JsonFields) => Partial<DecoderConfig>
}

const never = () => false
const always = () => true
const flag =
  (name: string, fallback = false) =>
  (config: JsonFields) =>
    config.flag(name, fallback)
const layerNorm = (bias: boolean) => (config: JsonFields) => normOf(config, 'layer', bias)
const ofHeads = () => 'head' as const
const everywhere = (config: JsonFields, depth: number) =>
  windowsOf(config, depth, config.countOrNull('sliding_window'), null)
const exceptEvery = (fallback: number) => (config: JsonFields, depth: number) =>
  windowsOf(
    config,
    depth,
    config.countOrNull('sliding_window'),
    typeof config.value('sliding_window_pattern') === 'number' ? config.count('sliding_window_pattern') : fallback,
  )

/** Only where the model is told to, from a layer on. */
function switchedWindows(config: JsonFields, depth: number): readonly (number | null)[] {
  if (!config.flag('use_sliding_window', false)) return []
  const from = config.countOrZero('max_window_layers', 0)
  return everywhere(config, depth).map((window, layer) => (layer < from ? null : window))
}

const gemma: Traits = {
  tied: true,
  whole: (config) => ({ embeddingScale: Math.sqrt(config.count('hidden_size')) }),
}
const sandwichedGemma: Traits = {
  ...gemma,
  placement: 'sandwich',
  attention: (config) => ({
    softcap: config.numberOrNull('attn_logit_softcapping'),
    scale: config.number('query_pre_attn_scalar', 256) ** -0.5,
  }),
  whole: (config) => ({
    embeddingScale: Math.sqrt(config.count('hidden_size')),
    logitSoftcap: config.numberOrNull('final_logit_softcapping'),
  }),
}
const gemma3: Traits = {
  ...sandwichedGemma,
  queryKeyNorm: ofHeads,
  windows: exceptEvery(6),
  attention: (config, _, window) => {
    const { headSize } = headSizesOf(config)
    const local = config.number('rope_local_base_freq', 10_000)
    return {
      ...sandwichedGemma.attention?.(config, 0, window),
      ...(window === null ? {} : { rotary: { size: headSize, theta: local } }),
    }
  },
}
const qwen2: Traits = { bias: always, outputBias: never, windows: switchedWindows }
const qwen3: Traits = { queryKeyNorm: ofHeads, windows: switchedWindows }
const cohere: Traits = {
  tied: true,
  norm: layerNorm(false),
  parallel: () => 'one-norm',
  queryKeyNorm: (config) => (config.flag('use_qk_norm', false) ? 'head' : null),
}

const types: Readonly<Record<string, Traits>> = {
  llama: {},
  mistral: { windows: everywhere },
  ministral: { windows: everywhere },
  mixtral: { windows: everywhere },
  qwen2,
  qwen2_vl: qwen2,
  qwen2_vl_text: qwen2,
  qwen2_5_vl: qwen2,
  qwen2_5_vl_text: qwen2,
  qwen2_moe: qwen2,
  qwen3,
  qwen3_moe: qwen3,
  qwen3_vl_text: qwen3,
  phi3: { windows: everywhere },
  phimoe: {
    norm: layerNorm(true),
    windows: everywhere,
    whole: (config) => ({ outputBias: config.flag('lm_head_bias', false) }),
  },
  gemma,
  gemma2: { ...sandwichedGemma, windows: exceptEvery(2) },
  gemma3,
  gemma3_text: gemma3,
  olmo: {},
  olmo2: { placement: 'post-branch', queryKeyNorm: () => 'all' },
  olmo3: { placement: 'post-branch', queryKeyNorm: () => 'all', windows: exceptEvery(4) },
  olmoe: { queryKeyNorm: () => 'all' },
  cohere,
  cohere2: { ...cohere, queryKeyNorm: () => null, windows: exceptEvery(4) },
  stablelm: {
    norm: layerNorm(true),
    bias: flag('use_qkv_bias'),
    outputBias: never,
    rotated: 0.25,
    queryKeyNorm: (config) => (config.flag('qk_layernorm', false) ? 'head' : null),
    parallel: (config) => (config.flag('use_parallel_residual', false) ? 'one-norm' : null),
  },
  starcoder2: {
    tied: true,
    norm: layerNorm(true),
    bias: flag('use_bias', true),
    outputBias: flag('use_bias', true),
    gated: false,
    networkBias: flag('use_bias', true),
    windows: everywhere,
  },
  granite: { attention: (config) => ({ scale: config.numberOrNull('attention_multiplier') }) },
  granitemoe: { attention: (config) => ({ scale: config.numberOrNull('attention_multiplier') }) },
  smollm3: {
    tied: true,
    windows: switchedWindows,
    attention: (config, layer) => {
      const listed = config.listOrNull('no_rope_layers')
      const interval = config.count('no_rope_layer_interval', 4)
      const turns = listed === null ? (layer + 1) % interval !== 0 : listed[layer] !== 0
      return turns ? {} : { rotary: null }
    },
  },
  nemotron: { norm: layerNorm(true), gated: false, rotated: 0.5 },
  glm: { bias: flag('attention_bias', true), outputBias: never, rotated: 0.5 },
  glm4: { bias: flag('attention_bias', true), outputBias: never, rotated: 0.5, placement: 'sandwich' },
  glm4_moe: {
    bias: flag('attention_bias', true),
    outputBias: never,
    rotated: 0.5,
    queryKeyNorm: (config) => (config.flag('use_qk_norm', false) ? 'head' : null),
  },
  exaone4: { placement: 'post-branch', queryKeyNorm: ofHeads, windows: exceptEvery(4) },
  gpt_oss: { bias: flag('attention_bias', true), outputBias: flag('attention_bias', true), windows: exceptEvery(2) },
  internlm2: { bias: flag('bias'), outputBias: flag('bias') },
  baichuan: {},
  seed_oss: { bias: flag('attention_bias', true), outputBias: flag('attention_out_bias') },
  arcee: { gated: false },
  hunyuan_v1_dense: { queryKeyNorm: ofHeads },
  ernie4_5: { tied: true, bias: flag('use_bias'), outputBias: flag('use_bias'), networkBias: flag('use_bias') },
}

export const llamaTypes: readonly string[] = Object.keys(types)

/** Throws `invalid-field` at the field that is missing or of another kind. */
export function llamaLike(config: JsonFields, type: string): DecoderConfig {
  const traits = types[type] ?? {}
  const sizes = headSizesOf(config)
  const depth = depthOf(config, 'num_hidden_layers', 'n_layer')
  const attentionBias = config.flag('attention_bias', false)
  const shared = attentionOf(sizes, {
    bias: traits.bias?.(config) ?? attentionBias,
    outputBias: traits.outputBias?.(config) ?? attentionBias,
    queryKeyNorm: traits.queryKeyNorm?.(config) ?? null,
    rotary: rotaryOf(config, sizes.headSize, traits.rotated),
  })
  const windows = traits.windows?.(config, depth) ?? []
  const parallel = traits.parallel?.(config) ?? null
  const networks = networksOf(config, type, traits)
  return {
    ...plainDecoder(config.count('vocab_size'), sizes.width, traits.norm?.(config) ?? normOf(config, 'rms', false)),
    layers: Array.from({ length: depth }, (_, layer) => {
      const window = windows[layer] ?? null
      return {
        attention: { ...shared, window, ...traits.attention?.(config, layer, window) },
        feedForward: networks(layer),
        parallel,
      }
    }),
    normPlacement: traits.placement ?? 'pre',
    tied: config.flag('tie_word_embeddings', traits.tied ?? false),
    contextLength: config.countOrNull('max_position_embeddings'),
    ...traits.whole?.(config),
  }
}

/** The feed-forward network of a layer: experts where the file has them and the layer is one of theirs. */
function networksOf(config: JsonFields, type: string, traits: Traits): (layer: number) => FeedForward {
  const fallback =
    type.startsWith('gemma') || type === 'starcoder2' ? 'gelu-tanh' : type === 'nemotron' ? 'relu-squared' : 'silu'
  const activation = activationOf(config, fallback, 'hidden_activation', 'hidden_act')
  const bias = traits.networkBias?.(config) ?? config.flag('mlp_bias', false)
  const experts = expertsOf(config, activation)
  return (layer) =>
    experts?.(layer) ??
    dense(countOf(config, 'intermediate_size', 'ffn_hidden_size'), activation, traits.gated ?? true, bias)
}
