import type { ClassAmounts } from '../answer/layer-order.ts'
import { percent } from '../i18n/format.ts'
import { classBars } from './work-geometry.ts'

interface WorkByClassProps {
  readonly classes: readonly ClassAmounts[]
  readonly width: number
  readonly label: string
  readonly labels: { readonly macs: string; readonly weights: string }
}

const rowHeight = 40
const barHeight = 9
const valueWidth = 44

/** Two bars per class: filled MACs, outlined weights; told apart by fill and by word, not by colour alone. */
export function WorkByClass({ classes, width, label, labels }: WorkByClassProps) {
  const bars = classBars(classes)
  const height = bars.length * rowHeight
  const room = Math.max(40, width - valueWidth)
  return (
    <svg className="chart" height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {bars.map(({ name, macShare, weightShare }, index) => {
        const y = index * rowHeight
        return (
          <g key={name} transform={`translate(0 ${y})`}>
            <text className="strong" x="0" y="11">
              {name}
            </text>
            <rect x="0" y="16" width={Math.max(0, (macShare ?? 0) * room)} height={barHeight} fill="var(--comp)" />
            <text className="mono" x={(macShare ?? 0) * room + 5} y={16 + barHeight}>
              {macShare === null ? '?' : percent(macShare)} {index === 0 ? labels.macs : ''}
            </text>
            <rect
              x="0.5"
              y="27.5"
              width={Math.max(0, weightShare * room - 1)}
              height={barHeight - 1}
              fill="none"
              stroke="var(--mem)"
            />
            <text className="mono" x={weightShare * room + 5} y={27 + barHeight}>
              {percent(weightShare)} {index === 0 ? labels.weights : ''}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
