import { type ReactNode, useRef } from 'react'
import type { Budget } from '../../../simulator/decide/budget.ts'
import type { ReportRow } from '../../../simulator/report/format.ts'
import { rowKey } from '../answer/answer.ts'
import { answerAxis } from '../answer/axis.ts'
import type { Family } from '../answer/family.ts'
import { useText } from '../i18n/use-text.ts'
import { AxisHead, AxisPlane } from './answer-axis.tsx'
import { AnswerRow } from './answer-row.tsx'

export interface DeviceFacts {
  readonly family: Family
  readonly priceUsd: number | null
}

interface AnswerRowsProps {
  readonly rows: readonly ReportRow[]
  readonly budget: Budget
  readonly factsOf: (deviceId: string) => DeviceFacts
  /** Key of the selected row; `null` where rows only show. */
  readonly selected: string | null
  readonly onSelect?: (key: string) => void
  /** Details to open below the selected row, on screens without room beside the list. */
  readonly detail?: ReactNode
}

/** One row per device on one shared axis, the budget line through all of them. Arrow keys walk the rows. */
export function AnswerRows({ rows, budget, factsOf, selected, onSelect, detail }: AnswerRowsProps) {
  const text = useText().rows
  const axis = answerAxis(rows, budget)
  const list = useRef<HTMLOListElement>(null)

  function walk(step: number) {
    const index = rows.findIndex((row) => rowKey(row) === selected)
    const next = rows[index + step]
    if (next === undefined || onSelect === undefined) return
    onSelect(rowKey(next))
    list.current?.querySelectorAll<HTMLButtonElement>('.row-button')[index + step]?.focus()
  }

  return (
    <div>
      <div className="rows-head">
        <span>{text.verdict}</span>
        <span>{text.device}</span>
        <AxisHead axis={axis} />
        <span className="text-right">{axis.pace === 'latency' ? text.latency : text.throughput}</span>
        <span className="text-right">{text.power}</span>
        <span className="text-right">{text.price}</span>
      </div>
      <div className="rows-body">
        <AxisPlane axis={axis} />
        <ol
          ref={list}
          aria-label={text.label}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
            event.preventDefault()
            walk(event.key === 'ArrowDown' ? 1 : -1)
          }}
        >
          {rows.map((row) => {
            const key = rowKey(row)
            return (
              <AnswerRow
                key={key}
                row={row}
                axis={axis}
                facts={factsOf(row.prediction.deviceId)}
                selected={key === selected}
                onSelect={onSelect && (() => onSelect(key))}
                detail={key === selected ? detail : undefined}
              />
            )
          })}
        </ol>
      </div>
    </div>
  )
}
