import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { byteSize } from '../i18n/format.ts'
import { linearDomain, linearTicks } from './scale.ts'

interface MemoryChartProps {
  readonly prediction: Prediction
  readonly width: number
  readonly height: number
  /** `null` = not known. */
  readonly onchipBytes: number | null
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: {
    readonly weights: string
    readonly runtime: string
    readonly runtimeApart: string
    readonly activations: string
    readonly peak: string
    readonly x: string
    readonly capacity: string
    readonly offScale: string
    readonly onchip: string
  }
  readonly selected: number | null
}

const frame = { left: 58, right: 4, top: 14, bottom: 32 }

/** A runtime so many times as large as the model would flatten it, and is written instead of drawn. */
const dwarfs = 3

/** Weights (with caches of keys and values) and runtime lie under the activations that are alive while each kernel runs. */
export function MemoryChart({ prediction, width, height, onchipBytes, label, labels, selected }: MemoryChartProps) {
  const { kernels, memory } = prediction
  const base = memory.weightBytes + memory.kvCacheBytes
  const live = kernels.map(({ liveBytes }) => liveBytes)
  const peak = Math.max(0, ...live)
  const whole = memory.runtimeBytes ?? 0
  const isApart = whole > dwarfs * (base + peak) && (memory.capacityBytes ?? Number.POSITIVE_INFINITY) > whole
  const runtime = isApart ? 0 : whole
  const peakAt = live.indexOf(peak)
  const domain = linearDomain([base + runtime + peak])
  const isOnWeights = onchipBytes !== null && onchipBytes + domain[1] * 0.06 < base
  const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom }
  const x = (kernel: number) => frame.left + (inner.width * kernel) / Math.max(1, kernels.length)
  const y = (size: number) => frame.top + inner.height * (1 - size / domain[1])
  const floor = y(0)
  const steps = live.map((size, index) => `V${y(base + runtime + size).toFixed(1)}H${x(index + 1).toFixed(1)}`).join('')
  const capacity = memory.capacityBytes
  const end = width - frame.right
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {linearTicks(domain, 5).map((value) => (
        <g key={value}>
          <line className="grid" x1={frame.left} x2={end} y1={y(value)} y2={y(value)} />
          <text className="mono" x={frame.left - 6} y={y(value) + 4} textAnchor="end">
            {value === 0 ? '0' : axisSize(value)}
          </text>
        </g>
      ))}
      <path d={`M${x(0)} ${y(base + runtime)}${steps}V${y(base + runtime)}Z`} fill="var(--mem)" opacity=".55" />
      <Band
        from={y(base)}
        to={y(base + runtime)}
        left={frame.left}
        right={end}
        fill="var(--line2)"
        label={labels.runtime}
      />
      <Band from={floor} to={y(base)} left={frame.left} right={end} fill="var(--ink3)" label={labels.weights} inverse />
      {peak > 0 && (
        <>
          <circle
            cx={x(peakAt + 0.5)}
            cy={y(base + runtime + peak)}
            r="4"
            fill="var(--bg)"
            stroke="var(--ink)"
            strokeWidth="1.5"
          />
          <text
            className="strong halo"
            x={x(peakAt + 0.5) + (peakAt > kernels.length / 2 ? -9 : 9)}
            y={Math.max(frame.top + 4, y(base + runtime + peak)) + 1}
            textAnchor={peakAt > kernels.length / 2 ? 'end' : 'start'}
          >
            {labels.peak}
          </text>
        </>
      )}
      {selected !== null && kernels[selected] && (
        <rect
          x={x(selected)}
          y={frame.top}
          width={Math.max(1.5, x(selected + 1) - x(selected))}
          height={inner.height}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.5"
        />
      )}
      {isApart && (
        <text className="halo" x={frame.left + 4} y={frame.top - 3}>
          {labels.runtimeApart}
        </text>
      )}
      {onchipBytes !== null && onchipBytes <= domain[1] && (
        <>
          <line
            x1={frame.left}
            x2={end}
            y1={y(onchipBytes)}
            y2={y(onchipBytes)}
            stroke={isOnWeights ? 'var(--bg)' : 'var(--ink2)'}
            strokeDasharray="3 3"
          />
          <text
            className={isOnWeights ? '' : 'halo'}
            style={isOnWeights ? { fill: 'var(--bg)' } : undefined}
            x={frame.left + 4}
            y={y(onchipBytes) - 4}
          >
            {labels.onchip}
          </text>
        </>
      )}
      {capacity !== null &&
        (capacity <= domain[1] && !isApart ? (
          <>
            <line
              x1={frame.left}
              x2={end}
              y1={y(capacity)}
              y2={y(capacity)}
              stroke="var(--ink2)"
              strokeDasharray="3 3"
            />
            <text className="halo" x={end} y={y(capacity) - 4} textAnchor="end">
              {labels.capacity}
            </text>
          </>
        ) : (
          <text className="halo" x={end} y={frame.top - 3} textAnchor="end">
            {labels.offScale}
          </text>
        ))}
      <text className="mono" x={frame.left} y={height - 17}>
        1
      </text>
      <text className="mono" x={end} y={height - 17} textAnchor="end">
        {kernels.length}
      </text>
      <text x={(frame.left + end) / 2} y={height - 17} textAnchor="middle">
        {labels.x}
      </text>
    </svg>
  )
}

/** `4 MB`, without the zeros that a figure would carry. */
function axisSize(value: number): string {
  const { text, unit } = byteSize(value, 3)
  return `${Number(text)} ${unit}`
}

function Band(props: {
  from: number
  to: number
  left: number
  right: number
  fill: string
  label: string
  inverse?: boolean
}) {
  const { from, to, left, right, fill, label, inverse = false } = props
  if (from - to < 0.5) return null
  const roomy = from - to >= 16
  return (
    <>
      <rect x={left} y={to} width={right - left} height={from - to} fill={fill} opacity={inverse ? 1 : 0.55} />
      <text
        className={roomy ? '' : 'halo'}
        x={right - 6}
        y={roomy ? (from + to) / 2 + 4 : to - 4}
        textAnchor="end"
        style={{ fill: roomy && inverse ? 'var(--bg)' : 'var(--ink)' }}
      >
        {label}
      </text>
    </>
  )
}
