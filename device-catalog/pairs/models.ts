/** Models of a table of pairs: each is built and counted once per input size, whatever number of rows ask for it. */
import { makeWorkloads, type Workloads } from '../../simulator/cost/workload.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { buildPreset, presetDecoder, presets } from '../../simulator/zoo/index.ts'
import { decoder } from '../../simulator/zoo/transformer/decoder.ts'

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
  /** Shape of the first input as a preset publishes it; `null` for files and for presets that do not exist. */
  publishedShape(model: string): readonly number[] | null
  /** Whether the model is a preset that generates with a cache of keys and values. */
  isDecoder(model: string): boolean
}

export type SummarizeFile = (path: string, shape: readonly number[] | null) => Promise<GraphSummary>

const presetPrefix = 'preset:'

/** `null` = the model is a path. */
export function presetIdOf(model: string): string | null {
  return model.startsWith(presetPrefix) ? model.slice(presetPrefix.length) : null
}

export function presetModel(presetId: string): string {
  return `${presetPrefix}${presetId}`
}

/** `summarizeFile` opens models that are paths; a table that names presets alone never calls it. */
export function makeModelCache(summarizeFile: SummarizeFile): ModelCache {
  const counted = new Map<string, Promise<CountedModel>>()
  return {
    get(model, shape, pastTokens) {
      const key = `${model}|${shape?.join('x') ?? ''}|${pastTokens}`
      const known = counted.get(key)
      if (known !== undefined) return known
      const made = count(model, shape, pastTokens, summarizeFile)
      counted.set(key, made)
      return made
    },
    publishedShape: (model) => presets.get(presetIdOf(model) ?? '')?.inputShape ?? null,
    isDecoder: (model) => presetDecoder(presetIdOf(model) ?? '') !== null,
  }
}

async function count(
  model: string,
  shape: readonly number[] | null,
  pastTokens: number,
  summarizeFile: SummarizeFile,
): Promise<CountedModel> {
  const presetId = presetIdOf(model)
  const summary = presetId === null ? await summarizeFile(model, shape) : summarizePreset(presetId, shape, pastTokens)
  return { modelId: await modelId(summary), workloads: makeWorkloads(summary) }
}

function summarizePreset(id: string, shape: readonly number[] | null, pastTokens: number): GraphSummary {
  const config = pastTokens === 0 ? null : presetDecoder(id)
  const graph =
    config === null
      ? buildPreset(id, shape === null ? {} : { inputShape: shape })
      : decoder(id, config, { batch: 1, newTokens: shape?.[1] ?? 1, pastTokens, cacheType: 'float32', logits: 'last' })
  return summarize(bindShapes(graph, {}), id)
}
