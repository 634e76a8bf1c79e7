/** What the thread that runs fuzz cases and the one that watches it share. */
import type { FuzzTask, PartReport } from '../../scripts/fuzz/run.ts'

/** Fields of a thread's progress, 32-bit integers: the case at hand, counted from 1, and how many cases came out how. */
export const progressFields = { at: 0, read: 1, refused: 2 } as const

export interface ThreadTask extends FuzzTask {
  readonly progress: SharedArrayBuffer
}

/** What the thread tells: the memory from which a case's own is counted, and what came of the cases. */
export type ThreadMessage = { readonly startBytes: number } | Omit<PartReport, 'read' | 'refused'>

/** What a case may take. */
export const memoryLimitBytes = 300e6

export function beyond(bytes: number): string {
  return `${Math.round((memoryLimitBytes + bytes) / 1e6)} MB more than at the start`
}
