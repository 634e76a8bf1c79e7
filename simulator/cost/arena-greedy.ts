/**
 * Greedy planners (docs/method/arena.md, AR-3 to AR-5): they differ in the order in which buffers are placed.
 *
 * Sources: Pisarchyk and Lee, arXiv:2001.03288, for size and breadth; TensorFlow Lite Micro's greedy memory planner; first
 * fit in time order is the "Greedy" allocator of Vela.
 */
import { type ArenaBuffer, type ArenaPlanner, liveBytesAtStarts } from './arena.ts'
import { placeAtFirstGap } from './arena-first-gap.ts'
import { LiveBuffers } from './arena-lives.ts'

/** Largest first; of equal sizes the earlier in the list. */
export const planBySize: ArenaPlanner = (buffers) => placeAtFirstGap(buffers, sortedIndices(buffers, larger))

/** In order of first use; of those that start together the largest first. */
export const planInTimeOrder: ArenaPlanner = (buffers) =>
  placeAtFirstGap(
    buffers,
    sortedIndices(buffers, (a, b) => a.firstUsed - b.firstUsed || larger(a, b)),
  )

/** Steps by decreasing live bytes, the earlier of equals first; of one step, what is not placed yet, largest first. */
export const planByBreadth: ArenaPlanner = (buffers) => placeAtFirstGap(buffers, breadthOrder(buffers))

/**
 * TensorFlow Lite Micro's planner, offset for offset (AR-3): largest first; it fills its list from the back, so of equal
 * sizes the later in the list goes first.
 */
export const planAsTflm: ArenaPlanner = (buffers) =>
  placeAtFirstGap(
    buffers,
    sortedIndices(buffers.toReversed(), larger).map((index) => buffers.length - 1 - index),
  )

function larger(a: ArenaBuffer, b: ArenaBuffer): number {
  return b.bytes - a.bytes
}

/** Stable: equals keep the order of the list. */
function sortedIndices(buffers: readonly ArenaBuffer[], compare: (a: ArenaBuffer, b: ArenaBuffer) => number): number[] {
  return [...buffers.entries()].sort(([, a], [, b]) => compare(a, b)).map(([index]) => index)
}

function* breadthOrder(buffers: readonly ArenaBuffer[]): Generator<number> {
  const waiting = new LiveBuffers(buffers)
  for (const [index, buffer] of buffers.entries()) waiting.add(index, buffer)
  const steps = liveBytesAtStarts(buffers).sort((a, b) => b.liveBytes - a.liveBytes || a.step - b.step)
  for (const { step } of steps) {
    const live = waiting.during(step, step)
    for (const index of live) waiting.remove(index)
    yield* live.sort((a, b) => (buffers[b]?.bytes ?? 0) - (buffers[a]?.bytes ?? 0) || a - b)
  }
}
