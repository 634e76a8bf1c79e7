import type { SplitReport } from '../../../worker/contract/validation.ts'
import { percent } from '../i18n/format.ts'

interface CalibrationChartProps {
  readonly curve: SplitReport['calibration']
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: {
    readonly x: string
    readonly y: string
    readonly covers: (stated: string, observed: string) => string
  }
}

const frame = { left: 48, right: 10, top: 12, bottom: 34 }
const height = 240
const ticks = [0, 0.25, 0.5, 0.75, 1]
/** The two bands that every answer states. */
const stated = [0.8, 0.95]

/** Stated level on x, share of measured figures inside on y. */
export function CalibrationChart({ curve, width, label, labels }: CalibrationChartProps) {
  const x = (share: number) => frame.left + (width - frame.left - frame.right) * share
  const y = (share: number) => frame.top + (height - frame.top - frame.bottom) * (1 - share)
  const line = [{ statedShare: 0, observedShare: 0 }, ...curve]
    .map(({ statedShare, observedShare }, index) => `${index === 0 ? 'M' : 'L'}${x(statedShare)} ${y(observedShare)}`)
    .join('')
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {ticks.map((share) => (
        <g key={share}>
          <line className="grid" x1={x(share)} x2={x(share)} y1={y(1)} y2={y(0)} />
          <line className="grid" x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
          <text className="mono" x={x(share)} y={y(0) + 15} textAnchor="middle">
            {share * 100}
          </text>
          <text className="mono" x={frame.left - 6} y={y(share) + 4} textAnchor="end">
            {share * 100}
          </text>
        </g>
      ))}
      <text x={x(1)} y={height - 3} textAnchor="end">
        {labels.x}
      </text>
      <text transform={`translate(10 ${frame.top}) rotate(-90)`} textAnchor="end">
        {labels.y}
      </text>
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--ink3)" strokeDasharray="3 3" />
      <path d={line} fill="none" stroke="var(--ink)" strokeWidth="1.5" />
      {curve.map(({ statedShare, observedShare }) => {
        const isStated = stated.includes(statedShare)
        return (
          <g key={statedShare}>
            <circle
              cx={x(statedShare)}
              cy={y(observedShare)}
              r={isStated ? 5 : 2.5}
              fill={isStated ? 'var(--ink)' : 'var(--bg)'}
              stroke="var(--ink)"
            />
            {isStated && (
              <text className="strong halo" x={x(statedShare) - 9} y={y(observedShare) - 7} textAnchor="end">
                {labels.covers(percent(statedShare), percent(observedShare))}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
