/** Which place answers first, said only where the bands allow it. */
import type { AvailableMetric, Metric } from '../../../simulator/predict/prediction.ts'

export type FirstPlace<Key> =
  | { readonly kind: 'first'; readonly first: Key; readonly totalMs: AvailableMetric }
  /** The 80 % bands of the two fastest overlap. */
  | { readonly kind: 'indistinguishable'; readonly first: Key; readonly second: Key }
  | { readonly kind: 'unknown' }

export function firstPlace<Key>(places: readonly { readonly key: Key; readonly totalMs: Metric }[]): FirstPlace<Key> {
  const known = places
    .flatMap(({ key, totalMs }) => (totalMs.availability === 'available' ? [{ key, totalMs }] : []))
    .toSorted((a, b) => a.totalMs.p50 - b.totalMs.p50)
  const [first, second] = known
  if (first === undefined) return { kind: 'unknown' }
  if (second !== undefined && second.totalMs.pi80[0] <= first.totalMs.pi80[1]) {
    return { kind: 'indistinguishable', first: first.key, second: second.key }
  }
  return { kind: 'first', first: first.key, totalMs: first.totalMs }
}
