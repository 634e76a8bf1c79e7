import type { LimitCheck, LimitName } from '../../../simulator/decide/budget.ts'
import type { AvailableMetric, Metric } from '../../../simulator/predict/prediction.ts'
import { formatProbability } from '../../../simulator/report/figures.ts'
import { isLowerBound } from '../answer/stops.ts'
import { byteSize, figure, joined, plain, significantDigits } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { BudgetMarks } from './answer-axis.tsx'
import { IntervalStrip } from './interval-strip.tsx'

const scale = { kind: 'linear', domain: [0, 1.5] } as const
const units = { maxLatencyMs: 'ms', minThroughputPerS: '/s', maxPowerW: 'W', maxEnergyMj: 'mJ' } as const

/** Each limit on one scale: how much of it the figure uses. A lower bound is drawn as the share it asks of the figure. */
export function LimitShares({ checks }: { checks: readonly LimitCheck[] }) {
  const text = useText()
  return (
    <section>
      <div className="share-row">
        <h3 className="col-span-2">{text.detail.shares}</h3>
        <span className="label text-right">{text.detail.p}</span>
        <span className="label share-full">100 %</span>
      </div>
      <ul>
        {checks.map((check) => (
          <li key={check.limit} className={`share-row v-${check.verdict}`}>
            <span>{text.limits[check.limit]}</span>
            <div className="mini-strip">
              <BudgetMarks scale={scale} limit={{ value: 1, kind: 'max' }} />
              <IntervalStrip
                metric={shareOf(check)}
                scale={scale}
                limit={{ value: 1, kind: 'max' }}
                verdict={check.verdict}
              />
            </div>
            <span className="numeric">
              <Value check={check} />
            </span>
            <span className="numeric text-(--v)">{check.pMeets === null ? '–' : formatProbability(check.pMeets)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Value({ check: { limit, metric } }: { check: LimitCheck }) {
  const text = useText()
  if (metric.availability === 'unavailable') {
    return (
      <span className="unknown" title={text.rows.noFigure(metric.missing)}>
        {text.unknown}
      </span>
    )
  }
  return valueText(limit, metric)
}

function valueText(limit: LimitName, metric: AvailableMetric): string {
  const digits = significantDigits(metric)
  if (limit === 'maxMemoryBytes') return joined(byteSize(metric.p50, digits))
  if (limit === 'maxPriceUsd') return `$${plain(metric.p50)}`
  return `${figure(metric.p50, digits)} ${units[limit]}`
}

function shareOf({ limit, limitValue, metric }: LimitCheck): Metric {
  if (metric.availability === 'unavailable') return metric
  const share = (value: number) => (isLowerBound(limit) ? limitValue / value : value / limitValue)
  const sorted = ([a, b]: readonly [number, number]): readonly [number, number] => [
    Math.min(share(a), share(b)),
    Math.max(share(a), share(b)),
  ]
  return { availability: 'available', p50: share(metric.p50), pi80: sorted(metric.pi80), pi95: sorted(metric.pi95) }
}
