/** The charts of the workbench as tables: the accessible form of each, and what a reader copies. */
import type { FactUse, Prediction } from '../../../simulator/predict/prediction.ts'
import { mbFromBytes } from '../../../simulator/quantities.ts'
import { movedBytes, timeShares } from '../charts/kernel-shares.ts'
import type { Roofline } from '../charts/roofline-geometry.ts'
import { figure, percent, siPrefix } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { BoundMark } from './bound-mark.tsx'
import { DataTable } from './data-table.tsx'
import { StatusMark } from './status-mark.tsx'

export function TimelineTwin({ prediction }: { prediction: Prediction }) {
  const text = useText().workbench
  const { timed, totalMs } = timeShares(prediction)
  return (
    <DataTable
      caption={text.timeline.title}
      head={[text.kernels.name, text.timeline.from, text.kernels.ms, text.kernels.share, text.kernels.bound]}
      rows={timed.map(({ kernel, fromMs }) => [
        kernel.name,
        figure(fromMs, 3),
        figure(kernel.timeMs, 3),
        percent(kernel.timeMs / totalMs),
        <BoundMark key="bound" bound={kernel.bound} />,
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
