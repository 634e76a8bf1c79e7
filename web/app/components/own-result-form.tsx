import { useId, useState } from 'react'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { Prediction } from '../../../simulator/predict/prediction.ts'
import { useText } from '../i18n/use-text.ts'
import { parseBudgetField } from '../state/budget-field.ts'
import { maxOwnResults } from '../state/portal-state.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { OwnResultList } from './own-result-list.tsx'

interface OwnResultFormProps {
  readonly device: Device
  /** What the engine resolved the choice to. */
  readonly prediction: Prediction
}

const fieldMark = 'data-own-result'

/** From elsewhere on the page: opens the form and puts the cursor into its field. */
export function focusOwnResult(): void {
  const field = document.querySelector(`[${fieldMark}]`)
  const form = field?.closest('details')
  if (!(field instanceof HTMLElement) || form == null) return
  form.open = true
  field.focus()
}

/** One measured time on the target that the controls show; it narrows every prediction of the tab. */
export function OwnResultForm({ device, prediction }: OwnResultFormProps) {
  const text = useText().ownResults
  const { model, source, target, ownResults, setOwnResults } = useWorkspace()
  const [draft, setDraft] = useState('')
  // A link may bring results; taking back the last one leaves the field as it is.
  const [isOpen, setOpen] = useState(ownResults.length > 0)
  const [invalid, setInvalid] = useState(false)
  const id = useId()
  if (model === null) return null

  function use(modelId: string) {
    const parsed = parseBudgetField('maxLatencyMs', draft)
    setInvalid(parsed.kind !== 'value')
    if (parsed.kind !== 'value') return
    const { unitId, runtimeId, precision, batch } = prediction
    const { powerMode } = target
    const result = {
      modelId,
      preset: source?.kind === 'preset' ? source.id : null,
      device: device.id,
      ...{ unit: unitId, runtime: runtimeId, precision, batch },
      ...(powerMode === undefined ? {} : { powerMode }),
      latencyMs: parsed.value,
    }
    setOwnResults([...ownResults, result].slice(-maxOwnResults))
    setDraft('')
  }

  return (
    <details className="pt-3.5" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-dense font-semibold">{text.title}</summary>
      <form
        className="mt-2"
        onSubmit={(event) => {
          event.preventDefault()
          use(model.id)
        }}
      >
        <label className="label mb-1 block" htmlFor={id}>
          {text.label}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            {...{ [fieldMark]: '' }}
            className="text-input mono w-full min-w-0"
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={invalid}
            aria-describedby={`${id}-note`}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
          />
          <button type="submit" className="button">
            {text.use}
          </button>
        </div>
        <p id={`${id}-note`} className="mt-1 text-note text-ink3" role={invalid ? 'alert' : undefined}>
          {invalid ? text.invalid : text.note}
        </p>
      </form>
      <OwnResultList />
    </details>
  )
}
