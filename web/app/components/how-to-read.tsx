import type { AvailableMetric } from '../../../simulator/predict/prediction.ts'
import { useText } from '../i18n/use-text.ts'
import { BudgetMarks } from './answer-axis.tsx'
import { IntervalStrip } from './interval-strip.tsx'

/** A made-up interval on an axis of percent: a picture of the notation, not of a figure. */
const example: AvailableMetric = { availability: 'available', p50: 42, pi80: [22, 70], pi95: [10, 84] }
const scale = { kind: 'linear', domain: [0, 100] } as const
const limit = { value: 62, kind: 'max' } as const

/** A key to the interval mark. */
export function HowToRead() {
  const text = useText().howTo
  const labels = [
    [10, text.band95],
    [30, text.band80],
  ] as const
  return (
    <section className="section" aria-labelledby="how-to-read">
      <div className="section-head">
        <h2 id="how-to-read">{text.title}</h2>
      </div>
      <div className="relative h-32 max-w-120" role="img" aria-label={text.summary}>
        <span className="absolute top-0 left-[42%] -translate-x-1/2 text-label">{text.median}</span>
        <div className="absolute inset-x-0 top-5 h-16">
          <BudgetMarks scale={scale} limit={limit} />
          <IntervalStrip metric={example} scale={scale} limit={limit} verdict="tight" />
        </div>
        {labels.map(([at, name]) => (
          <span
            key={name}
            className="label absolute top-17 -translate-x-1/2 whitespace-nowrap"
            style={{ left: `${at}%` }}
          >
            {name}
          </span>
        ))}
        <span className="absolute top-22 left-[63%] text-label">
          <b className="block font-semibold">{text.budget}</b>
          <span className="text-ink3">{text.hollow}</span>
        </span>
      </div>
    </section>
  )
}
