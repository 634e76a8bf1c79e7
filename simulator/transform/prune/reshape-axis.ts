/** Where one axis goes when a tensor is looked at under another shape. */
import type { Channels } from './channels.ts'

export interface ReshapedAxis {
  readonly axis: number
  readonly channels: Channels
  /** More than 1: the axis was split, and equal positions of that many parts must share their fate. */
  readonly parts: number
}

/**
 * The axis of `to` that holds `channels` of axis `axis` of `from`; `null` where no single axis does.
 *
 * Merged with axes behind it, every channel repeats; with axes before it, the list repeats. Split, the last piece is
 * followed: [heads · d] → [heads, d] loses the same positions in every head.
 */
export function reshapeAxis(
  from: readonly number[],
  axis: number,
  to: readonly number[],
  channels: Channels,
): ReshapedAxis | null {
  const size = channels.length
  const before = product(from, 0, axis)
  for (let at = 0; at < to.length; at++) {
    const extent = to[at] ?? 1
    const prefix = product(to, 0, at)
    if (before % prefix === 0 && extent % ((before / prefix) * size) === 0) {
      const times = before / prefix
      return { axis: at, channels: repeated(channels, times, extent / (times * size)), parts: 1 }
    }
  }
  for (let at = to.length - 1; at >= 0; at--) {
    const extent = to[at] ?? 1
    const parts = product(to, 0, at) / before
    if (extent > 1 && Number.isInteger(parts) && parts * extent === size) {
      return { axis: at, channels: channels.slice(0, extent), parts }
    }
  }
  return null
}

/** The list `times` times, each channel `each` times in a row. */
function repeated(channels: Channels, times: number, each: number): Channels {
  const run = each === 1 ? channels : channels.flatMap((channel) => new Array<number>(each).fill(channel))
  return times === 1 ? run : Array.from({ length: times }, () => run).flat()
}

function product(dims: readonly number[], from: number, to: number): number {
  let result = 1
  for (let axis = from; axis < to; axis++) result *= dims[axis] ?? 1
  return result
}
