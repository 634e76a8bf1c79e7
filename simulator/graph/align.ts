/**
 * Which element of one list is which of another, in order: the longest run of anchors, then what lies between them.
 *
 * Anchors pair the k-th occurrence of a key on one side with the k-th on the other and keep the longest increasing
 * sequence (patience diff). Gaps are tried again, then with the next, laxer key. O(n log n) for a fixed number of keys.
 */

export type Key<Element> = (element: Element) => string

export interface Pair {
  readonly before: number
  readonly after: number
}

/** How often a gap is tried again with the same key before the next one. */
const maxRounds = 4

/** Pairs in increasing order of both indices; `keys` from strict to lax, an element pairs by the first that works. */
export function align<Element>(
  before: readonly Element[],
  after: readonly Element[],
  keys: readonly Key<Element>[],
): Pair[] {
  const pairs: Pair[] = []
  const written = keys.map((key) => [before.map(key), after.map(key)] as const)

  const fill = (from: Pair, to: Pair, level: number, round: number): void => {
    if (from.before >= to.before || from.after >= to.after) return
    const [left, right] = written[level] ?? []
    if (left === undefined || right === undefined) return
    const anchors = anchorsIn(left, right, from, to)
    const again = anchors.length > 0 && round < maxRounds
    let start = from
    for (const anchor of [...anchors, to]) {
      if (again) fill(start, anchor, level, round + 1)
      else fill(start, anchor, level + 1, 0)
      if (anchor !== to) pairs.push(anchor)
      start = { before: anchor.before + 1, after: anchor.after + 1 }
    }
  }

  fill({ before: 0, after: 0 }, { before: before.length, after: after.length }, 0, 0)
  return pairs
}

/** Pairs of equal keys between `from` and `to` (exclusive), increasing on both sides. */
function anchorsIn(left: readonly string[], right: readonly string[], from: Pair, to: Pair): Pair[] {
  const positions = new Map<string, number[]>()
  for (let after = to.after - 1; after >= from.after; after--) {
    const key = right[after] ?? ''
    const known = positions.get(key)
    if (known === undefined) positions.set(key, [after])
    else known.push(after)
  }
  const candidates: Pair[] = []
  for (let before = from.before; before < to.before; before++) {
    const after = positions.get(left[before] ?? '')?.pop()
    if (after !== undefined) candidates.push({ before, after })
  }
  return longestIncreasing(candidates)
}

/** Longest subsequence with increasing `after`; candidates come with increasing `before`. */
function longestIncreasing(candidates: readonly Pair[]): Pair[] {
  const tails: number[] = []
  const previous = new Int32Array(candidates.length).fill(-1)
  candidates.forEach(({ after }, index) => {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((candidates[tails[middle] ?? 0]?.after ?? 0) < after) low = middle + 1
      else high = middle
    }
    previous[index] = low === 0 ? -1 : (tails[low - 1] ?? -1)
    tails[low] = index
  })
  const chain: Pair[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = candidates[at]
    if (pair !== undefined) chain.push(pair)
  }
  return chain.reverse()
}
