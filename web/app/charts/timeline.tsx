import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { tick } from '../i18n/format.ts'
import { dramShare, type TimedKernel, timeShares } from './kernel-shares.ts'
import { linearDomain, linearTicks, position } from './scale.ts'

interface TimelineProps {
  readonly prediction: Prediction
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: { readonly unit: string; readonly traffic: string; readonly limit: string; readonly start: string }
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

const left = 86
const laneTop = 26
const laneHeight = 34
const trafficTop = 84
const trafficHeight = 38
const height = 152

/** One bar per kernel in execution order, and how busy DRAM is meanwhile. */
export function Timeline({ prediction, width, label, labels, selected, onSelect }: TimelineProps) {
  const { timed, startMs, totalMs } = timeShares(prediction)
  const domain = linearDomain([totalMs])
  // The axis ends with the inference, so that short ones are not squeezed into a corner.
  const scale = { kind: 'linear', domain: [0, totalMs] } as const
  const x = (ms: number) => left + ((width - left - 6) * position(scale, ms)) / 100
  const chosen = timed.find(({ index }) => index === selected)
  const ticks = linearTicks(domain, Math.max(3, Math.floor(width / 110))).filter((value) => value <= totalMs)
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {ticks.map((value) => (
        <g key={value}>
          <line className="grid" x1={x(value)} x2={x(value)} y1="18" y2={height - 20} />
          <text className="mono" x={x(value)} y={height - 6} textAnchor="middle">
            {tick(value)}
          </text>
        </g>
      ))}
      <text x="0" y={laneTop + 21}>
        {labels.unit}
      </text>
      <text x="0" y={trafficTop + trafficHeight - 12}>
        {labels.traffic}
      </text>
      {startMs > 0 && (
        <rect
          x={x(0)}
          y={laneTop}
          width={Math.max(0.5, x(startMs) - x(0) - 0.7)}
          height={laneHeight}
          fill="var(--line2)"
        >
          <title>{labels.start}</title>
        </rect>
      )}
      {timed.map((item) => (
        <KernelBar key={item.index} item={item} x={x} onSelect={onSelect} />
      ))}
      <line
        className="axis-line"
        x1={left}
        x2={width}
        y1={laneTop + laneHeight + 0.5}
        y2={laneTop + laneHeight + 0.5}
      />
      <DramLane timed={timed} x={x} width={width} label={labels.limit} />
      {chosen && <Callout item={chosen} x={x} width={width} />}
    </svg>
  )
}

function KernelBar({
  item,
  x,
  onSelect,
}: {
  item: TimedKernel
  x: (ms: number) => number
  onSelect: (kernel: number) => void
}) {
  const { kernel, fromMs, toMs, index } = item
  const colour = { compute: 'var(--comp)', memory: 'var(--mem)', link: 'var(--uplink)', overhead: 'var(--line2)' }[
    kernel.bound
  ]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut with the pointer; the kernel table selects by keyboard.
    <rect
      x={x(fromMs)}
      y={laneTop}
      width={Math.max(0.5, x(toMs) - x(fromMs) - 0.7)}
      height={laneHeight}
      fill={colour}
      onClick={() => onSelect(index)}
    >
      <title>{`${kernel.name}, ${kernel.timeMs.toPrecision(3)} ms`}</title>
    </rect>
  )
}

/** How busy DRAM is during each kernel, as an area under the bandwidth that software reaches. */
function DramLane(props: { timed: readonly TimedKernel[]; x: (ms: number) => number; width: number; label: string }) {
  const { timed, x, width, label } = props
  const [start] = timed
  if (start === undefined) return null
  const base = trafficTop + trafficHeight
  const y = (share: number) => base - trafficHeight * share
  const steps = timed.map(
    ({ kernel, fromMs, toMs }) => `H${x(fromMs).toFixed(1)}V${y(dramShare(kernel)).toFixed(1)}H${x(toMs).toFixed(1)}`,
  )
  const line = `M${x(start.fromMs).toFixed(1)} ${base}${steps.join('')}`
  return (
    <>
      <path d={`${line}V${base}Z`} fill="var(--mem)" opacity=".32" />
      <path d={line} fill="none" stroke="var(--mem)" strokeWidth="1.2" />
      <line className="axis-line" x1={left} x2={width} y1={base + 0.5} y2={base + 0.5} />
      <line x1={left} x2={width} y1={y(1)} y2={y(1)} stroke="var(--ink2)" strokeDasharray="3 3" />
      <text className="halo" x={width} y={y(1) - 4} textAnchor="end">
        {label}
      </text>
    </>
  )
}

function Callout({ item, x, width }: { item: TimedKernel; x: (ms: number) => number; width: number }) {
  const middle = (x(item.fromMs) + x(item.toMs)) / 2
  const onLeft = middle > width * 0.66
  return (
    <g pointerEvents="none">
      <rect
        x={x(item.fromMs) - 2}
        y={laneTop - 2.5}
        width={x(item.toMs) - x(item.fromMs) + 3}
        height={laneHeight + 5}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
      <path d={`M${middle} ${laneTop - 2.5}V10h${onLeft ? -9 : 9}`} fill="none" stroke="var(--ink)" />
      <text className="strong halo" x={middle + (onLeft ? -13 : 13)} y="14" textAnchor={onLeft ? 'end' : 'start'}>
        {item.kernel.name} <tspan className="mono">{item.kernel.timeMs.toPrecision(2)} ms</tspan>
      </text>
    </g>
  )
}
