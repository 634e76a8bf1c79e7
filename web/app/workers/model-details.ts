/** Layers, memory and kernels of a model that was opened in this tab, and the difference of two. */

import { fusionProfileIds, fusionProfiles } from '../../../device-catalog/runtimes/fusion.ts'
import { buildPreset } from '../../../model-zoo/index.ts'
import { fuse } from '../../../simulator/cost/fuse.ts'
import { unfused } from '../../../simulator/cost/fusion-profiles.ts'
import { layersOf } from '../../../simulator/cost/layers.ts'
import { livenessOf } from '../../../simulator/cost/liveness.ts'
import { countWork } from '../../../simulator/cost/workload.ts'
import type { BoundGraph } from '../../../simulator/graph/bound.ts'
import { diffModels, type ModelDiff, type ModelLayers, sumAmounts } from '../../../simulator/graph/diff.ts'
import { inferShapes } from '../../../simulator/graph/infer.ts'
import { summarize } from '../../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { fail } from '../../../simulator/problem.ts'
import type { LiveLayer, ModelChoice, ModelDetail } from './model-service.ts'

/** How many opened files stay at hand: both sides of a difference. */
const keptGraphs = 2

export class ModelDetails {
  /** By model id, last opened last. */
  readonly #opened = new Map<string, BoundGraph>()

  keep(modelId: string, bound: BoundGraph): void {
    this.#opened.delete(modelId)
    this.#opened.set(modelId, bound)
    for (const id of this.#opened.keys()) if (this.#opened.size > keptGraphs) this.#opened.delete(id)
  }

  inspect(choice: ModelChoice): ModelDetail {
    const bound = this.#boundOf(choice)
    const layers = this.#layersOf(choice, bound)
    const summary = summarize(bound, layers.name)
    const precision = choice.precision ?? 'fp32'
    return {
      layers,
      totals: layers.layers.reduce(sumAmounts, layers.unread),
      live: liveLayers(summary, choice),
      kernels: fusionProfileIds.map((profile) => ({
        profile,
        kernels: fuse(summary, precision, fusionProfiles[profile]).length,
      })),
    }
  }

  diff(before: ModelChoice, after: ModelChoice): ModelDiff {
    return diffModels(this.#layersOf(before, this.#boundOf(before)), this.#layersOf(after, this.#boundOf(after)))
  }

  #layersOf({ model, precision }: ModelChoice, bound: BoundGraph): ModelLayers {
    return layersOf(bound, model.kind === 'preset' ? model.id : model.name, precision)
  }

  #boundOf({ model }: ModelChoice): BoundGraph {
    if (model.kind === 'preset') return inferShapes(buildPreset(model.id), {})
    const bound = this.#opened.get(model.modelId)
    if (bound !== undefined) return bound
    throw fail('unknown-model', 'Open the file again: a link carries its graph, but not its layers by name.', {
      received: model.name,
    })
  }
}

/** Activation bytes while each operator runs, nothing fused. */
function liveLayers(summary: GraphSummary, { precision }: ModelChoice): readonly LiveLayer[] {
  if (precision === null) {
    const { liveBytes } = livenessOf(summary, { viewsAreFree: true })
    return summary.operators.map(({ name }, index) => ({ name, liveBytes: liveBytes[index] ?? 0 }))
  }
  const { kernels, liveBytes } = countWork(summary, precision, unfused, summary.batch)
  return kernels.map(({ name }, index) => ({ name, liveBytes: liveBytes[index] ?? 0 }))
}
