import type { Family } from '../answer/family.ts'
import { familyShapes } from '../components/family-mark.tsx'
import { figure, tick } from '../i18n/format.ts'
import { accuracyDomain, type PlacedPoint, timesOff } from './accuracy-geometry.ts'
import { logTicks, position } from './scale.ts'

interface AccuracyChartProps {
  readonly placed: readonly PlacedPoint[]
  readonly familyOf: (deviceId: string) => Family
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly labels: { readonly x: string; readonly y: string; readonly slower: string; readonly faster: string }
  readonly selected: PlacedPoint | null
  readonly onSelect: (rowId: string) => void
}

const frame = { left: 60, right: 8, top: 12, bottom: 34 }
const markSize = 7

/** Predicted on x, measured on y; the diagonal is right, dashed lines are a factor of two. */
export function AccuracyChart(props: AccuracyChartProps) {
  const { placed, familyOf, width, label, labels, selected, onSelect } = props
  const height = width
  const domain = accuracyDomain(placed)
  const across = width - frame.left - frame.right
  const up = height - frame.top - frame.bottom
  const x = (ms: number) => frame.left + (across * position({ kind: 'log', domain }, ms)) / 100
  const y = (ms: number) => frame.top + up * (1 - position({ kind: 'log', domain }, ms) / 100)
  const [low, high] = domain
  const guide = (factor: number) => ({
    x1: x(Math.max(low, low / factor)),
    y1: y(Math.max(low, low * factor)),
    x2: x(Math.min(high, high / factor)),
    y2: y(Math.min(high, high * factor)),
  })
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {logTicks(domain, 7).map((value) => (
        <g key={value}>
          <line className="grid" x1={x(value)} x2={x(value)} y1={frame.top} y2={height - frame.bottom} />
          <line className="grid" x1={frame.left} x2={width - frame.right} y1={y(value)} y2={y(value)} />
          <text className="mono" x={x(value)} y={height - 19} textAnchor="middle">
            {tick(value)}
          </text>
          <text className="mono" x={frame.left - 6} y={y(value) + 4} textAnchor="end">
            {tick(value)}
          </text>
        </g>
      ))}
      <text x={width - frame.right} y={height - 4} textAnchor="end">
        {labels.x}
      </text>
      <text transform={`translate(10 ${frame.top}) rotate(-90)`} textAnchor="end">
        {labels.y}
      </text>
      {placed.map((each) => (
        <Mark
          key={each.point.rowId}
          family={familyOf(each.point.deviceId)}
          at={[x(each.predictedMs), y(each.measuredMs)]}
          name={`${each.point.presetId}, ${each.point.deviceId}`}
          onSelect={() => onSelect(each.point.rowId)}
        />
      ))}
      <line {...guide(1)} stroke="var(--ink)" />
      <line {...guide(2)} stroke="var(--ink3)" strokeDasharray="3 3" />
      <line {...guide(1 / 2)} stroke="var(--ink3)" strokeDasharray="3 3" />
      <text
        className="halo"
        transform={`translate(${guide(2).x2 - 8} ${guide(2).y2 + 14}) rotate(-45)`}
        textAnchor="end"
      >
        {labels.slower}
      </text>
      <text
        className="halo"
        transform={`translate(${guide(1 / 2).x2 - 6} ${guide(1 / 2).y2 + 22}) rotate(-45)`}
        textAnchor="end"
      >
        {labels.faster}
      </text>
      {selected && <Named placed={selected} at={[x(selected.predictedMs), y(selected.measuredMs)]} width={width} />}
    </svg>
  )
}

function Mark(props: { family: Family; at: readonly [number, number]; name: string; onSelect: () => void }) {
  const { family, at, name, onSelect } = props
  const { path, hollow } = familyShapes[family]
  const colour = `var(--family-${family})`
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut with the pointer; the table opens sources by keyboard.
    <path
      d={path}
      transform={`translate(${at[0] - markSize / 2} ${at[1] - markSize / 2}) scale(${markSize / 12})`}
      fill={hollow ? 'none' : colour}
      stroke={hollow ? colour : 'none'}
      strokeWidth="2.2"
      opacity=".6"
      onClick={onSelect}
    >
      <title>{name}</title>
    </path>
  )
}

function Named({ placed, at: [x, y], width }: { placed: PlacedPoint; at: readonly [number, number]; width: number }) {
  const anchor = x > width * 0.6 ? 'end' : 'start'
  const dx = anchor === 'end' ? -14 : 14
  return (
    <g pointerEvents="none">
      <circle cx={x} cy={y} r="8" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
      <text className="strong halo" x={x + dx} y={y + 16} textAnchor={anchor}>
        {placed.point.presetId}
      </text>
      <text className="halo" x={x + dx} y={y + 30} textAnchor={anchor}>
        {placed.point.deviceId}, ×{figure(timesOff(placed), 2)}
      </text>
    </g>
  )
}
