import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { boundOrder, reachedDramBytesPerS, timeShares } from '../charts/kernel-shares.ts'
import { MemoryChart } from '../charts/memory.tsx'
import { RooflineChart } from '../charts/roofline.tsx'
import { roofline } from '../charts/roofline-geometry.ts'
import { Timeline } from '../charts/timeline.tsx'
import { byteSize, figure, joined, percent, siPrefix } from '../i18n/format.ts'
import { unitText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { MemoryTwin, RooflineTwin, TimelineTwin } from './chart-twins.tsx'
import { Sized } from './sized.tsx'

interface WorkbenchChartsProps {
  readonly prediction: Prediction
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

export function WorkbenchCharts(props: WorkbenchChartsProps) {
  return (
    <>
      <TimelineFigure {...props} />
      <div className="grid grid-cols-2 gap-8 max-[1180px]:grid-cols-1">
        <RooflineFigure {...props} />
        <MemoryFigure {...props} />
      </div>
    </>
  )
}

function TimelineFigure({ prediction, selected, onSelect }: WorkbenchChartsProps) {
  const text = useText()
  const shares = timeShares(prediction)
  const parts = boundOrder
    .filter((bound) => shares.byBoundMs[bound] > 0)
    .map((bound) => `${percent(shares.byBoundMs[bound] / shares.totalMs)} ${text.bounds[bound]}`)
    .join(', ')
  const note = text.workbench.timeline.note(prediction.kernels.length, `${figure(shares.totalMs, 3)} ms`, parts)
  const summary = note
  const reached = reachedDramBytesPerS(prediction)
  return (
    <ChartFrame
      title={text.workbench.timeline.title}
      note={note}
      summary={summary}
      fileName="edgefit-timeline"
      legend={<Legend />}
      chart={
        <Sized>
          {(width) => (
            <Timeline
              prediction={prediction}
              width={width}
              label={summary}
              selected={selected}
              onSelect={onSelect}
              labels={{
                unit: unitText(prediction.unitId),
                traffic: text.workbench.timeline.traffic,
                limit: reached === null ? '' : text.workbench.timeline.limit(rate(reached)),
                start: text.workbench.timeline.start(`${figure(shares.startMs, 2)} ms`),
              }}
            />
          )}
        </Sized>
      }
      table={<TimelineTwin prediction={prediction} />}
    />
  )
}

function Legend() {
  return (
    <span className="flex flex-wrap gap-x-3.5 text-note max-sm:hidden" aria-hidden="true">
      {boundOrder.map((bound) => (
        <BoundMark key={bound} bound={bound} />
      ))}
    </span>
  )
}

function RooflineFigure({ prediction, selected, onSelect }: WorkbenchChartsProps) {
  const text = useText().workbench.roofline
  const chart = roofline(prediction)
  const count = (wanted: string) => chart.points.filter(({ bound }) => bound === wanted).length
  const summary = text.summary(count('compute'), count('memory'), count('link') + count('overhead'))
  const footnotes = [
    chart.peakOpsPerS === null ? text.unknownPeak : null,
    chart.slopeBytesPerS === null ? text.unknownBandwidth : null,
    chart.onChip > 0 ? text.onChip(chart.onChip) : null,
    chart.omitted > 0 ? text.noMacs(chart.omitted) : null,
  ].filter((note) => note !== null)
  return (
    <ChartFrame
      title={text.title}
      note={text.note}
      summary={summary}
      fileName="edgefit-roofline"
      chart={
        <Sized>
          {(width) => (
            <RooflineChart
              roofline={chart}
              width={width}
              label={summary}
              selected={selected}
              onSelect={onSelect}
              labels={{
                x: text.x,
                ceiling:
                  chart.peakOpsPerS === null ? '' : text.ceiling(chart.arithmetic, operations(chart.peakOpsPerS)),
                slope:
                  chart.slopeBytesPerS === null
                    ? ''
                    : chart.slopeIs === 'dram'
                      ? text.slope(rate(chart.slopeBytesPerS))
                      : text.linkSlope(rate(chart.slopeBytesPerS)),
              }}
            />
          )}
        </Sized>
      }
      table={<RooflineTwin roofline={chart} />}
      footnote={footnotes.length > 0 ? footnotes.join(' ') : undefined}
    />
  )
}

function MemoryFigure({ prediction, selected }: WorkbenchChartsProps) {
  const text = useText().workbench
  const { memory, kernels } = prediction
  const peak = kernels.reduce((most, kernel) => Math.max(most, kernel.liveBytes), 0)
  const at = kernels.find(({ liveBytes }) => liveBytes === peak)?.name ?? ''
  const summary = text.memoryChart.summary(joined(byteSize(peak)), at)
  const capacity = memory.capacityBytes === null ? '' : joined(byteSize(memory.capacityBytes))
  return (
    <ChartFrame
      title={text.memoryChart.title}
      note={text.memoryChart.note}
      summary={summary}
      fileName="edgefit-memory"
      chart={
        <Sized>
          {(width) => (
            <MemoryChart
              prediction={prediction}
              width={width}
              label={summary}
              selected={selected}
              labels={{
                weights: `${text.weights} ${joined(byteSize(memory.weightBytes))}`,
                runtime:
                  memory.runtimeBytes === null ? '' : `${text.runtimeMemory} ${joined(byteSize(memory.runtimeBytes))}`,
                activations: text.activations,
                peak: `${text.peak} ${joined(byteSize(peak))}`,
                x: text.memoryChart.x,
                capacity: `${text.capacity} ${capacity}`,
                offScale: text.memoryChart.offScale(capacity),
              }}
            />
          )}
        </Sized>
      }
      table={<MemoryTwin prediction={prediction} />}
    />
  )
}

function rate(bytesPerS: number): string {
  return `${joined(byteSize(bytesPerS))}/s`
}

function operations(opsPerS: number): string {
  const { text, prefix } = siPrefix(opsPerS)
  return `${text} ${prefix}OPS`
}
