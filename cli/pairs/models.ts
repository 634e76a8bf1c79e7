/** Models of a pairs file: each is built and counted once per input size, whatever number of rows ask for it. */
import { makeWorkloads, type Workloads } from '../../simulator/cost/workload.ts'
import type { ShapeBindings } from '../../simulator/graph/bindings.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import { buildPreset, presets } from '../../simulator/zoo/index.ts'
import { modelName, openModelFile, presetIdOf } from '../model.ts'

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

export function makeModelCache(): ModelCache {
  const counted = new Map<string, Promise<CountedModel>>()
  return {
    get(model, shape) {
      const key = `${model}|${shape?.join('x') ?? ''}`
      const known = counted.get(key)
      if (known !== undefined) return known
      const made = count(model, shape)
      counted.set(key, made)
      return made
    },
    publishedShape: (model) => presets.get(presetIdOf(model) ?? '')?.inputShape ?? null,
  }
}

async function count(model: string, shape: readonly number[] | null): Promise<CountedModel> {
  const presetId = presetIdOf(model)
  const graph =
    presetId === null
      ? (await openModelFile(model)).graph
      : buildPreset(presetId, shape === null ? {} : { inputShape: shape })
  const [firstInput] = graph.inputs
  const bindings: ShapeBindings =
    presetId !== null || shape === null || firstInput === undefined ? {} : { inputShapes: { [firstInput]: shape } }
  const summary = summarize(bindShapes(graph, bindings), modelName(model))
  return { modelId: await modelId(summary), workloads: makeWorkloads(summary) }
}
