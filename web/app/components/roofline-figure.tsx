import { memo } from 'react'
import type { Ceilings, ComputeCeiling, MemoryCeiling } from '../../../simulator/decide/ceilings.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { RooflineChart } from '../charts/roofline.tsx'
import { roofline } from '../charts/roofline-geometry.ts'
import type { Messages } from '../i18n/en.ts'
import { byteRate, siPrefix } from '../i18n/format.ts'
import { precisionText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import { ChartFrame } from './chart-frame.tsx'
import { RooflineTwin } from './chart-twins.tsx'
import { Sized } from './sized.tsx'
import { StatusMark } from './status-mark.tsx'

interface RooflineFigureProps {
  readonly prediction: Prediction
  readonly ceilings: Ceilings
  readonly height: number
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

/** Kernels under a roof for each precision and each level of memory. */
export const RooflineFigure = memo(function RooflineFigure({
  prediction,
  ceilings,
  height,
  selected,
  onSelect,
}: RooflineFigureProps) {
  const text = useText().workbench.roofline
  const chart = roofline(prediction, ceilings)
  const count = (wanted: string) => chart.points.filter(({ bound }) => bound === wanted).length
  const summary = text.summary(count('compute'), count('memory'), count('link') + count('overhead'))
  const roofs = [
    ...ceilings.compute.map((ceiling) => ({ name: flatText(ceiling, text), status: ceiling.status })),
    ...ceilings.memory.map((ceiling) => ({ name: slopeText(ceiling, text), status: ceiling.status })),
  ]
  const notes = [
    ceilings.memory.some(({ level }) => level === 'onchip') ? null : text.unknownOnchip,
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
              height={height}
              label={summary}
              selected={selected}
              onSelect={onSelect}
              labels={{
                x: text.x,
                ceiling: (ceiling) => flatText(ceiling, text),
                slope: (ceiling) => slopeText(ceiling, text),
              }}
            />
          )}
        </Sized>
      }
      table={<RooflineTwin roofline={chart} roofs={roofs} />}
      footnote={
        <>
          <span className="flex flex-wrap gap-x-3.5">
            {roofs.map(({ name, status }) => (
              <span key={name} className="inline-flex items-center gap-1">
                <StatusMark status={status} bare /> {name}
              </span>
            ))}
          </span>
          {notes.join(' ')}
        </>
      }
    />
  )
})

type RooflineText = Messages['workbench']['roofline']

function flatText({ precisions: [first = 'fp32', ...others], opsPerS, cores }: ComputeCeiling, text: RooflineText) {
  const { text: value, prefix } = siPrefix(opsPerS)
  const rate = `${value} ${prefix}OPS`
  if (cores !== null) return text.allCores(precisionText(first), cores, rate)
  return text.ceiling(precisionText(first), others.length, rate)
}

function slopeText({ level, bytesPerS }: MemoryCeiling, text: RooflineText) {
  return text.slopes[level](byteRate(bytesPerS))
}
