/** The charts of the workbench as tables: the accessible form of each, and what a reader copies. */
import type { FactUse, Prediction } from '../../../simulator/predict/prediction.ts'
import { mbFromBytes } from '../../../simulator/quantities.ts'
import { movedBytes } from '../charts/kernel-shares.ts'
import type { Roofline } from '../charts/roofline-geometry.ts'
import type { TimelineLanes } from '../charts/timeline-lanes.ts'
import { figure, percent, siPrefix } from '../i18n/format.ts'
import { barName, barReason, laneText } from '../i18n/place-text.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'
import { DataTable } from './data-table.tsx'
import { StatusMark } from './status-mark.tsx'

/** Every bar in the order of execution. */
export function TimelineTwin({ chart: { bars, totalMs } }: { chart: TimelineLanes }) {
  const text = useText()
  const { kernels, timeline } = text.workbench
  return (
    <DataTable
      caption={timeline.title}
      head={[
        kernels.name,
        text.placement.unit,
        timeline.from,
        kernels.ms,
        kernels.share,
        kernels.bound,
        text.placement.whyHere,
      ]}
      rows={bars.map((bar) => [
        barName(bar, text),
        laneText(bar.lane, text),
        figure(bar.fromMs, 3),
        figure(bar.toMs - bar.fromMs, 3),
        percent((bar.toMs - bar.fromMs) / totalMs),
        bar.kind === 'kernel' ? <BoundMark key="bound" bound={bar.kernel.bound} /> : '',
        barReason(bar, text),
      ])}
    />
  )
}

interface RooflineTwinProps {
  readonly roofline: Roofline
  readonly roofs: readonly { readonly name: string; readonly status: FactUse['status'] }[]
}

export function RooflineTwin({ roofline: { points }, roofs }: RooflineTwinProps) {
  const text = useText().workbench
  return (
    <>
      <DataTable
        caption={text.roofline.roofs}
        head={[text.roofline.roof, text.facts.class]}
        rows={roofs.map(({ name, status }) => [name, <StatusMark key="status" status={status} />])}
      />
      <DataTable
        caption={text.roofline.title}
        head={[text.kernels.name, text.kernels.intensity, text.roofline.rate, text.kernels.bound]}
        rows={points.map(({ kernel, opsPerByte, opsPerS, bound }) => {
          const rate = siPrefix(opsPerS)
          return [
            kernel.name,
            figure(opsPerByte, 3),
            `${rate.text} ${rate.prefix}`,
            <BoundMark key="bound" bound={bound} />,
          ]
        })}
      />
    </>
  )
}

export function MemoryTwin({ prediction: { kernels } }: { prediction: Prediction }) {
  const text = useText().workbench
  return (
    <DataTable
      caption={text.memoryChart.title}
      head={[text.kernels.name, text.memoryChart.live, text.kernels.bytes]}
      rows={kernels.map((kernel) => [
        kernel.name,
        figure(mbFromBytes(kernel.liveBytes), 3),
        figure(mbFromBytes(movedBytes(kernel)), 3),
      ])}
    />
  )
}
