/** Models of a table of pairs: each is built and counted once per input size, whatever number of rows ask for it. */
import { makeWorkloads, type Workloads } from '../../simulator/cost/workload.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { buildPreset, presets } from '../../simulator/zoo/index.ts'

export interface CountedModel {
  readonly modelId: string
  readonly workloads: Workloads
}

export interface ModelCache {
  /**
   * `shape` of the first input, `null` = the model's own.
   *
   * Rejects with `ProblemError` as the readers, `bindShapes` and `buildPreset` do.
   */
  get(model: string, shape: readonly number[] | null): Promise<CountedModel>
  /** Shape of the first input as a preset publishes it; `null` for files and for presets that do not exist. */
  publishedShape(model: string): readonly number[] | null
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
    get(model, shape) {
      const key = `${model}|${shape?.join('x') ?? ''}`
      const known = counted.get(key)
      if (known !== undefined) return known
      const made = count(model, shape, summarizeFile)
      counted.set(key, made)
      return made
    },
    publishedShape: (model) => presets.get(presetIdOf(model) ?? '')?.inputShape ?? null,
  }
}

async function count(
  model: string,
  shape: readonly number[] | null,
  summarizeFile: SummarizeFile,
): Promise<CountedModel> {
  const presetId = presetIdOf(model)
  const summary = presetId === null ? await summarizeFile(model, shape) : summarizePreset(presetId, shape)
  return { modelId: await modelId(summary), workloads: makeWorkloads(summary) }
}

function summarizePreset(id: string, shape: readonly number[] | null): GraphSummary {
  return summarize(bindShapes(buildPreset(id, shape === null ? {} : { inputShape: shape }), {}), id)
}
