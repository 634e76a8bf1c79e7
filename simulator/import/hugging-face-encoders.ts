/** Encoders by `model_type`: BERT and its descendants. Source: huggingface/transformers src/transformers/models/*. */
import { bertConfig } from '../build/transformer/bert.ts'
import type { EncoderConfig, EncoderHead } from '../build/transformer/config.ts'
import {
  activationOf,
  attentionOf,
  countOf,
  dense,
  depthOf,
  headSizesOf,
  normOf,
  rotaryOf,
} from './hugging-face-fields.ts'
import type { JsonFields } from './json-fields.ts'

function bert(config: JsonFields): EncoderConfig {
  const { width, heads } = headSizesOf(config)
  return {
    ...bertConfig({
      vocabulary: config.count('vocab_size'),
      width,
      depth: depthOf(config, 'num_hidden_layers'),
      heads,
      hidden: config.count('intermediate_size'),
      positions: config.count('max_position_embeddings', 512),
      epsilon: normOf(config, 'layer', true).epsilon,
    }),
    feedForward: dense(config.count('intermediate_size'), activationOf(config, 'gelu', 'hidden_act'), false, true),
    segments: config.countOrZero('type_vocab_size', 2),
    head: headOf(config, 'pooler'),
  }
}

function distilbert(config: JsonFields): EncoderConfig {
  const hidden = config.count('hidden_dim')
  return {
    ...bertConfig({
      vocabulary: config.count('vocab_size'),
      width: config.count('dim'),
      depth: depthOf(config, 'n_layers'),
      heads: config.count('n_heads'),
      hidden,
      positions: config.count('max_position_embeddings', 512),
    }),
    feedForward: dense(hidden, activationOf(config, 'gelu', 'activation'), false, true),
    segments: 0,
    head: headOf(config, 'none'),
  }
}

function albert(config: JsonFields): EncoderConfig {
  return { ...withEmbeddingWidth(config), sharedLayers: config.number('num_hidden_groups', 1) === 1 }
}

function electra(config: JsonFields): EncoderConfig {
  return { ...withEmbeddingWidth(config), head: headOf(config, 'none') }
}

function withEmbeddingWidth(config: JsonFields): EncoderConfig {
  const encoder = bert(config)
  const size = config.count('embedding_size', 128)
  return { ...encoder, embeddingWidth: size === encoder.width ? null : size }
}

/** Positions by a small table of distances, which is left out. */
function mpnet(config: JsonFields): EncoderConfig {
  return { ...bert(config), segments: 0 }
}

/** Rotary positions; SwiGLU without biases. */
function nomicBert(config: JsonFields): EncoderConfig {
  const isOwnCode = config.has('n_embd')
  const sizes = headSizesOf(config)
  const hidden = isOwnCode ? config.count('n_inner') : config.count('intermediate_size')
  const attention = attentionOf(sizes, { rotary: { size: sizes.headSize, theta: 1000 } })
  return {
    ...bertConfig({
      vocabulary: config.count('vocab_size'),
      width: sizes.width,
      depth: depthOf(config, 'num_hidden_layers', 'n_layer'),
      heads: sizes.heads,
      hidden,
      positions: 1,
      epsilon: normOf(config, 'layer', true).epsilon,
    }),
    attention,
    feedForward: dense(hidden, 'silu', true, false),
    positions: null,
    segments: config.countOrZero('type_vocab_size', 2),
    head: headOf(config, 'none'),
  }
}

/** Pre-norm, rotary positions, GeGLU, no biases. Local windows of two layers in three are counted in full. */
function modernBert(config: JsonFields): EncoderConfig {
  const sizes = headSizesOf(config)
  const bias = config.flag('attention_bias', false)
  const hidden = config.count('intermediate_size')
  const theta = config.numberOrNull('global_rope_theta') ?? 160_000
  return {
    architecture: 'encoder',
    vocabulary: config.count('vocab_size'),
    width: sizes.width,
    depth: depthOf(config, 'num_hidden_layers'),
    attention: attentionOf(sizes, {
      bias,
      outputBias: bias,
      rotary: { ...rotaryOf(config, sizes.headSize), theta },
    }),
    feedForward: dense(hidden, activationOf(config, 'gelu', 'hidden_activation'), true, config.flag('mlp_bias', false)),
    norm: normOf(config, 'layer', config.flag('norm_bias', false)),
    normPlacement: 'pre',
    positions: null,
    segments: 0,
    embeddingWidth: null,
    embeddingNorm: true,
    sharedLayers: false,
    causal: false,
    finalNorm: true,
    head: headOf(config, 'none'),
  }
}

function clipText(config: JsonFields): EncoderConfig {
  const encoder = bert(config.with('type_vocab_size', 0))
  return {
    ...encoder,
    feedForward: { ...encoder.feedForward, activation: activationOf(config, 'quick-gelu', 'hidden_act') },
    normPlacement: 'pre',
    embeddingNorm: false,
    causal: true,
    finalNorm: true,
    head: { kind: 'none' },
  }
}

/** By the class that the file was saved from: `BertForMaskedLM`. `plain`: what the model without a head gives. */
function headOf(config: JsonFields, plain: 'pooler' | 'none'): EncoderHead {
  const [architecture = ''] = config.texts('architectures')
  if (/ForMaskedLM|LMHeadModel/.test(architecture)) return { kind: 'vocabulary' }
  if (architecture.endsWith('ForQuestionAnswering')) return { kind: 'span' }
  if (architecture.endsWith('ForSequenceClassification')) return { kind: 'classes', classes: classesOf(config) }
  if (architecture === 'ElectraForPreTraining') return { kind: 'discriminator' }
  return { kind: plain }
}

export function classesOf(config: JsonFields): number {
  const labels = config.objectOrNull('id2label')
  return labels === null ? (config.countOrNull('num_labels') ?? 2) : Math.max(1, labels.names.length)
}

export const encoderTypes: Readonly<Record<string, (config: JsonFields) => EncoderConfig>> = {
  bert,
  roberta: bert,
  'xlm-roberta': bert,
  camembert: bert,
  distilbert,
  albert,
  electra,
  mpnet,
  nomic_bert: nomicBert,
  modernbert: modernBert,
  clip_text_model: clipText,
}

/** Sizes of a vision transformer. */
export function visionSizes(config: JsonFields) {
  const size = (name: string, fallback: number): number => {
    const [first] = Array.isArray(config.value(name)) ? config.counts(name) : [config.count(name, fallback)]
    return first ?? fallback
  }
  return {
    width: countOf(config, 'hidden_size'),
    depth: depthOf(config, 'num_hidden_layers'),
    heads: config.count('num_attention_heads'),
    hidden: config.count('intermediate_size'),
    image: size('image_size', 224),
    channels: config.count('num_channels', 3),
    patch: size('patch_size', 16),
    classes: config.texts('architectures').some((name) => name.endsWith('ForImageClassification'))
      ? classesOf(config)
      : 1000,
  }
}
