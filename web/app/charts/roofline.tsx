import { BoundShape } from '../components/bound-mark.tsx'
import { siPrefix, tick } from '../i18n/format.ts'
import { pointRadius, type Roofline, type RooflinePoint } from './roofline-geometry.ts'
import { logTicks, position } from './scale.ts'

interface RooflineChartProps {
  readonly roofline: Roofline
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: { readonly x: string; readonly ceiling: string; readonly slope: string }
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

const height = 300
const frame = { left: 46, right: 4, top: 14, bottom: 32 }

/** Log-log: one point per kernel, its area the time, its shape and colour what bounds it. */
export function RooflineChart({ roofline, width, label, labels, selected, onSelect }: RooflineChartProps) {
  const { points, peakOpsPerS, slopeBytesPerS } = roofline
  const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom }
  const x = (value: number) => frame.left + (inner.width * position({ kind: 'log', domain: roofline.x }, value)) / 100
  const y = (value: number) =>
    frame.top + inner.height * (1 - position({ kind: 'log', domain: roofline.y }, value) / 100)
  const longestMs = Math.max(0, ...points.map(({ kernel }) => kernel.timeMs))
  const chosen = points.find(({ index }) => index === selected)
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {logTicks(roofline.x, Math.max(3, Math.floor(width / 62))).map((value) => (
        <g key={`x${value}`}>
          <line className="grid" x1={x(value)} x2={x(value)} y1={frame.top} y2={height - frame.bottom} />
          <text className="mono" x={x(value)} y={height - 17} textAnchor="middle">
            {tick(value)}
          </text>
        </g>
      ))}
      {logTicks(roofline.y, 6).map((value) => (
        <g key={`y${value}`}>
          <line className="grid" x1={frame.left} x2={width - frame.right} y1={y(value)} y2={y(value)} />
          <text className="mono" x={frame.left - 6} y={y(value) + 4} textAnchor="end">
            {opsTick(value)}
          </text>
        </g>
      ))}
      <text x={width - frame.right} y={height - 3} textAnchor="end">
        {labels.x}
      </text>
      {points.map((point) => (
        <Point
          key={point.index}
          point={point}
          at={[x(point.opsPerByte), y(point.opsPerS)]}
          radius={pointRadius(point.kernel.timeMs, longestMs)}
          onSelect={onSelect}
        />
      ))}
      <Ceilings {...{ x, y, width, peakOpsPerS, slopeBytesPerS, labels, domain: roofline }} />
      {chosen && <Leader point={chosen} at={[x(chosen.opsPerByte), y(chosen.opsPerS)]} width={width} />}
    </svg>
  )
}

function Ceilings(props: {
  x: (value: number) => number
  y: (value: number) => number
  width: number
  peakOpsPerS: number | null
  slopeBytesPerS: number | null
  labels: RooflineChartProps['labels']
  domain: Roofline
}) {
  const { x, y, width, peakOpsPerS, slopeBytesPerS, labels, domain } = props
  const [xLow, xHigh] = domain.x
  const [yLow, yHigh] = domain.y
  const ridge = peakOpsPerS === null || slopeBytesPerS === null ? null : peakOpsPerS / slopeBytesPerS
  const slopeFrom = slopeBytesPerS === null ? 0 : Math.max(xLow, yLow / slopeBytesPerS)
  const slopeTo = slopeBytesPerS === null ? 0 : Math.min(xHigh, ridge ?? xHigh, yHigh / slopeBytesPerS)
  const slope =
    slopeBytesPerS !== null && slopeTo > slopeFrom
      ? ([x(slopeFrom), y(slopeFrom * slopeBytesPerS), x(slopeTo), y(slopeTo * slopeBytesPerS)] as const)
      : null
  const angle = slope === null ? 0 : (Math.atan2(slope[3] - slope[1], slope[2] - slope[0]) * 180) / Math.PI
  return (
    <g fill="none" stroke="var(--ink)" strokeWidth="1.6">
      {peakOpsPerS !== null && (
        <>
          <path d={`M${x(Math.min(xHigh, Math.max(xLow, ridge ?? xLow)))} ${y(peakOpsPerS)}H${width - frame.right}`} />
          <text className="strong halo" x={width - frame.right} y={y(peakOpsPerS) - 6} textAnchor="end">
            {labels.ceiling}
          </text>
        </>
      )}
      {slope !== null && (
        <>
          <path d={`M${slope[0]} ${slope[1]}L${slope[2]} ${slope[3]}`} />
          <text
            className="strong halo"
            transform={`translate(${slope[0]} ${slope[1]}) rotate(${angle})`}
            x={Math.hypot(slope[2] - slope[0], slope[3] - slope[1]) * 0.3}
            y="-6"
          >
            {labels.slope}
          </text>
        </>
      )}
    </g>
  )
}

function Point(props: {
  point: RooflinePoint
  at: readonly [number, number]
  radius: number
  onSelect: (kernel: number) => void
}) {
  const { point, at, radius, onSelect } = props
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut with the pointer; the kernel table selects by keyboard.
    <g
      transform={`translate(${at[0] - radius} ${at[1] - radius}) scale(${radius / 5})`}
      opacity=".7"
      onClick={() => onSelect(point.index)}
    >
      <BoundShape bound={point.bound} />
      <title>{point.kernel.name}</title>
    </g>
  )
}

function Leader({ point, at: [x, y], width }: { point: RooflinePoint; at: readonly [number, number]; width: number }) {
  const onLeft = x > width * 0.6
  return (
    <g pointerEvents="none">
      <circle cx={x} cy={y} r="11" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
      <path d={`M${x + (onLeft ? -8 : 8)} ${y + 8}l${onLeft ? -10 : 10} 10`} stroke="var(--ink)" />
      <text className="strong halo" x={x + (onLeft ? -21 : 21)} y={y + 24} textAnchor={onLeft ? 'end' : 'start'}>
        {point.kernel.name}
      </text>
    </g>
  )
}

function opsTick(value: number): string {
  const { text, prefix } = siPrefix(value, 2)
  return `${Number(text)} ${prefix}`.trim()
}
