import type { Sustained } from '../../../simulator/decide/sustained.ts'
import { tick } from '../i18n/format.ts'
import { heatPlot } from './heat-geometry.ts'
import { linearTicks } from './scale.ts'

interface HeatChartProps {
  readonly heat: Sustained
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: {
    readonly latency: string
    readonly temperature: string
    readonly minutes: string
    readonly die: string
    readonly surface: string
    readonly limit: (name: 'surfaceLimitC' | 'dieLimitC', celsius: number) => string
  }
}

const frame = { left: 46, right: 64, top: 22, bottom: 30 }
const plotHeight = 108
const gap = 34
const height = frame.top + 2 * plotHeight + gap + frame.bottom

/** Latency minute by minute, and under it how warm the chip and its case are, with the limits that throttle. */
export function HeatChart({ heat, width, label, labels }: HeatChartProps) {
  const plot = heatPlot(heat)
  const end = width - frame.right
  const x = (minute: number) => frame.left + ((end - frame.left) * minute) / plot.minutes
  const below = frame.top + plotHeight + gap
  const scaleY =
    (top: number, [low, high]: readonly [number, number]) =>
    (value: number) =>
      top + plotHeight * (1 - (value - low) / (high - low))
  const latencyY = scaleY(frame.top, plot.latency)
  const celsiusY = scaleY(below, plot.temperature)
  const last = heat.minutes.at(-1)
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <text className="strong" x="0" y={frame.top - 9}>
        {labels.latency}
      </text>
      <Grid ticks={linearTicks(plot.latency, 4)} y={latencyY} end={end} />
      <path
        d={steps(heat, ({ latencyMs }) => latencyMs, x, latencyY)}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.75"
      />
      <text className="strong" x="0" y={below - 9}>
        {labels.temperature}
      </text>
      <Grid ticks={linearTicks(plot.temperature, 4)} y={celsiusY} end={end} />
      {plot.limits.map(({ name, celsius }) =>
        celsius > plot.temperature[1] ? null : (
          <g key={name}>
            <line
              x1={frame.left}
              x2={end}
              y1={celsiusY(celsius)}
              y2={celsiusY(celsius)}
              stroke="var(--no)"
              strokeDasharray="4 3"
            />
            <text className="halo" x={frame.left + 4} y={celsiusY(celsius) - 4}>
              {labels.limit(name, celsius)}
            </text>
          </g>
        ),
      )}
      <path d={line(heat, ({ dieC }) => dieC, x, celsiusY)} fill="none" stroke="var(--comp)" strokeWidth="1.75" />
      <path
        d={line(heat, ({ surfaceC }) => surfaceC, x, celsiusY)}
        fill="none"
        stroke="var(--mem)"
        strokeWidth="1.75"
        strokeDasharray="6 3"
      />
      {last && (
        <>
          <text x={end + 5} y={celsiusY(last.dieC) + 3}>
            {labels.die}
          </text>
          <text x={end + 5} y={Math.max(celsiusY(last.surfaceC) + 3, celsiusY(last.dieC) + 16)}>
            {labels.surface}
          </text>
        </>
      )}
      {linearTicks([0, plot.minutes], 6).map((minute) => (
        <text key={minute} className="mono" x={x(minute)} y={height - 14} textAnchor="middle">
          {tick(minute)}
        </text>
      ))}
      <text x={end} y={height - 1} textAnchor="end">
        {labels.minutes}
      </text>
    </svg>
  )
}

function Grid({ ticks, y, end }: { ticks: readonly number[]; y: (value: number) => number; end: number }) {
  return ticks.map((value) => (
    <g key={value}>
      <line className="grid" x1={frame.left} x2={end} y1={y(value)} y2={y(value)} />
      <text className="mono" x={frame.left - 6} y={y(value) + 4} textAnchor="end">
        {tick(value)}
      </text>
    </g>
  ))
}

type Minute = Sustained['minutes'][number]

/** A mean holds for its whole minute. */
function steps(
  { minutes }: Sustained,
  of: (minute: Minute) => number,
  x: (at: number) => number,
  y: (value: number) => number,
) {
  return minutes
    .map((minute, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(of(minute))}H${x(index + 1)}`)
    .join('')
}

/** A temperature is that at the end of its minute; before the first it is that of the air. */
function line(
  { minutes, constants }: Sustained,
  of: (minute: Minute) => number,
  x: (at: number) => number,
  y: (value: number) => number,
) {
  const air = constants.find(({ name }) => name === 'ambientC')?.value ?? 25
  return `M${x(0)} ${y(air)}${minutes.map((minute, index) => `L${x(index + 1)} ${y(of(minute))}`).join('')}`
}
