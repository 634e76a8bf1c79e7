/**
 * `config.json` of a Hugging Face model: hyper-parameters → graph, with the parameters that its weights have.
 *
 * A model of several parts (vision and language) is read as its text part, and says so.
 */

import type { TransformerConfig } from '../build/transformer/config.ts'
import { mobilebert } from '../build/transformer/mobilebert.ts'
import { vit } from '../build/transformer/vit.ts'
import { whisper } from '../build/transformer/whisper.ts'
import type { Graph } from '../graph/graph.ts'
import { fail, type Problem, problem } from '../problem.ts'
import type { ByteSource } from './byte-source.ts'
import { looksLike, readDocument } from './document.ts'
import { classicTypes } from './hugging-face-classic.ts'
import { llamaLike, llamaTypes } from './hugging-face-decoders.ts'
import { encoderTypes, visionSizes } from './hugging-face-encoders.ts'
import { huggingFaceFormats, unknownFormats } from './hugging-face-formats.ts'
import { latentDecoder, latentTypes } from './hugging-face-latent.ts'
import { recurrentTypes } from './hugging-face-recurrent.ts'
import { t5, t5Types, whisperSizes } from './hugging-face-sequence.ts'
import type { JsonFields } from './json-fields.ts'
import type { ModelReader, ParsedModel } from './reader.ts'
import { tableWeights } from './tensor-table.ts'
import { type BuiltTransformer, buildTransformer } from './transformer.ts'

export const huggingFaceReader: ModelReader = {
  format: 'config',
  match: (head) => looksLike(head, 'model_type', 'architectures'),
  open: openConfig,
}

/** Throws `invalid-json`, `invalid-field` at the field concerned, `unsupported-format` for a type that is not described. */
async function openConfig(source: ByteSource, name: string | null): Promise<ParsedModel> {
  const whole = await readDocument(source)
  const text = textPart(whole)
  const { graph, languageModel } = build(text ?? whole, titleOf(whole, name))
  const constants = [...graph.constants.values()].filter(({ elements }) => elements === null)
  return {
    format: 'config',
    graph,
    fileBytes: source.size,
    ...tableWeights(constants),
    producer: whole.has('transformers_version') ? `transformers ${whole.text('transformers_version')}` : null,
    nodes: graph.nodes.length,
    nodesAllGraphs: graph.nodes.length,
    problems: [...(text === null ? [] : [partOnly(whole)]), ...unknownFormats(text ?? whole)],
    ...(languageModel === null ? {} : { languageModel }),
  }
}

function titleOf(config: JsonFields, name: string | null): string {
  return config.textOrNull('_name_or_path') || name || 'config.json'
}

/** The part of a multi-modal model that writes or reads text; `null` for any other model. */
function textPart(config: JsonFields): JsonFields | null {
  for (const name of ['text_config', 'llm_config', 'language_config']) {
    const part = config.objectOrNull(name)
    if (part?.has('hidden_size')) {
      const shared = ['tie_word_embeddings', 'torch_dtype', 'dtype', 'quantization_config', 'architectures']
      const inherited = shared.filter((field) => config.has(field) && !part.has(field))
      const filled = inherited.reduce((fields, field) => fields.with(field, config.value(field)), part)
      return filled.has('model_type') ? filled : filled.with('model_type', 'llama')
    }
  }
  return null
}

function partOnly(config: JsonFields): Problem {
  return problem('graph-assumed', 'Export the other parts to ONNX to have their work counted.', {
    where: config.at('text_config'),
    expected: 'one model',
    received: `several parts of ${config.text('model_type', 'a model')}; the text part is counted`,
  })
}

function build(config: JsonFields, title: string): BuiltTransformer {
  const type = config.textOrNull('model_type') ?? ''
  const alone = (graph: Graph): BuiltTransformer => ({ graph, languageModel: null })
  const formats = huggingFaceFormats(config)
  if (type === 'whisper') return alone(whisper(title, 1, whisperSizes(config), formats))
  if (type === 'vit' || type === 'deit') return alone(visionGraph(config, title))
  if (type === 'mobilebert') return alone(mobilebert(title, [1, 128]))
  return buildTransformer(title, transformerConfig(config, type), formats)
}

function transformerConfig(config: JsonFields, type: string): TransformerConfig {
  if (llamaTypes.includes(type)) return llamaLike(config, type)
  if (latentTypes.some((each) => each === type)) return latentDecoder(config)
  if (t5Types.some((each) => each === type)) return t5(config)
  const classic = Object.hasOwn(classicTypes, type) ? classicTypes[type] : undefined
  if (classic !== undefined) return classic(config)
  const recurrent = Object.hasOwn(recurrentTypes, type) ? recurrentTypes[type] : undefined
  if (recurrent !== undefined) return recurrent(config)
  const encoder = Object.hasOwn(encoderTypes, type) ? encoderTypes[type] : undefined
  if (encoder !== undefined) return encoder(config)
  throw fail('unsupported-format', 'Export the model to ONNX, or describe it by hand (docs/describe.md).', {
    where: config.at('model_type'),
    expected: `one of ${knownTypes().join(', ')}`,
    received: type === '' ? 'nothing' : type,
  })
}

function knownTypes(): readonly string[] {
  const tables = [classicTypes, recurrentTypes, encoderTypes].flatMap(Object.keys)
  return [...llamaTypes, ...latentTypes, ...t5Types, ...tables, 'whisper', 'vit', 'deit', 'mobilebert'].sort()
}

function visionGraph(config: JsonFields, title: string): Graph {
  const { width, depth, heads, hidden, image, channels, patch, classes } = visionSizes(config)
  return vit(title, [1, channels, image, image], { width, depth, heads, patch, ratio: hidden / width, classes })
}
