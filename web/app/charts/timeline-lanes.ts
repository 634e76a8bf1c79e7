/** The timeline as lanes: one per unit that works and one for the link, with what the application does around the network. */
import type { KernelPlace } from '../../../simulator/placement/kernel-places.ts'
import type { StageId } from '../../../simulator/placement/stages.ts'
import { linkLane } from '../../../simulator/placement/tasks.ts'
import type { CrossingAnswer } from '../../../simulator/predict/placement.ts'
import type { Bound, KernelResult, Prediction } from '../../../simulator/predict/prediction.ts'
import type { PlacedRun } from '../workers/placed-run.ts'

interface Bar {
  /** Id of a unit, or `linkLane`. */
  readonly lane: string
  readonly fromMs: number
  readonly toMs: number
}

export interface KernelBar extends Bar {
  readonly kind: 'kernel'
  readonly index: number
  readonly kernel: KernelResult
  readonly place: KernelPlace
}

export interface CrossingBar extends Bar {
  readonly kind: 'crossing'
  readonly crossing: CrossingAnswer
  /** Lanes of the parts that it lies between. */
  readonly between: readonly [from: string, to: string]
}

interface OtherBar extends Bar {
  readonly kind: 'invocation' | 'boundary'
}

interface StageBar extends Bar {
  readonly kind: 'stage'
  readonly stage: StageId
}

export type TimelineBar = KernelBar | CrossingBar | OtherBar | StageBar

export interface TimelineLanes {
  /** The processor above the accelerator, the link under both. */
  readonly lanes: readonly string[]
  /** In the order of execution, each where the one before ends. */
  readonly bars: readonly TimelineBar[]
  readonly totalMs: number
  /** What bounds each part of the time of the network. */
  readonly byBoundMs: Readonly<Record<Bound, number>>
}

/** `withStages`: the stages of a batch stand before and after the network. */
export function timelineLanes(prediction: Prediction, placed: PlacedRun, withStages: boolean): TimelineLanes {
  const { timeline, stageUnitId } = placed
  const stages = withStages ? placed.placement.endToEnd.stages : []
  const bars: TimelineBar[] = []
  let atMs = 0
  const addStages = (when: 'before' | 'after') => {
    for (const { id, timeMs, when: its } of stages) {
      if (its !== when) continue
      const toMs = atMs + timeMs * prediction.batch
      bars.push({ kind: 'stage', stage: id, lane: stageUnitId, fromMs: atMs, toMs })
      atMs = toMs
    }
  }
  addStages('before')
  const startMs = atMs
  const byBoundMs: Record<Bound, number> = { compute: 0, memory: 0, link: 0, overhead: 0 }
  for (const span of timeline.spans) {
    const bar = barOf(span, startMs, prediction, placed)
    byBoundMs[boundOf(bar)] += bar.toMs - bar.fromMs
    bars.push(bar)
  }
  atMs = startMs + timeline.totalMs
  addStages('after')
  const used = [...new Set(bars.map(({ lane }) => lane))]
  const others = used.filter((lane) => lane !== prediction.unitId && lane !== linkLane)
  const lanes = [...others, prediction.unitId, ...(used.includes(linkLane) ? [linkLane] : [])]
  return { lanes, bars, totalMs: atMs, byBoundMs }
}

function barOf(
  { lane, kind, of, startMs, endMs }: PlacedRun['timeline']['spans'][number],
  laterMs: number,
  { kernels }: Prediction,
  { placement, places }: PlacedRun,
): Exclude<TimelineBar, StageBar> {
  const at = { lane, fromMs: startMs + laterMs, toMs: endMs + laterMs }
  if (kind === 'invocation' || kind === 'boundary') return { kind, ...at }
  if (kind === 'kernel') {
    const [kernel, place] = [kernels[of ?? -1], places[of ?? -1]]
    if (of === null || kernel === undefined || place === undefined) throw new Error(`no kernel ${of}`)
    return { kind, ...at, index: of, kernel, place }
  }
  const crossing = placement.crossings[of ?? -1]
  if (crossing === undefined) throw new Error(`no crossing ${of}`)
  const laneOf = (part: number): string => placement.partitions[part]?.unitId ?? lane
  return { kind, ...at, crossing, between: [laneOf(crossing.from), laneOf(crossing.to)] }
}

function boundOf(bar: Exclude<TimelineBar, StageBar>): Bound {
  switch (bar.kind) {
    case 'kernel':
      return bar.kernel.bound
    case 'invocation':
      return 'overhead'
    case 'boundary':
      return 'link'
    case 'crossing':
      // A processor copies through its memory.
      return bar.lane === linkLane ? 'link' : 'memory'
  }
}
