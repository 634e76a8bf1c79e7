/** Where kernels run and why, in words. */
import type { FallbackReason } from '../../../simulator/placement/kernel-places.ts'
import { linkLane } from '../../../simulator/placement/tasks.ts'
import type { TimelineBar } from '../charts/timeline-lanes.ts'
import type { Messages } from './en.ts'
import { byteSize, figure, joined } from './format.ts'
import { unitText } from './target-text.ts'

export function laneText(lane: string, { placement }: Messages): string {
  return lane === linkLane ? placement.link : unitText(lane)
}

export function reasonText(why: FallbackReason, { placement: { why: text } }: Messages): string {
  switch (why.kind) {
    case 'lacks':
      return why.isAssumed ? text.unlisted(why.op, why.reason) : text.lacks(why.op, why.reason)
    case 'after-first':
      return text.afterFirst(why.op, why.reason)
    case 'small-part':
      return text.smallPart(why.most)
  }
}

/** Name of a bar, without its time. */
export function barName(bar: TimelineBar, { placement }: Messages): string {
  switch (bar.kind) {
    case 'kernel':
      return bar.kernel.name
    case 'stage':
      return placement.stages[bar.stage]
    case 'crossing':
      return placement.crossing(bar.crossing.from + 1, bar.crossing.to + 1)
    case 'invocation':
      return placement.start
    case 'boundary':
      return placement.boundary
  }
}

/** Why it is there; '' where that needs no words. */
export function barReason(bar: TimelineBar, messages: Messages): string {
  if (bar.kind === 'crossing') {
    const { bytes, reason } = bar.crossing
    return `${joined(byteSize(bytes))}. ${reason}`
  }
  return bar.kind === 'kernel' && bar.place.why !== null ? reasonText(bar.place.why, messages) : ''
}

export function barText(bar: TimelineBar, messages: Messages): string {
  const reason = barReason(bar, messages)
  const timed = `${barName(bar, messages)}, ${laneText(bar.lane, messages)}, ${figure(bar.toMs - bar.fromMs, 3)} ms`
  return reason === '' ? timed : `${timed}. ${reason}`
}
