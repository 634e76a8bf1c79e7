import { useEffect, useId, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { type BudgetField, fieldRules, parseBudgetField, showBudgetField } from '../state/budget-field.ts'

interface BudgetInputProps {
  readonly field: BudgetField
  /** In the unit of the budget; `undefined` = no limit. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}

/** One limit. Takes a number with or without a unit; what it cannot read stays in the field and is explained. */
export function BudgetInput({ field, value, onChange }: BudgetInputProps) {
  const text = useText()
  const id = useId()
  const shown = showBudgetField(field, value)
  const [draft, setDraft] = useState(shown)
  const [invalid, setInvalid] = useState(false)
  useEffect(() => {
    setDraft(shown)
    setInvalid(false)
  }, [shown])

  function commit() {
    const parsed = parseBudgetField(field, draft)
    setInvalid(parsed.kind === 'invalid')
    if (parsed.kind === 'invalid') return
    const next = parsed.kind === 'value' ? parsed.value : undefined
    if (next === value) setDraft(shown)
    else onChange(next)
  }

  const { unit } = fieldRules[field]
  return (
    <div className="budget-field">
      <label htmlFor={id}>{text.limits[field]}</label>
      <div className="budget-input">
        {draft !== '' && <span aria-hidden="true">{field === 'minThroughputPerS' ? '≥' : '≤'}</span>}
        <input
          id={id}
          aria-label={text.ask.field[field]}
          aria-invalid={invalid}
          aria-describedby={invalid ? `${id}-problem` : undefined}
          data-hotkey={field === 'maxLatencyMs' || field === 'minThroughputPerS' ? 'budget' : undefined}
          inputMode="decimal"
          autoComplete="off"
          placeholder={text.ask.any}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key === 'Escape') setDraft(shown)
          }}
        />
        {draft !== '' && <span className="unit">{unit}</span>}
      </div>
      {invalid && (
        <p id={`${id}-problem`} role="alert" className="text-label text-no">
          {text.ask.invalid(draft, unit)}
        </p>
      )}
    </div>
  )
}
