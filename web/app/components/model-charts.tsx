import { mbFromBytes } from '../../../simulator/quantities.ts'
import { byClass } from '../answer/layer-order.ts'
import { LiveMemoryChart } from '../charts/live-memory.tsx'
import { WorkByClass } from '../charts/work-by-class.tsx'
import { byteSize, figure, joined, percent, siPrefix } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import type { LiveLayer, ModelDetail } from '../workers/model-service.ts'
import { ChartFrame } from './chart-frame.tsx'
import { DataTable } from './data-table.tsx'
import { Sized } from './sized.tsx'

/** Work by class of operator, and activations alive layer by layer; each with its table. */
export function ModelCharts({ detail, name }: { detail: ModelDetail; name: string }) {
  return (
    <div className="model-charts border-t border-ink pt-2.5">
      <WorkFigure detail={detail} name={name} />
      <MemoryFigure live={detail.live} name={name} />
    </div>
  )
}

function WorkFigure({ detail: { layers, totals }, name }: { detail: ModelDetail; name: string }) {
  const { model, unknown } = useText()
  const text = model.work
  const classes = byClass(layers.layers)
  const [first] = classes
  const share = first === undefined || !first.macs || !totals.macs ? null : first.macs / totals.macs
  const count = (value: number | null) => (value === null ? unknown : amount(value))
  return (
    <ChartFrame
      title={text.title}
      note={text.note}
      summary={first === undefined || share === null ? text.noMacs : text.summary(first.class, percent(share))}
      fileName={`edgefit-${name}-work`}
      chart={
        <Sized>{(width) => <WorkByClass classes={classes} width={width} label={text.title} labels={text} />}</Sized>
      }
      table={
        <DataTable
          caption={text.title}
          head={[text.class, text.layers, text.macs, text.weights, text.activations]}
          rows={classes.map((each) => [
            each.class,
            each.layers,
            count(each.macs),
            joined(byteSize(each.weightBytes)),
            each.activationBytes === null ? unknown : joined(byteSize(each.activationBytes)),
          ])}
        />
      }
    />
  )
}

function MemoryFigure({ live, name }: { live: readonly LiveLayer[]; name: string }) {
  const text = useText().model.memory
  const peak = live.reduce<LiveLayer | null>(
    (most, layer) => (most === null || layer.liveBytes > most.liveBytes ? layer : most),
    null,
  )
  const peakText = joined(byteSize(peak?.liveBytes ?? 0))
  return (
    <ChartFrame
      title={text.title}
      note={text.note}
      summary={text.summary(peakText, peak?.name ?? '')}
      fileName={`edgefit-${name}-memory`}
      chart={
        <Sized>
          {(width) => (
            <LiveMemoryChart
              liveBytes={live.map(({ liveBytes }) => liveBytes)}
              width={width}
              label={text.summary(peakText, peak?.name ?? '')}
              labels={{ x: text.x, peak: text.peak(peakText) }}
            />
          )}
        </Sized>
      }
      table={
        <DataTable
          caption={text.title}
          head={[text.layer, text.live]}
          rows={live.map((layer) => [layer.name, figure(mbFromBytes(layer.liveBytes), 3)])}
        />
      }
    />
  )
}

function amount(value: number): string {
  const { text, prefix } = siPrefix(value)
  return `${text} ${prefix}`.trimEnd()
}
