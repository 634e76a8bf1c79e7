/** The placement that the planners share (AR-2): one buffer after another, each at the lowest gap that holds it. */
import type { ArenaBuffer } from './arena.ts'
import { LiveBuffers } from './arena-lives.ts'

/**
 * Places buffers in the given order of indices. A gap counts when it lies below a buffer that lives at the same time;
 * above the highest of those there is always room. O(n log n + Σ k log k) for k buffers living beside each.
 */
export function placeAtFirstGap(buffers: readonly ArenaBuffer[], order: Iterable<number>): number[] {
  const offsets = new Array<number>(buffers.length).fill(0)
  const placed = new LiveBuffers(buffers)
  for (const index of order) {
    const buffer = buffers[index]
    if (buffer === undefined) continue
    const beside = placed.during(buffer.firstUsed, buffer.lastUsed)
    beside.sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0))
    let offset = 0
    for (const other of beside) {
      const below = offsets[other] ?? 0
      if (below - offset >= buffer.bytes) break
      offset = Math.max(offset, below + (buffers[other]?.bytes ?? 0))
    }
    offsets[index] = offset
    placed.add(index, buffer)
  }
  return offsets
}
