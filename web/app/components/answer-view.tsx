import { useState } from 'react'
import { type Answer, countVerdicts, orderRows, rowKey } from '../answer/answer.ts'
import { familyOf } from '../answer/family.ts'
import { countStops } from '../answer/stops.ts'
import { useText } from '../i18n/use-text.ts'
import { useMedia } from '../state/use-media.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { OpenedModel } from '../workers/model-service.ts'
import { AnswerActions } from './answer-actions.tsx'
import { AnswerRows, type DeviceFacts } from './answer-rows.tsx'
import { DeviceDetail } from './device-detail.tsx'
import { Finding } from './finding.tsx'
import { HowToRead } from './how-to-read.tsx'
import { OwnResultList } from './own-result-list.tsx'
import { Refusals } from './refusals.tsx'
import { Stops } from './stops.tsx'

/** Rows before "Show all". */
const shownAtFirst = 10

interface AnswerViewProps {
  readonly answer: Answer
  readonly model: OpenedModel
  /** An older answer, shown while the new one is computed. */
  readonly stale: boolean
}

export function AnswerView({ answer, model, stale }: AnswerViewProps) {
  const text = useText()
  const { budget, catalog } = useWorkspace()
  const [all, setAll] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const wide = useMedia('(min-width: 1100px)')
  const rows = orderRows(answer.rows)
  const counts = countVerdicts(rows)
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  const index = Math.max(
    0,
    shown.findIndex((row) => rowKey(row) === chosen),
  )
  const selected = chosen === null && !wide ? null : (shown[index] ?? null)
  const stops = countStops(rows)

  const factsOf = (deviceId: string): DeviceFacts => {
    const device = catalog?.devices.find(({ id }) => id === deviceId)
    return { family: device ? familyOf(device) : 'other', priceUsd: device?.priceUsd?.value ?? null }
  }
  const step = (by: 1 | -1) => {
    const next = shown[index + by]
    if (next !== undefined) setChosen(rowKey(next))
  }
  const detail = selected && <DeviceDetail row={selected} index={index} count={rows.length} onStep={step} />
  const hidden = rows.slice(shown.length)
  return (
    <div className={stale ? 'opacity-60' : undefined}>
      <Finding answer={answer} counts={counts} />
      <div className="answer-grid">
        <div className="min-w-0">
          <AnswerRows
            rows={shown}
            budget={budget}
            factsOf={factsOf}
            selected={selected && rowKey(selected)}
            onSelect={(key) => setChosen(!wide && key === chosen ? null : key)}
            detail={wide ? undefined : detail}
          />
          <div className="flex flex-wrap gap-x-4.5 gap-y-2 py-3 pl-2 text-dense text-ink2 max-[860px]:pl-0">
            {hidden.length > 0 && (
              <span>
                {text.rows.more(
                  hidden.length,
                  hidden.filter(({ fit }) => fit.verdict === 'unknown').length,
                  hidden.filter(({ fit }) => fit.verdict === 'fails').length,
                )}
              </span>
            )}
            {rows.length > shownAtFirst && (
              <button type="button" className="link" onClick={() => setAll(!all)}>
                {all ? text.rows.showFewer : text.rows.showAll(rows.length)}
              </button>
            )}
            <AnswerActions model={model} />
          </div>
          <OwnResultList />
          <Refusals refused={answer.refused} />
          <div className="mt-8 grid grid-cols-[1.15fr_1fr] gap-9 max-[860px]:grid-cols-1">
            <HowToRead />
            {stops.length > 0 && <Stops stops={stops} />}
          </div>
        </div>
        {wide && (
          <aside className="detail" aria-label={text.detail.label}>
            {detail}
          </aside>
        )}
      </div>
    </div>
  )
}
