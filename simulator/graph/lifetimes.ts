/**
 * Lifetimes of values over execution steps, and the largest live set.
 *
 * A graph input lives from the start to its last reader, an output to the end, everything else from the step that
 * writes it to its last reader. What a step reads and writes lives together; nothing is reused in place.
 */

export interface Step {
  readonly reads: readonly number[]
  readonly writes: readonly number[]
}

export interface Storage {
  /** Size of each value. */
  readonly sizesBytes: readonly number[]
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** The value whose bytes a value shares (itself where it has its own). */
  readonly owner: readonly number[]
}

export interface Lifetimes {
  /** Bytes alive during each step. */
  readonly liveBytes: readonly number[]
  readonly peakBytes: number
  /** First step that reaches the peak; `null` without steps. */
  readonly peakStep: number | null
}

/** O(steps + values): differences at first and last use, then a running sum. */
export function lifetimesOf(steps: readonly Step[], storage: Storage): Lifetimes {
  const { sizesBytes, owner } = storage
  const first = new Array<number>(sizesBytes.length).fill(-1)
  const last = new Array<number>(sizesBytes.length).fill(-1)
  const use = (value: number, step: number) => {
    const group = owner[value] ?? value
    if (first[group] === -1) first[group] = step
    last[group] = Math.max(last[group] ?? -1, step)
  }
  for (const value of storage.inputs) use(value, 0)
  for (const [index, { reads, writes }] of steps.entries()) {
    for (const value of reads) use(value, index)
    for (const value of writes) use(value, index)
  }
  const end = steps.length - 1
  for (const value of storage.outputs) if (first[owner[value] ?? value] !== -1) use(value, end)

  const change = new Array<number>(steps.length + 1).fill(0)
  for (const [value, size] of sizesBytes.entries()) {
    const [from = -1, to = -1] = [first[value], last[value]]
    if (from === -1) continue
    change[from] = (change[from] ?? 0) + size
    change[to + 1] = (change[to + 1] ?? 0) - size
  }
  let live = 0
  let peakBytes = 0
  let peakStep: number | null = null
  const liveBytes = steps.map((_, index) => {
    live += change[index] ?? 0
    if (peakStep === null || live > peakBytes) [peakBytes, peakStep] = [live, index]
    return live
  })
  return { liveBytes, peakBytes, peakStep }
}

/** Every value owns its bytes. */
export function ownBytes(values: number): number[] {
  return Array.from({ length: values }, (_, index) => index)
}
