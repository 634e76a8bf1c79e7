/** Which of a changing set of buffers live during a time: a tree over their starts that knows the latest end below it. */
import type { ArenaBuffer } from './arena.ts'

const absent = Number.NEGATIVE_INFINITY

/** Indices into the buffers it was made from. A query costs O(log n) per buffer found. */
export class LiveBuffers {
  /** Indices in the order of their first use. */
  readonly #order: readonly number[]
  readonly #starts: readonly number[]
  /** Where a buffer stands in the order. */
  readonly #places: Int32Array
  /** Latest end of the members under each node; leaves from `#leaves` on. */
  readonly #latestEnd: Float64Array
  readonly #leaves: number

  constructor(buffers: readonly ArenaBuffer[]) {
    const firstUsed = (index: number): number => buffers[index]?.firstUsed ?? absent
    this.#order = buffers.map((_, index) => index).sort((a, b) => firstUsed(a) - firstUsed(b) || a - b)
    this.#starts = this.#order.map(firstUsed)
    this.#places = new Int32Array(buffers.length)
    for (const [place, index] of this.#order.entries()) this.#places[index] = place
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, buffers.length)))
    this.#latestEnd = new Float64Array(2 * this.#leaves).fill(absent)
  }

  add(index: number, { lastUsed }: ArenaBuffer): void {
    this.#setEnd(index, lastUsed)
  }

  remove(index: number): void {
    this.#setEnd(index, absent)
  }

  /** Members that live at some step from `first` to `last`, in the order of their first use. */
  during(first: number, last: number): number[] {
    const found: number[] = []
    this.#collect(1, 0, this.#leaves, this.#countStartedBy(last), first, found)
    return found
  }

  #setEnd(index: number, end: number): void {
    let node = this.#leaves + (this.#places[index] ?? 0)
    this.#latestEnd[node] = end
    while (node > 1) {
      node >>= 1
      this.#latestEnd[node] = Math.max(this.#latestEnd[2 * node] ?? absent, this.#latestEnd[2 * node + 1] ?? absent)
    }
  }

  #countStartedBy(step: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? absent) <= step) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Leaves `from` to `to` under a node, of which only the first `started` count. */
  #collect(node: number, from: number, to: number, started: number, first: number, found: number[]): void {
    if (from >= started || (this.#latestEnd[node] ?? absent) < first) return
    if (to - from === 1) {
      found.push(this.#order[from] ?? 0)
      return
    }
    const middle = (from + to) >> 1
    this.#collect(2 * node, from, middle, started, first, found)
    this.#collect(2 * node + 1, middle, to, started, first, found)
  }
}
