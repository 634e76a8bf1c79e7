import { memo } from 'react'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { boundOrder, reachedDramBytesPerS, timeShares } from '../charts/kernel-shares.ts'
import { Timeline } from '../charts/timeline.tsx'
import { byteRate, figure, percent } from '../i18n/format.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { TimelineTwin } from './chart-twins.tsx'
import { Sized } from './sized.tsx'

interface TimelineFigureProps {
  readonly prediction: Prediction
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

/** Kernels in execution order, and how busy the memory behind them is. */
export const TimelineFigure = memo(function TimelineFigure({ prediction, selected, onSelect }: TimelineFigureProps) {
  const text = useText()
  const shares = timeShares(prediction)
  const parts = boundOrder
    .filter((bound) => shares.byBoundMs[bound] > 0)
    .map((bound) => `${percent(shares.byBoundMs[bound] / shares.totalMs)} ${text.bounds[bound]}`)
    .join(', ')
  const note = text.workbench.timeline.note(prediction.kernels.length, `${figure(shares.totalMs, 3)} ms`, parts)
  const reached = reachedDramBytesPerS(prediction)
  return (
    <ChartFrame
      title={text.workbench.timeline.title}
      note={note}
      summary={note}
      fileName="edgefit-timeline"
      legend={<Legend />}
      chart={
        <Sized>
          {(width) => (
            <Timeline
              prediction={prediction}
              width={width}
              label={note}
              selected={selected}
              onSelect={onSelect}
              labels={{
                unit: unitText(prediction.unitId),
                traffic: reached === null ? text.workbench.timeline.memory : text.workbench.timeline.traffic,
                limit: reached === null ? '' : text.workbench.timeline.limit(byteRate(reached)),
                start: text.workbench.timeline.start(`${figure(shares.startMs, 2)} ms`),
              }}
            />
          )}
        </Sized>
      }
      table={<TimelineTwin prediction={prediction} />}
    />
  )
})

function Legend() {
  return (
    <span className="flex flex-wrap gap-x-3.5 text-note max-sm:hidden" aria-hidden="true">
      {boundOrder.map((bound) => (
        <BoundMark key={bound} bound={bound} />
      ))}
    </span>
  )
}
