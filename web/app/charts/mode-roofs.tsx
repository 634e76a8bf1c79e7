import type { ModeRoof } from '../answer/mode-roofs.ts'
import { siPrefix, tick } from '../i18n/format.ts'
import { type Domain, logDomain, logTicks, position } from './scale.ts'

interface ModeRoofsChartProps {
  readonly roofs: readonly ModeRoof[]
  readonly width: number
  readonly label: string
  readonly xLabel: string
  readonly nameOf: (roof: ModeRoof) => string
}

const frame = { left: 44, right: 118, top: 10, bottom: 34 }
const height = 260
const nameHeight = 14
const dashes = [undefined, '7 3', '4 3', '2 2', '1 3'] as const

/** One roof per mode, the shipped one solid: memory bounds the slope, computing the flat part. */
export function ModeRoofsChart({ roofs, width, label, xLabel, nameOf }: ModeRoofsChartProps) {
  const x: Domain = [1, 10 ** Math.ceil(Math.log10(Math.max(100, ...roofs.map((roof) => 4 * (ridge(roof) ?? 1)))))]
  const y = logDomain(
    roofs.flatMap(({ opsPerS, bytesPerS }) => [opsPerS, bytesPerS === null ? opsPerS / 30 : bytesPerS]),
  )
  const atX = (value: number) =>
    frame.left + ((width - frame.left - frame.right) * position({ kind: 'log', domain: x }, value)) / 100
  const atY = (value: number) =>
    frame.top + (height - frame.top - frame.bottom) * (1 - position({ kind: 'log', domain: y }, value) / 100)
  const names = spread(roofs.map(({ opsPerS }) => atY(opsPerS)))
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {logTicks(x, 5).map((value) => (
        <g key={`x${value}`}>
          <line className="grid" x1={atX(value)} x2={atX(value)} y1={frame.top} y2={height - frame.bottom} />
          <text className="mono" x={atX(value)} y={height - 18} textAnchor="middle">
            {tick(value)}
          </text>
        </g>
      ))}
      {logTicks(y, 5).map((value) => (
        <g key={`y${value}`}>
          <line className="grid" x1={frame.left} x2={width - frame.right} y1={atY(value)} y2={atY(value)} />
          <text className="mono" x={frame.left - 6} y={atY(value) + 4} textAnchor="end">
            {opsTick(value)}
          </text>
        </g>
      ))}
      <text x={width - frame.right} y={height - 3} textAnchor="end">
        {xLabel}
      </text>
      {roofs.map((roof, index) => (
        <g key={roof.mode ?? ''}>
          <path
            d={roofPath(roof, x, atX, atY)}
            fill="none"
            stroke="var(--ink)"
            strokeWidth={index === 0 ? 1.6 : 1}
            strokeDasharray={dashes[Math.min(index, dashes.length - 1)]}
          />
          <text
            x={width - frame.right + 6}
            y={(names[index] ?? 0) + 4}
            style={{ fill: 'var(--ink)', fontWeight: index === 0 ? 600 : 400 }}
          >
            {nameOf(roof)}
          </text>
        </g>
      ))}
    </svg>
  )
}

function ridge({ opsPerS, bytesPerS }: ModeRoof): number | null {
  return bytesPerS === null ? null : opsPerS / bytesPerS
}

function roofPath(roof: ModeRoof, [low, high]: Domain, atX: (v: number) => number, atY: (v: number) => number): string {
  const { opsPerS, bytesPerS } = roof
  const flat = `L${atX(high)} ${atY(opsPerS)}`
  if (bytesPerS === null || opsPerS / bytesPerS <= low) return `M${atX(low)} ${atY(opsPerS)}${flat}`
  return `M${atX(low)} ${atY(low * bytesPerS)}L${atX(opsPerS / bytesPerS)} ${atY(opsPerS)}${flat}`
}

/** Names keep a line's distance, in the order of their roofs. */
function spread(wanted: readonly number[]): readonly number[] {
  const placed: number[] = Array.from(wanted)
  let last = Number.NEGATIVE_INFINITY
  for (const index of wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))) {
    last = Math.max(wanted[index] ?? 0, last + nameHeight)
    placed[index] = last
  }
  return placed
}

function opsTick(value: number): string {
  const { text, prefix } = siPrefix(value, 3)
  return `${Number(text.replaceAll(',', ''))} ${prefix}`.trim()
}
