/** Presets as summaries, made once per isolate: they depend on the code alone. */

import { buildPreset, type PresetInfo, presets } from '../../model-zoo/index.ts'
import { bindShapes } from '../../simulator/graph/infer.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import { summarize } from '../../simulator/graph/summarize.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { isEdgeRunnable } from '../inference/edge-model.ts'
import { describeModel, type ModelDescription } from './describe.ts'

export interface PresetModel {
  readonly id: string
  readonly modelId: string
  readonly summary: GraphSummary
  readonly edgeRunnable: boolean
}

const built = new Map<string, Promise<PresetModel>>()

/** Rejects with `unknown-preset`, naming near matches. */
export function presetModel(id: string): Promise<PresetModel> {
  const known = built.get(id)
  if (known !== undefined) return known
  const made = makePresetModel(id)
  if (presets.has(id)) built.set(id, made)
  return made
}

/** A preset as the API lists it. */
export interface ListedPreset {
  readonly id: string
  readonly task: string
  readonly inputShape: string
  readonly model: ModelDescription
  readonly edgeRunnable: boolean
}

export async function describePreset(id: string, { task, inputShape }: PresetInfo): Promise<ListedPreset> {
  const { modelId, summary, edgeRunnable } = await presetModel(id)
  return { id, task, inputShape: inputShape.join('x'), model: describeModel(modelId, summary), edgeRunnable }
}

async function makePresetModel(id: string): Promise<PresetModel> {
  const graph = buildPreset(id)
  const summary = summarize(bindShapes(graph, {}), id)
  return { id, modelId: await modelId(summary), summary, edgeRunnable: isEdgeRunnable(graph) }
}
