import { useId } from 'react'
import type { Bound } from '../../../simulator/predict/prediction.ts'
import { tick } from '../i18n/format.ts'
import { dramShare } from './kernel-shares.ts'
import { linearDomain, linearTicks, position } from './scale.ts'
import type { CrossingBar, KernelBar, TimelineBar, TimelineLanes } from './timeline-lanes.ts'

interface TimelineProps {
  readonly chart: TimelineLanes
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: {
    readonly lane: (id: string) => string
    readonly traffic: string
    readonly limit: string
    /** What a bar is, in words. */
    readonly bar: (bar: TimelineBar) => string
  }
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

const left = 86
const firstLaneTop = 26
const laneHeight = 30
const lanePitch = 42
const trafficHeight = 38
const axisHeight = 30

const colours: Readonly<Record<Bound, string>> = {
  compute: 'var(--comp)',
  memory: 'var(--mem)',
  link: 'var(--uplink)',
  overhead: 'var(--line2)',
}

/** A lane per unit with a bar per kernel, what crosses between them, and how busy DRAM is meanwhile. */
export function Timeline({ chart, width, label, labels, selected, onSelect }: TimelineProps) {
  const { lanes, bars, totalMs } = chart
  const hatch = useId()
  // The axis ends with the inference, so that short ones are not squeezed into a corner.
  const scale = { kind: 'linear', domain: [0, totalMs] } as const
  const x = (ms: number) => left + ((width - left - 6) * position(scale, ms)) / 100
  const top = (lane: string) => firstLaneTop + lanePitch * Math.max(0, lanes.indexOf(lane))
  const trafficTop = firstLaneTop + lanePitch * lanes.length + 16
  const height = trafficTop + trafficHeight + axisHeight
  const kernels = bars.filter((bar): bar is KernelBar => bar.kind === 'kernel')
  const crossings = bars.filter((bar): bar is CrossingBar => bar.kind === 'crossing')
  const chosen = kernels.find(({ index }) => index === selected)
  const ticks = linearTicks(linearDomain([totalMs]), Math.max(3, Math.floor(width / 110)))
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" fill="var(--bg)" />
          <line x1="1" x2="1" y1="0" y2="5" stroke="var(--ink2)" strokeWidth="1.6" />
        </pattern>
      </defs>
      {ticks
        .filter((value) => value <= totalMs)
        .map((value) => (
          <g key={value}>
            <line className="grid" x1={x(value)} x2={x(value)} y1="18" y2={height - 20} />
            <text className="mono" x={x(value)} y={height - 6} textAnchor="middle">
              {tick(value)}
            </text>
          </g>
        ))}
      {lanes.map((lane) => (
        <g key={lane}>
          <text x="0" y={top(lane) + laneHeight - 11}>
            {labels.lane(lane)}
          </text>
          <line
            className="axis-line"
            x1={left}
            x2={width}
            y1={top(lane) + laneHeight + 0.5}
            y2={top(lane) + laneHeight + 0.5}
          />
        </g>
      ))}
      <text x="0" y={trafficTop + trafficHeight - 12}>
        {labels.traffic}
      </text>
      {crossings.map(({ between, fromMs, lane }) => (
        <path
          key={`${lane} ${fromMs}`}
          d={`M${x(fromMs)} ${top(between[0]) + laneHeight / 2}V${top(between[1]) + laneHeight / 2}`}
          stroke="var(--ink3)"
          strokeDasharray="2 2"
        />
      ))}
      {bars.map((bar, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut with the pointer; the kernel table selects by keyboard.
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other identity and keep their order.
          key={index}
          x={x(bar.fromMs)}
          y={top(bar.lane)}
          width={Math.max(0.5, x(bar.toMs) - x(bar.fromMs) - 0.7)}
          height={laneHeight}
          fill={fillOf(bar, hatch)}
          onClick={bar.kind === 'kernel' ? () => onSelect(bar.index) : undefined}
        >
          <title>{labels.bar(bar)}</title>
        </rect>
      ))}
      <DramLane kernels={kernels} x={x} width={width} base={trafficTop + trafficHeight} label={labels.limit} />
      {chosen && <Callout bar={chosen} x={x} width={width} top={top(chosen.lane)} />}
    </svg>
  )
}

function fillOf(bar: TimelineBar, hatch: string): string {
  switch (bar.kind) {
    case 'kernel':
      return colours[bar.kernel.bound]
    case 'crossing':
    case 'boundary':
      return `url(#${hatch})`
    case 'invocation':
      return colours.overhead
    case 'stage':
      return 'var(--ink3)'
  }
}

interface DramLaneProps {
  readonly kernels: readonly KernelBar[]
  readonly x: (ms: number) => number
  readonly width: number
  readonly base: number
  readonly label: string
}

/** How busy memory is during each kernel, as an area under the bandwidth that software reaches. */
function DramLane({ kernels, x, width, base, label }: DramLaneProps) {
  const [start] = kernels
  if (start === undefined) return null
  const y = (share: number) => base - trafficHeight * share
  let atMs = start.fromMs
  const steps = kernels.map(({ kernel, fromMs, toMs }) => {
    const gap = fromMs > atMs ? `V${base}H${x(fromMs).toFixed(1)}` : ''
    atMs = toMs
    return `${gap}V${y(dramShare(kernel)).toFixed(1)}H${x(toMs).toFixed(1)}`
  })
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

interface CalloutProps {
  readonly bar: KernelBar
  readonly x: (ms: number) => number
  readonly width: number
  readonly top: number
}

function Callout({ bar: { fromMs, toMs, kernel }, x, width, top }: CalloutProps) {
  const middle = (x(fromMs) + x(toMs)) / 2
  const onLeft = middle > width * 0.66
  return (
    <g pointerEvents="none">
      <rect
        x={x(fromMs) - 2}
        y={top - 2.5}
        width={x(toMs) - x(fromMs) + 3}
        height={laneHeight + 5}
        fill="none"
        stroke="var(--ink)"
        strokeWidth="1.5"
      />
      <path d={`M${middle} ${top - 2.5}V10h${onLeft ? -9 : 9}`} fill="none" stroke="var(--ink)" />
      <text className="strong halo" x={middle + (onLeft ? -13 : 13)} y="14" textAnchor={onLeft ? 'end' : 'start'}>
        {kernel.name} <tspan className="mono">{kernel.timeMs.toPrecision(2)} ms</tspan>
      </text>
    </g>
  )
}
