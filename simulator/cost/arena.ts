/**
 * Arena planning (docs/method/arena.md): an offset for every buffer, so that none that live together overlap.
 *
 * A buffer lives from its first to its last use, both included; sizes are aligned before planning.
 */

export interface ArenaBuffer {
  readonly bytes: number
  /** Steps of the schedule, whole numbers; the same step at both ends is a life of one step. */
  readonly firstUsed: number
  readonly lastUsed: number
}

/** A planner gives one offset per buffer, in bytes, in the order of the buffers. */
export type ArenaPlanner = (buffers: readonly ArenaBuffer[]) => readonly number[]

/** Bytes of the arena that offsets need: the highest end of a buffer. */
export function arenaBytes(buffers: readonly ArenaBuffer[], offsets: readonly number[]): number {
  return buffers.reduce((end, { bytes }, index) => Math.max(end, (offsets[index] ?? 0) + bytes), 0)
}

/** Most bytes that live at one step, which no plan can go below (AR-1). O(n log n). */
export function arenaLowerBound(buffers: readonly ArenaBuffer[]): number {
  return liveBytesAtStarts(buffers).reduce((most, { liveBytes }) => Math.max(most, liveBytes), 0)
}

export interface LiveStep {
  readonly step: number
  readonly liveBytes: number
}

/** Live bytes at every step at which a buffer starts to live, in time order; between them nothing new lives. */
export function liveBytesAtStarts(buffers: readonly ArenaBuffer[]): LiveStep[] {
  const starts = buffers.toSorted((a, b) => a.firstUsed - b.firstUsed)
  const ends = buffers.toSorted((a, b) => a.lastUsed - b.lastUsed)
  const steps: LiveStep[] = []
  let liveBytes = 0
  let ended = 0
  for (const [index, { bytes, firstUsed }] of starts.entries()) {
    for (let end = ends[ended]; end !== undefined && end.lastUsed < firstUsed; end = ends[++ended]) {
      liveBytes -= end.bytes
    }
    liveBytes += bytes
    if (starts[index + 1]?.firstUsed !== firstUsed) steps.push({ step: firstUsed, liveBytes })
  }
  return steps
}
