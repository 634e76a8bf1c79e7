/** From the way a request names a model to the model itself. */
import { modelId } from '../../simulator/graph/model-id.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { fail } from '../../simulator/problem.ts'
import type { ModelRef } from '../contract/model.ts'
import type { Database } from '../store/database.ts'
import { findModel } from '../store/models.ts'
import { presetModel } from './presets.ts'

export interface ResolvedModel {
  readonly id: string
  readonly summary: GraphSummary
}

/** Rejects with `unknown-preset`, or `unknown-model` for an id that was never registered. */
export async function resolveModel(db: Database, ref: ModelRef): Promise<ResolvedModel> {
  if (ref.summary !== undefined) return { id: await modelId(ref.summary), summary: ref.summary }
  if (ref.preset !== undefined) {
    const preset = await presetModel(ref.preset)
    return { id: preset.modelId, summary: preset.summary }
  }
  const id = ref.id ?? ''
  const summary = await findModel(db, id)
  if (summary === null) {
    throw fail('unknown-model', 'Register it first (POST /v1/models), or send the summary along.', {
      where: 'model.id',
      received: id,
    })
  }
  return { id, summary }
}
