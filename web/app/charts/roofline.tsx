import type { ComputeCeiling, MemoryCeiling } from '../../../simulator/decide/ceilings.ts'
import { BoundShape } from '../components/bound-mark.tsx'
import { siPrefix, tick } from '../i18n/format.ts'
import { type Flat, pointRadius, type Roofline, type RooflinePoint, type Slope } from './roofline-geometry.ts'
import { logTicks, position } from './scale.ts'

interface RooflineChartProps {
  readonly roofline: Roofline
  readonly width: number
  readonly height: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: {
    readonly x: string
    readonly ceiling: (ceiling: ComputeCeiling) => string
    readonly slope: (ceiling: MemoryCeiling) => string
  }
  readonly selected: number | null
  readonly onSelect: (kernel: number) => void
}

const frame = { left: 46, right: 4, top: 14, bottom: 32 }

/** Log-log: one point per kernel, its area the time, its shape and colour what bounds it. */
export function RooflineChart({ roofline, width, height, label, labels, selected, onSelect }: RooflineChartProps) {
  const { points } = roofline
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
      <Roofs {...{ x, y, width, roofline, labels }} />
      {chosen && <Leader point={chosen} at={[x(chosen.opsPerByte), y(chosen.opsPerS)]} width={width} />}
    </svg>
  )
}

interface Axes {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly width: number
}

/** Solid: what holds for this precision; dotted: the other precisions and the memory on chip; dashed: idle cores. */
function Roofs({ roofline, labels, ...axes }: Axes & { roofline: Roofline; labels: RooflineChartProps['labels'] }) {
  const inUse = roofline.flats.find(({ ceiling }) => ceiling.isInUse)
  const texts = flatTexts(roofline, axes, labels.ceiling)
  return (
    <g fill="none" stroke="var(--ink)">
      {roofline.flats.map((flat) => (
        <FlatRoof key={labels.ceiling(flat.ceiling)} flat={flat} roofline={roofline} {...axes} />
      ))}
      {roofline.slopes.map((slope) => (
        <SlantedRoof
          key={slope.ceiling.level}
          slope={slope}
          solidTo={inUse === undefined ? slope.toOpsPerByte : inUse.ceiling.opsPerS / slope.ceiling.bytesPerS}
          roofline={roofline}
          label={labels.slope(slope.ceiling)}
          {...axes}
        />
      ))}
      {texts.map(({ text, y, strong }) => (
        <text
          key={text}
          className={strong ? 'strong halo' : 'halo'}
          stroke="none"
          x={axes.width - frame.right}
          y={y}
          textAnchor="end"
        >
          {text}
        </text>
      ))}
    </g>
  )
}

const textHeight = 13

/** Names above their lines, the one in use first; one that would lie on another is left to the table. */
function flatTexts({ flats }: Roofline, { y }: Axes, nameOf: (ceiling: ComputeCeiling) => string) {
  const placed: { text: string; y: number; strong: boolean }[] = []
  for (const { ceiling } of flats) {
    const at = y(ceiling.opsPerS) - 6
    if (placed.some((other) => Math.abs(other.y - at) < textHeight)) continue
    placed.push({ text: nameOf(ceiling), y: at, strong: ceiling.isInUse })
  }
  return placed
}

function FlatRoof({ flat, roofline, x, y, width }: Axes & { flat: Flat; roofline: Roofline }) {
  const { ceiling, fromOpsPerByte } = flat
  const [low, high] = roofline.x
  const dash = ceiling.isInUse ? undefined : ceiling.cores === null ? '2 3' : '6 3'
  return (
    <path
      d={`M${x(Math.min(high, Math.max(low, fromOpsPerByte)))} ${y(ceiling.opsPerS)}H${width - frame.right}`}
      strokeWidth={ceiling.isInUse ? 1.6 : 1}
      strokeDasharray={dash}
      stroke={ceiling.isInUse ? undefined : 'var(--ink3)'}
    />
  )
}

function SlantedRoof(props: Axes & { slope: Slope; solidTo: number; roofline: Roofline; label: string }) {
  const { slope, solidTo, roofline, label, x, y } = props
  const { bytesPerS } = slope.ceiling
  const from = Math.max(roofline.x[0], roofline.y[0] / bytesPerS)
  const to = Math.min(roofline.x[1], roofline.y[1] / bytesPerS, slope.toOpsPerByte)
  if (to <= from) return null
  const at = (opsPerByte: number) => [x(opsPerByte), y(opsPerByte * bytesPerS)] as const
  const [start, end] = [at(from), at(to)]
  const bend = at(Math.min(to, Math.max(from, solidTo)))
  const angle = (Math.atan2(end[1] - start[1], end[0] - start[0]) * 180) / Math.PI
  const length = Math.hypot(bend[0] - start[0], bend[1] - start[1])
  return (
    <>
      <path
        d={`M${start.join(' ')}L${bend.join(' ')}`}
        strokeWidth={slope.isInUse ? 1.6 : 1}
        strokeDasharray={slope.isInUse ? undefined : '2 3'}
        stroke={slope.isInUse ? undefined : 'var(--ink3)'}
      />
      {to > solidTo && <path d={`M${bend.join(' ')}L${end.join(' ')}`} stroke="var(--ink3)" strokeDasharray="6 3" />}
      {length > label.length * 6 && (
        <text
          className={slope.isInUse ? 'strong halo' : 'halo'}
          stroke="none"
          transform={`translate(${start[0]} ${start[1]}) rotate(${angle})`}
          x={length * 0.12}
          y="-6"
        >
          {label}
        </text>
      )}
    </>
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
