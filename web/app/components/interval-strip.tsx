import type { Verdict } from '../../../simulator/decide/budget.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import { intervalGeometry, type LimitLine } from '../charts/interval-geometry.ts'
import type { Scale } from '../charts/scale.ts'

interface IntervalStripProps {
  readonly metric: Metric
  readonly scale: Scale
  readonly limit: LimitLine | null
  /** Verdict of this figure alone; `null` = no limit on it, drawn neutral. */
  readonly verdict: Verdict | null
}

/**
 * The interval mark: dot, 80 % bar, 95 % hairline, on an axis drawn by the parent.
 * Percent in x and fixed sizes in y, so it needs no redraw on resize. The figures stand beside it as text.
 */
export function IntervalStrip({ metric, scale, limit, verdict }: IntervalStripProps) {
  if (metric.availability === 'unavailable') {
    return (
      <svg className="interval" aria-hidden="true">
        <line x1="0" x2="100%" y1="50%" y2="50%" stroke="var(--line2)" strokeDasharray="2 4" />
      </svg>
    )
  }
  const { median, hairline, lowTick, highTick, solid, hollow } = intervalGeometry(metric, scale, limit)
  return (
    <svg className={`interval v-${verdict ?? 'none'}`} aria-hidden="true">
      <line x1={`${hairline.from}%`} x2={`${hairline.to}%`} y1="50%" y2="50%" stroke="var(--v)" />
      {lowTick && <EndTick at={hairline.from} />}
      {highTick && <EndTick at={hairline.to} />}
      {hollow && (
        <rect
          x={`${hollow.from}%`}
          width={`${hollow.to - hollow.from}%`}
          y="50%"
          height="6"
          transform="translate(0 -3)"
          fill="var(--bg)"
          stroke="var(--v)"
          strokeWidth="1.2"
        />
      )}
      {solid && (
        <rect
          x={`${solid.from}%`}
          width={`${solid.to - solid.from}%`}
          y="50%"
          height="6"
          transform="translate(0 -3)"
          fill="var(--v)"
        />
      )}
      {median !== null && (
        <circle cx={`${median}%`} cy="50%" r="5" fill="var(--v)" stroke="var(--bg)" strokeWidth="1.5" />
      )}
    </svg>
  )
}

function EndTick({ at }: { at: number }) {
  return (
    <svg x={`${at}%`} y="50%" overflow="visible" aria-hidden="true">
      <path d="M0-4V4" stroke="var(--v)" />
    </svg>
  )
}
