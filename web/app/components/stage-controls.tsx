import { useId, useState } from 'react'
import type { EndToEnd } from '../../../simulator/placement/end-to-end.ts'
import { type StageId, stageIds } from '../../../simulator/placement/stages.ts'
import { figure } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import type { StageTimes } from '../state/portal-state.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { SegmentsField } from './segments-field.tsx'

/** What the application does before and after the network: counted or not, with a time of each step to change. */
export function StageControls({ endToEnd }: { endToEnd: EndToEnd }) {
  const all = useText()
  const text = all.stages
  const { whatIf, setWhatIf } = useWorkspace()
  const { endToEnd: counted, stageMs = {}, ...others } = whatIf
  const set = (times: StageTimes) =>
    setWhatIf({
      ...others,
      ...(counted === undefined ? {} : { endToEnd: counted }),
      ...(Object.keys(times).length === 0 ? {} : { stageMs: times }),
    })
  // A stage that was taken out keeps its field.
  const shown = stageIds.filter((id) => stageMs[id] !== undefined || endToEnd.stages.some((stage) => stage.id === id))
  const missing = stageIds.filter((id) => !shown.includes(id))
  return (
    <section aria-label={text.title} className="flex flex-col gap-2 pt-3.5">
      <SegmentsField
        name="stages"
        label={text.title}
        options={[
          { value: 'off', label: text.off },
          { value: 'on', label: text.on },
        ]}
        value={counted === true ? 'on' : 'off'}
        onChange={(value) =>
          setWhatIf({
            ...others,
            ...(value === 'on' ? { endToEnd: true } : {}),
            ...(Object.keys(stageMs).length === 0 ? {} : { stageMs }),
          })
        }
      />
      {counted === true && (
        <>
          {shown.map((id) => (
            <StageField
              key={id}
              name={all.placement.stages[id]}
              timeMs={endToEnd.stages.find((stage) => stage.id === id)?.timeMs ?? 0}
              isGiven={stageMs[id] !== undefined}
              onChange={(timeMs) => set({ ...stageMs, [id]: timeMs })}
              onReset={() => set(without(stageMs, id))}
            />
          ))}
          {missing.length > 0 && (
            <select
              className="select"
              aria-label={text.add}
              value=""
              onChange={(event) => {
                const id = missing.find((each) => each === event.target.value)
                if (id !== undefined) set({ ...stageMs, [id]: 1 })
              }}
            >
              <option value="">{text.add}</option>
              {missing.map((id) => (
                <option key={id} value={id}>
                  {all.placement.stages[id]}
                </option>
              ))}
            </select>
          )}
          <p className="text-note text-ink3">{text.note}</p>
        </>
      )}
    </section>
  )
}

function without(times: StageTimes, id: StageId): StageTimes {
  const { [id]: _, ...others } = times
  return others
}

interface StageFieldProps {
  readonly name: string
  readonly timeMs: number
  /** The visitor's own time, not what is assumed. */
  readonly isGiven: boolean
  readonly onChange: (timeMs: number) => void
  readonly onReset: () => void
}

function StageField({ name, timeMs, isGiven, onChange, onReset }: StageFieldProps) {
  const text = useText()
  const id = useId()
  // What is being typed stays as typed.
  const [draft, setDraft] = useState<string | null>(null)
  const read = (typed: string) => {
    setDraft(typed)
    const value = Number(typed)
    if (typed.trim() !== '' && Number.isFinite(value) && value >= 0) onChange(value)
  }
  const isValid = draft === null || (draft.trim() !== '' && Number(draft) >= 0)
  return (
    <div className="flex items-center gap-2">
      <label className="min-w-0 flex-1 text-note text-ink2" htmlFor={id}>
        {name}
      </label>
      {isGiven && (
        <button type="button" className="link text-label" aria-label={text.sliders.reset(name)} onClick={onReset}>
          {text.sliders.resetShort}
        </button>
      )}
      <input
        id={id}
        className="text-input mono w-18 text-right"
        inputMode="decimal"
        autoComplete="off"
        aria-invalid={!isValid}
        value={draft ?? figure(timeMs, 3)}
        onChange={(event) => read(event.target.value)}
        onBlur={() => setDraft(null)}
      />
      <span className="text-note text-ink3">ms</span>
    </div>
  )
}
