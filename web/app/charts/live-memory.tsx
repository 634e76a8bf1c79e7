import { byteSize, joined } from '../i18n/format.ts'
import { linearDomain, linearTicks } from './scale.ts'
import { stepPath } from './work-geometry.ts'

interface LiveMemoryChartProps {
  /** Layer by layer, in execution order. */
  readonly liveBytes: readonly number[]
  readonly width: number
  readonly label: string
  readonly labels: { readonly x: string; readonly peak: string }
}

const height = 260
const frame = { left: 58, right: 4, top: 16, bottom: 24 }

/** Activations alive while each layer runs; the peak is named. */
export function LiveMemoryChart({ liveBytes, width, label, labels }: LiveMemoryChartProps) {
  const domain = linearDomain(liveBytes)
  const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom }
  const peak = Math.max(0, ...liveBytes)
  const peakAt = liveBytes.indexOf(peak)
  const x = frame.left + (inner.width * (peakAt + 0.5)) / Math.max(1, liveBytes.length)
  const y = (value: number) => frame.top + inner.height * (1 - value / domain[1])
  const isRight = peakAt > liveBytes.length / 2
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {linearTicks(domain, 5).map((value) => (
        <g key={value}>
          <line className="grid" x1={frame.left} x2={width - frame.right} y1={y(value)} y2={y(value)} />
          <text className="mono" x={frame.left - 6} y={y(value) + 4} textAnchor="end">
            {value === 0 ? '0' : joined(byteSize(value, 2))}
          </text>
        </g>
      ))}
      <path
        transform={`translate(${frame.left} ${frame.top})`}
        d={stepPath(liveBytes, inner.width, inner.height, domain[1])}
        fill="var(--mem)"
        opacity=".55"
      />
      {peak > 0 && (
        <>
          <circle cx={x} cy={y(peak)} r="4" fill="var(--bg)" stroke="var(--ink)" strokeWidth="1.5" />
          <text
            className="strong halo"
            x={x + (isRight ? -9 : 9)}
            y={y(peak) + 1}
            textAnchor={isRight ? 'end' : 'start'}
          >
            {labels.peak}
          </text>
        </>
      )}
      <text x={width - frame.right} y={height - 6} textAnchor="end">
        {labels.x}
      </text>
    </svg>
  )
}
