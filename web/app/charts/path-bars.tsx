import type { PathParts } from '../../../simulator/network/end-to-end.ts'
import { figure, tick } from '../i18n/format.ts'
import { axisEnd, partOrder, totalOf } from './path-geometry.ts'
import { linearTicks } from './scale.ts'

interface PathBar {
  readonly key: string
  readonly name: string
  /** `null` = cannot be given; `total` then says why. */
  readonly parts: PathParts | null
  /** The median with as many digits as its band allows. */
  readonly total: string
}

interface PathBarsProps {
  readonly bars: readonly PathBar[]
  readonly width: number
  readonly label: string
  readonly partNames: Readonly<Record<keyof PathParts, string>>
  readonly deadlineMs: number | null
}

const barHeight = 20
const pitch = 36
const top = 30

/** Median paths as stacked bars on one axis; one that is far longer than the others breaks off with its value. */
export function PathBars({ bars, width, label, partNames, deadlineMs }: PathBarsProps) {
  const narrow = width < 560
  const left = narrow ? 0 : 212
  const lift = narrow ? 16 : 0
  const right = width - 64
  const rowPitch = pitch + lift
  const height = top + bars.length * rowPitch + 24
  const end = axisEnd(
    bars.map(({ parts }) => totalOf(parts)).filter((total) => total !== null),
    deadlineMs,
  )
  const x = (ms: number) => left + ((right - left) * Math.min(ms, end)) / end
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {linearTicks([0, end], narrow ? 4 : 7).map((value) => (
        <g key={value}>
          <line className="grid" x1={x(value)} x2={x(value)} y1={top - 8} y2={height - 22} />
          <text className="mono" x={x(value)} y={height - 8} textAnchor="middle">
            {tick(value)}
          </text>
        </g>
      ))}
      {bars.map((bar, index) => (
        <g key={bar.key} transform={`translate(0 ${top + index * rowPitch + lift})`}>
          <text className="strong halo" x="0" y={narrow ? -4 : 14}>
            {bar.name}
          </text>
          {bar.parts === null ? (
            <text x={left} y="14">
              {bar.total}
            </text>
          ) : (
            <Bar parts={bar.parts} total={bar.total} x={x} end={end} partNames={partNames} />
          )}
        </g>
      ))}
      {deadlineMs !== null && deadlineMs <= end && (
        <g>
          <path d={`M${x(deadlineMs)} ${top - 12}V${height - 22}`} stroke="var(--ink)" strokeWidth="2" />
          <rect x={x(deadlineMs) - 29} y="0" width="58" height="17" rx="2" fill="var(--ink)" />
          <text
            className="mono"
            x={x(deadlineMs)}
            y="12"
            textAnchor="middle"
            style={{ fill: 'var(--bg)', fontWeight: 600 }}
          >
            {figure(deadlineMs, 3)} ms
          </text>
        </g>
      )}
    </svg>
  )
}

const colours: Record<keyof PathParts, string> = {
  connectMs: 'var(--line2)',
  uplinkMs: 'var(--uplink)',
  roundTripMs: 'url(#round-trip)',
  inferenceMs: 'var(--ink)',
  downlinkMs: 'var(--ink3)',
}

function Bar(props: {
  parts: PathParts
  total: string
  x: (ms: number) => number
  end: number
  partNames: PathBarsProps['partNames']
}) {
  const { parts, total, x, end, partNames } = props
  const totalMs = totalOf(parts) ?? 0
  let atMs = 0
  const pieces = partOrder.flatMap((part) => {
    const fromMs = atMs
    atMs += parts[part]
    return parts[part] > 0 && fromMs < end ? [{ part, from: x(fromMs), to: x(atMs) }] : []
  })
  return (
    <>
      <RoundTripPattern />
      {pieces.map(({ part, from, to }) => (
        <rect key={part} x={from} width={Math.max(0.5, to - from - 0.7)} height={barHeight} fill={colours[part]}>
          <title>{`${partNames[part]} ${figure(parts[part], 2)} ms`}</title>
        </rect>
      ))}
      {totalMs > end && (
        <path
          d={`M${x(end) - 10} -2l5 ${barHeight / 2 + 2}-5 ${barHeight / 2 + 2}m6 0l5-${barHeight / 2 + 2}-5-${barHeight / 2 + 2}`}
          fill="none"
          stroke="var(--bg)"
          strokeWidth="2.5"
        />
      )}
      <text className="mono strong" x={x(totalMs) + 8} y="14">
        {total}
      </text>
    </>
  )
}

function RoundTripPattern() {
  return (
    <defs>
      <pattern id="round-trip" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V5" stroke="var(--uplink)" strokeWidth="2.4" />
      </pattern>
    </defs>
  )
}
