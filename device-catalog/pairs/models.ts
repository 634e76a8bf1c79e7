/** Models of a table of pairs: each is built and counted once per input size, whatever number of rows ask for it. */

import { buildPreset, presetDecoder, presets } from '../../model-zoo/index.ts'
import { presetIdOf } from '../../model-zoo/preset-name.ts'
import { decoder } from '../../simulator/build/transformer/decoder.ts'
import { makeWorkloads, type Workloads } from '../../simulator/cost/workload.ts'
import type { ShapeBindings } from '../../simulator/graph/bindings.ts'
import type { Graph } from '../../simulator/graph/graph.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { ParsedModel } from '../../simulator/import/reader.ts'
import { assumedTokens, formatsOf } from '../../simulator/import/transformer.ts'
import type { LanguageModel } from '../../simulator/predict/language-model.ts'
import type { InputFacts } from './input.ts'

export interface CountedModel {
  readonly modelId: string
  readonly workloads: Workloads
}

export interface ModelCache {
  /**
   * `shape` of the first input, `null` = the model's own; `pastTokens` in the cache of a decoder.
   *
   * Rejects with `ProblemError` as the readers, `bindShapes` and `buildPreset` do.
   */
  get(model: string, shape: readonly number[] | null, pastTokens: number): Promise<CountedModel>
  /** Rejects with `ProblemError` as the readers do; presets that do not exist are told by `get`. */
  inputFacts(model: string): Promise<InputFacts>
}

/** Opens a model that is a path. */
export type OpenFile = (path: string) => Promise<ParsedModel>

/** `openFile` is called once per path; a table that names presets alone never calls it. */
export function makeModelCache(openFile: OpenFile): ModelCache {
  const counted = new Map<string, Promise<CountedModel>>()
  const opened = new Map<string, Promise<ParsedModel>>()
  const open: OpenFile = (path) => {
    const known = opened.get(path) ?? openFile(path)
    opened.set(path, known)
    return known
  }
  return {
    get(model, shape, pastTokens) {
      const key = `${model}|${shape?.join('x') ?? ''}|${pastTokens}`
      const known = counted.get(key)
      if (known !== undefined) return known
      const made = count(model, shape, pastTokens, open)
      counted.set(key, made)
      return made
    },
    async inputFacts(model) {
      const isDecoder = (await languageModelOf(model, open)) !== null
      const published = presets.get(presetIdOf(model) ?? '')?.inputShape ?? null
      return { publishedShape: published ?? (isDecoder ? [1, assumedTokens] : null), isDecoder }
    },
  }
}

async function count(
  model: string,
  shape: readonly number[] | null,
  pastTokens: number,
  open: OpenFile,
): Promise<CountedModel> {
  const graph = await graphOf(model, shape, pastTokens, open)
  const [firstInput] = graph.inputs
  // What was built for the shape has it already.
  const bindings: ShapeBindings =
    shape === null || firstInput === undefined ? {} : { inputShapes: { [firstInput]: shape } }
  const summary = summarize(bindShapes(graph, bindings), nameOf(model))
  return { modelId: await modelId(summary), workloads: makeWorkloads(summary) }
}

/** A decoder is built for the tokens asked about; everything else is as it is, sizes still open where they are. */
async function graphOf(
  model: string,
  shape: readonly number[] | null,
  pastTokens: number,
  open: OpenFile,
): Promise<Graph> {
  const presetId = presetIdOf(model)
  if (presetId !== null && pastTokens === 0) return buildPreset(presetId, shape === null ? {} : { inputShape: shape })
  const language = shape === null ? null : await languageModelOf(model, open)
  if (language !== null) {
    const newTokens = shape?.[1] ?? 1
    const pass = { batch: 1, newTokens, pastTokens, cacheType: 'float32', logits: 'last' } as const
    return decoder(language.name, language.config, pass, language.formats)
  }
  return presetId === null ? (await open(model)).graph : buildPreset(presetId)
}

async function languageModelOf(model: string, open: OpenFile): Promise<LanguageModel | null> {
  const presetId = presetIdOf(model)
  if (presetId !== null) {
    const config = presetDecoder(presetId)
    return config === null ? null : { name: presetId, config }
  }
  const { languageModel } = await open(model)
  if (languageModel === undefined) return null
  return { name: nameOf(model), config: languageModel.config, formats: formatsOf(languageModel) }
}

/** The preset's id, or the file's name without its folder. */
function nameOf(model: string): string {
  return presetIdOf(model) ?? model.slice(Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1)
}
