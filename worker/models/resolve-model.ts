/** From the way a request names a model to the model itself. */
import { presetIdOf } from '../../model-zoo/preset-name.ts'
import { modelId } from '../../simulator/graph/model-id.ts'
import type { GraphSummary } from '../../simulator/graph/summary.ts'
import { fail } from '../../simulator/problem.ts'
import type { ModelRef } from '../contract/question.ts'
import type { Database } from '../store/database.ts'
import { findModel } from '../store/models.ts'
import { presetModel } from './presets.ts'

export interface ResolvedModel {
  readonly id: string
  readonly summary: GraphSummary
  /** `null` = a registered model, or a summary that came along. */
  readonly presetId: string | null
}

/** Rejects with `unknown-preset`, or `unknown-model` for an id that was never registered. */
export async function resolveModel(db: Database, ref: ModelRef): Promise<ResolvedModel> {
  if (typeof ref !== 'string') return { id: await modelId(ref), summary: ref, presetId: null }
  const presetId = presetIdOf(ref)
  if (presetId !== null) {
    const { modelId: id, summary } = await presetModel(presetId)
    return { id, summary, presetId }
  }
  const summary = await findModel(db, ref)
  if (summary === null) {
    throw fail('unknown-model', 'Register it first (POST /v1/models), or send its summary as the model.', {
      where: 'model',
      received: ref,
    })
  }
  return { id: ref, summary, presetId }
}
