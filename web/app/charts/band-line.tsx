import { tick } from '../i18n/format.ts'
import { type Domain, linearTicks, logTicks, position, type Scale } from './scale.ts'

export interface BandPoint {
  readonly x: number
  readonly p50: number
  readonly low: number
  readonly high: number
}

interface BandLineProps {
  /** In the order of x. */
  readonly points: readonly BandPoint[]
  readonly x: Scale
  readonly y: Scale
  /** The point that the rest of the page is about; `null` = none. */
  readonly marked: BandPoint | null
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: { readonly x: string; readonly y: string; readonly marked: string }
}

const height = 260
const frame = { left: 52, right: 12, top: 26, bottom: 34 }

/** A figure over a condition: the median as a line in its 80 % band. */
export function BandLine({ points, x, y, marked, width, label, labels }: BandLineProps) {
  const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom }
  const left = (value: number) => frame.left + (inner.width * position(x, value)) / 100
  const top = (value: number) => frame.top + inner.height * (1 - position(y, value) / 100)
  const at = (value: number, point: BandPoint) => `${left(point.x).toFixed(1)} ${top(value).toFixed(1)}`
  const upper = points.map((point) => at(point.high, point))
  const lower = points.toReversed().map((point) => at(point.low, point))
  const isRight = marked !== null && position(x, marked.x) > 60
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <text className="strong" x="0" y="12">
        {labels.y}
      </text>
      {ticksOf(y, 5).map((value) => (
        <g key={`y${value}`}>
          <line className="grid" x1={frame.left} x2={width - frame.right} y1={top(value)} y2={top(value)} />
          <text className="mono" x={frame.left - 6} y={top(value) + 4} textAnchor="end">
            {tick(value)}
          </text>
        </g>
      ))}
      {ticksOf(x, Math.max(3, Math.floor(width / 80))).map((value) => (
        <text key={`x${value}`} className="mono" x={left(value)} y={height - 18} textAnchor="middle">
          {tick(value)}
        </text>
      ))}
      <text x={width - frame.right} y={height - 3} textAnchor="end">
        {labels.x}
      </text>
      <path d={`M${[...upper, ...lower].join('L')}Z`} fill="var(--comp)" opacity=".18" />
      <path
        d={`M${points.map((point) => at(point.p50, point)).join('L')}`}
        fill="none"
        stroke="var(--comp)"
        strokeWidth="1.75"
      />
      {marked !== null && (
        <>
          <circle
            cx={left(marked.x)}
            cy={top(marked.p50)}
            r="5"
            fill="var(--comp)"
            stroke="var(--bg)"
            strokeWidth="1.5"
          />
          <text
            className="strong halo"
            x={left(marked.x) + (isRight ? -9 : 9)}
            y={top(marked.p50) - 9}
            textAnchor={isRight ? 'end' : 'start'}
          >
            {labels.marked}
          </text>
        </>
      )}
    </svg>
  )
}

function ticksOf({ kind, domain }: { readonly kind: Scale['kind']; readonly domain: Domain }, most: number) {
  return kind === 'log' ? logTicks(domain, most) : linearTicks(domain, most)
}
