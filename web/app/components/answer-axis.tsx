import type { AnswerAxis } from '../answer/axis.ts'
import { losingSide } from '../charts/interval-geometry.ts'
import { position } from '../charts/scale.ts'
import { plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { AxisTicks } from './axis-ticks.tsx'

/** Title, ticks and the value of the budget line in its flag. */
export function AxisHead({ axis }: { axis: AnswerAxis }) {
  const text = useText()
  const { scale, ticks, limit, pace } = axis
  const flag = limit === null ? null : position(scale, limit.value)
  return (
    <span className="axis">
      <span className="axis-title" data-side={flag !== null && flag < 50 ? 'right' : 'left'}>
        {pace === 'latency' ? text.rows.latencyAxis : text.rows.throughputAxis}
      </span>
      <AxisTicks scale={scale} ticks={ticks} />
      {limit !== null && (
        <b className="budget-flag" style={{ left: `${flag}%` }}>
          {plain(limit.value)} {pace === 'latency' ? text.header.latency : text.header.throughput}
        </b>
      )}
    </span>
  )
}

/** Gridlines, the hatched side and the one budget line, behind all rows. */
export function AxisPlane({ axis: { scale, ticks, limit } }: { axis: AnswerAxis }) {
  return (
    <div className="plane" aria-hidden="true">
      <div>
        {ticks.map((value) => (
          <i key={value} className="gridline" style={{ left: `${position(scale, value)}%` }} />
        ))}
        {limit !== null && <BudgetMarks scale={scale} limit={limit} />}
      </div>
    </div>
  )
}

export function BudgetMarks({ scale, limit }: { scale: AnswerAxis['scale']; limit: NonNullable<AnswerAxis['limit']> }) {
  const { from, to } = losingSide(scale, limit)
  return (
    <>
      <i className="over" style={{ left: `${from}%`, width: `${to - from}%` }} />
      <i className="budget-line" style={{ left: `${limit.kind === 'max' ? from : to}%` }} />
    </>
  )
}
