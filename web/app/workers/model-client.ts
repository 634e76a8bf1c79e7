/** The one connection of the tab to its worker. */

import type { ModelService } from './model-service.ts'
import { connect, type Progress } from './rpc.ts'

const listeners = new Set<() => void>()
let progress: Progress | null = null

const connection = connect<ModelService>(
  () => new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module', name: 'model' }),
  (next) => {
    progress = next
    for (const listener of listeners) listener()
  },
)

export const modelService = connection.remote
export const cancelModelWork = connection.cancel

/** For `useSyncExternalStore`. */
export function subscribeToProgress(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function currentProgress(): Progress | null {
  return progress
}
