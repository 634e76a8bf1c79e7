/**
 * What each of several changes contributes to their joint effect (docs/method/what-if.md, WHAT-3): Shapley values,
 *
 *     φ_i = Σ_{S ∌ i} |S|!·(n − |S| − 1)!/n! · (v(S ∪ i) − v(S))
 *
 * the mean over all orders of adding them, so no order is preferred and Σ φ = v(all) − v(none).
 */

/** 2^6 = 64 predictions. */
export const maxWaterfallChanges = 6

/** `value(mask)`: of the changes whose bits are set. Asked once for each of the 2^n sets. */
export function shapleyValues(count: number, value: (mask: number) => number): number[] {
  const sets = 2 ** count
  const values = Array.from({ length: sets }, (_, mask) => value(mask))
  const weights = Array.from({ length: count }, (_, size) => weightOf(size, count))
  return Array.from({ length: count }, (_, change) => {
    const bit = 2 ** change
    let contribution = 0
    for (let mask = 0; mask < sets; mask++) {
      if ((mask & bit) !== 0) continue
      contribution += (weights[bitsIn(mask)] ?? 0) * ((values[mask | bit] ?? 0) - (values[mask] ?? 0))
    }
    return contribution
  })
}

/** |S|!·(n − |S| − 1)!/n! = 1 / (n · C(n − 1, |S|)). */
function weightOf(size: number, count: number): number {
  let combinations = 1
  for (let i = 0; i < size; i++) combinations = (combinations * (count - 1 - i)) / (i + 1)
  return 1 / (count * combinations)
}

function bitsIn(mask: number): number {
  let bits = 0
  for (let rest = mask; rest > 0; rest >>= 1) bits += rest & 1
  return bits
}
