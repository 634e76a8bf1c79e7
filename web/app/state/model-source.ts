/** Where the model of the question comes from, and how it becomes a graph summary. */

import type { GraphSummary } from '../../../simulator/graph/summary.ts'
import { modelService } from '../workers/model-client.ts'
import type { Bindings, OpenedModel, Reading } from '../workers/model-service.ts'
import type { ModelRef } from './portal-state.ts'

export type ModelSource =
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'file'; readonly files: readonly File[]; readonly bindings: Bindings }
  | { readonly kind: 'summary'; readonly summary: GraphSummary }
  /** A link named a file that its reader has to bring. */
  | { readonly kind: 'missing'; readonly modelId: string; readonly name: string }

const identities = new WeakMap<object, number>()
let lastIdentity = 0

/** Equal for the same source, different for another; files and graphs by identity. */
export function sourceKey(source: ModelSource): string {
  switch (source.kind) {
    case 'preset':
      return `preset ${source.id}`
    case 'file':
      return `file ${identityOf(source.files)} ${JSON.stringify(source.bindings)}`
    case 'summary':
      return `summary ${identityOf(source.summary)}`
    case 'missing':
      return `missing ${source.modelId}`
  }
}

export function sourceOf(ref: ModelRef): ModelSource {
  return ref.kind === 'file' ? { kind: 'missing', modelId: ref.modelId, name: ref.name } : ref
}

/** What a link can say about the source; `null` while a file is still being read. */
export function refOf(source: ModelSource, opened: OpenedModel | null): ModelRef | null {
  if (source.kind === 'preset') return source
  if (source.kind === 'missing') return { kind: 'file', modelId: source.modelId, name: source.name }
  return opened === null ? null : { kind: 'summary', summary: opened.summary }
}

export async function openSource(source: ModelSource | null): Promise<Reading> {
  switch (source?.kind) {
    case 'preset':
      return { kind: 'opened', model: await modelService.openPreset(source.id) }
    case 'file':
      return modelService.openFiles(source.files, source.bindings)
    case 'summary':
      return { kind: 'opened', model: await modelService.openSummary(source.summary) }
    default:
      throw new Error('no model to open')
  }
}

function identityOf(value: object): number {
  const known = identities.get(value)
  if (known !== undefined) return known
  lastIdentity += 1
  identities.set(value, lastIdentity)
  return lastIdentity
}
