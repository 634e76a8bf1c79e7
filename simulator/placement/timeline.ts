/**
 * A placed run on the time axis, one task after the other as interpreters run it: it ends at the latency of the
 * prediction (docs/method/placement.md, PLACE-5, PLACE-6).
 */
import { msFromS } from '../quantities.ts'
import { schedule, type Task } from './schedule.ts'
import type { PlacedSimulation } from './simulate-placed.ts'
import { tasksOf } from './tasks.ts'

interface TimelineSpan {
  /** Id of a unit, or `linkLane`. */
  readonly lane: string
  readonly kind: Task['kind']
  readonly name: string
  /** Index of the kernel or of the crossing; `null` = neither. */
  readonly of: number | null
  readonly startMs: number
  readonly endMs: number
}

export interface Timeline {
  /** In the order of execution. */
  readonly spans: readonly TimelineSpan[]
  readonly totalMs: number
  /** If every task began as soon as its data is there and its lane is free. */
  readonly overlappedMs: number
}

export function timelineOf(simulation: PlacedSimulation): Timeline {
  const tasks = tasksOf(simulation)
  const spans: TimelineSpan[] = []
  let atS = 0
  for (const { lane, kind, name, of = null, timeS } of tasks) {
    spans.push({ lane, kind, name, of, startMs: msFromS(atS), endMs: msFromS(atS + timeS) })
    atS += timeS
  }
  return { spans, totalMs: msFromS(atS), overlappedMs: msFromS(schedule(tasks).makespanS) }
}
