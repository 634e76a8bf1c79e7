import type { EnergyParts } from '../../../simulator/predict/prediction.ts'
import { figure } from '../i18n/format.ts'

export const energyPartOrder = ['computeMj', 'dramMj', 'onchipMj', 'linkMj', 'staticMj'] as const

export const energyPartColours: Record<keyof EnergyParts, string> = {
  computeMj: 'var(--comp)',
  dramMj: 'var(--mem)',
  onchipMj: 'var(--ink3)',
  linkMj: 'var(--uplink)',
  staticMj: 'var(--line2)',
}

interface EnergyPartsChartProps {
  readonly parts: EnergyParts
  readonly names: Readonly<Record<keyof EnergyParts, string>>
  readonly width: number
  /** What the chart shows, in a sentence. */
  readonly label: string
}

const left = 86
const right = 84
const rowHeight = 26

/** Where the energy of an inference goes: one bar for each part, in mJ from zero. */
export function EnergyPartsChart({ parts, names, width, label }: EnergyPartsChartProps) {
  const shown = energyPartOrder.filter((part) => parts[part] > 0)
  const most = Math.max(...shown.map((part) => parts[part]))
  const height = shown.length * rowHeight
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {shown.map((part, row) => {
        const length = Math.max(1, ((width - left - right) * parts[part]) / most)
        return (
          <g key={part}>
            <text x="0" y={row * rowHeight + 17}>
              {names[part]}
            </text>
            <rect x={left} y={row * rowHeight + 5} width={length} height={16} fill={energyPartColours[part]} />
            <text className="mono strong" x={left + length + 6} y={row * rowHeight + 17}>
              {figure(parts[part], 2)} mJ
            </text>
          </g>
        )
      })}
    </svg>
  )
}
