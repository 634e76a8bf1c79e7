/** What the configurations of most Hugging Face models have in common. */
import type {
  DenseFeedForward,
  GroupedAttention,
  Norm,
  Rotary,
  TransformerActivation,
} from '../build/transformer/config.ts'
import { plainAttention } from '../build/transformer/dense-decoder.ts'
import type { JsonFields } from './json-fields.ts'
import { maxTransformerLayers } from './limits.ts'

const activations: Readonly<Record<string, TransformerActivation>> = {
  relu: 'relu',
  relu2: 'relu-squared',
  silu: 'silu',
  swish: 'silu',
  gelu: 'gelu',
  gelu_python: 'gelu',
  gelu_new: 'gelu-tanh',
  gelu_fast: 'gelu-tanh',
  gelu_pytorch_tanh: 'gelu-tanh',
  quick_gelu: 'quick-gelu',
}

/** Throws `invalid-field` for an activation that is none of them. */
export function activationOf(
  config: JsonFields,
  fallback: TransformerActivation,
  ...names: readonly string[]
): TransformerActivation {
  const name = names.find((each) => config.has(each))
  if (name === undefined) return fallback
  const activation = activations[config.text(name)]
  if (activation === undefined) throw config.refuse(name, `one of ${Object.keys(activations).join(', ')}`)
  return activation
}

/** The value of the first of `names` that is there. */
export function countOf(config: JsonFields, ...names: readonly string[]): number {
  return config.count(names.find((name) => config.has(name)) ?? names[0] ?? '')
}

/** Throws `invalid-field` for more layers than any model has. */
export function depthOf(config: JsonFields, ...names: readonly string[]): number {
  const depth = countOf(config, ...names)
  const name = names.find((each) => config.has(each)) ?? ''
  if (depth > maxTransformerLayers) throw config.refuse(name, `at most ${maxTransformerLayers} layers`)
  return depth
}

export function normOf(config: JsonFields, kind: Norm['kind'], bias: boolean): Norm {
  const names = ['rms_norm_eps', 'layer_norm_eps', 'layer_norm_epsilon', 'norm_epsilon', 'norm_eps']
  const name = names.find((each) => config.has(each))
  return { kind, epsilon: name === undefined ? 1e-5 : config.number(name), bias }
}

/** `share`: of each head's features that turn, where the file does not state it. */
export function rotaryOf(config: JsonFields, headSize: number, share = 1): Rotary {
  const parameters = config.objectOrNull('rope_parameters')
  const turning =
    parameters?.numberOrNull('partial_rotary_factor') ??
    config.numberOrNull('partial_rotary_factor') ??
    config.numberOrNull('rope_pct') ??
    config.numberOrNull('rotary_pct') ??
    share
  const theta =
    parameters?.numberOrNull('rope_theta') ??
    config.numberOrNull('rope_theta') ??
    config.numberOrNull('rotary_emb_base') ??
    10_000
  return { size: 2 * Math.floor((headSize * turning) / 2), theta }
}

export interface HeadSizes {
  readonly width: number
  readonly heads: number
  readonly keyHeads: number
  readonly headSize: number
}

export function headSizesOf(config: JsonFields): HeadSizes {
  const width = countOf(config, 'hidden_size', 'n_embd', 'd_model')
  const heads = countOf(config, 'num_attention_heads', 'n_head', 'n_heads')
  return {
    width,
    heads,
    keyHeads: config.countOrNull('num_key_value_heads') ?? heads,
    headSize: config.countOrNull('head_dim') ?? width / heads,
  }
}

export function attentionOf(
  { heads, keyHeads, headSize }: HeadSizes,
  more: Partial<GroupedAttention>,
): GroupedAttention {
  return { ...plainAttention(heads, keyHeads, headSize), ...more }
}

export function dense(
  hidden: number,
  activation: TransformerActivation,
  gated: boolean,
  bias: boolean,
): DenseFeedForward {
  return { kind: 'dense', hidden, gated, activation, bias }
}

/**
 * Window of every layer: as `layer_types` lists them, or every `period`-th layer without; `null` = sees everything.
 * `window`: of the layers that have one.
 */
export function windowsOf(
  config: JsonFields,
  depth: number,
  window: number | null,
  period: number | null,
): readonly (number | null)[] {
  const types = config.texts('layer_types')
  return Array.from({ length: depth }, (_, layer) => {
    if (types.length > 0) return types[layer]?.includes('sliding') === true ? window : null
    return period !== null && (layer + 1) % period === 0 ? null : window
  })
}
