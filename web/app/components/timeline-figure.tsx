import { memo, useMemo } from 'react'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { boundOrder, reachedDramBytesPerS } from '../charts/kernel-shares.ts'
import { Timeline } from '../charts/timeline.tsx'
import { timelineLanes } from '../charts/timeline-lanes.ts'
import { byteRate, figure, percent } from '../i18n/format.ts'
import { barText, laneText } from '../i18n/place-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { PlacedRun } from '../workers/placed-run.ts'
import { BoundMark } from './bound-mark.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { TimelineTwin } from './chart-twins.tsx'
import { Sized } from './sized.tsx'

interface TimelineFigureProps {
  readonly prediction: Prediction
  readonly placed: PlacedRun
  /** What the application does before and after the network is drawn too. */
  readonly withStages: boolean
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

/** What each unit does when, what crosses between them, and how busy the memory behind them is. */
export const TimelineFigure = memo(function TimelineFigure(props: TimelineFigureProps) {
  const { prediction, placed, withStages, selected, onSelect } = props
  const text = useText()
  const chart = useMemo(() => timelineLanes(prediction, placed, withStages), [prediction, placed, withStages])
  const { totalMs, overlappedMs } = placed.timeline
  const ms = (value: number) => `${figure(value, 3)} ms`
  const shares = boundOrder
    .filter((bound) => chart.byBoundMs[bound] > 0)
    .map((bound) => `${percent(chart.byBoundMs[bound] / totalMs)} ${text.bounds[bound]}`)
    .join(', ')
  const note = text.workbench.timeline.note(prediction.kernels.length, ms(totalMs), shares)
  const overlap = overlappedMs < totalMs * (1 - leastOverlap) ? text.placement.overlapped(ms(overlappedMs)) : ''
  const reached = reachedDramBytesPerS(prediction)
  return (
    <ChartFrame
      title={text.workbench.timeline.title}
      note={overlap === '' ? note : `${note} ${overlap}`}
      summary={note}
      fileName="edgefit-timeline"
      legend={<Legend hasTransfers={chart.bars.some(isTransfer)} hasStages={withStages} />}
      chart={
        <Sized>
          {(width) => (
            <Timeline
              chart={chart}
              width={width}
              label={note}
              selected={selected}
              onSelect={onSelect}
              labels={{
                lane: (lane) => laneText(lane, text),
                traffic: reached === null ? text.workbench.timeline.memory : text.workbench.timeline.traffic,
                limit: reached === null ? '' : text.workbench.timeline.limit(byteRate(reached)),
                bar: (bar) => barText(bar, text),
              }}
            />
          )}
        </Sized>
      }
      table={<TimelineTwin chart={chart} />}
    />
  )
})

/** Less saved by working at once is not worth words. */
const leastOverlap = 0.01

function isTransfer({ kind }: { kind: string }): boolean {
  return kind === 'crossing' || kind === 'boundary'
}

function Legend({ hasTransfers, hasStages }: { hasTransfers: boolean; hasStages: boolean }) {
  const text = useText().placement
  return (
    <span className="flex flex-wrap gap-x-3.5 text-note max-sm:hidden" aria-hidden="true">
      {boundOrder.map((bound) => (
        <BoundMark key={bound} bound={bound} />
      ))}
      {hasTransfers && <Swatch className="swatch-transfer" name={text.transfer} />}
      {hasStages && <Swatch className="bg-ink3" name={text.stage} />}
    </span>
  )
}

function Swatch({ className, name }: { className: string; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink2">
      <i className={`size-2.5 ${className}`} /> {name}
    </span>
  )
}
