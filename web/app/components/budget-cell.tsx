import { useText } from '../i18n/use-text.ts'
import { type BudgetField, paceOf } from '../state/budget-field.ts'
import { budgetPresets, matchingPreset } from '../state/budget-presets.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { BudgetInput } from './budget-input.tsx'

/** Four limits, each optional, and four jobs that fill them. */
export function BudgetCell() {
  const text = useText().ask
  const { budget, setBudget, setSegments } = useWorkspace()
  const active = matchingPreset(budget)
  const pace: BudgetField = paceOf(budget) === 'throughput' ? 'minThroughputPerS' : 'maxLatencyMs'
  return (
    <div className="ask-budget">
      <div className="label max-sm:!h-auto max-sm:flex-wrap">
        {text.budget}
        <kbd className="key">b</kbd>
        <span className="budget-presets">
          {budgetPresets.map((preset) => (
            <button
              key={preset.id}
              type="button"
              aria-pressed={preset === active}
              onClick={() => {
                setBudget(preset.budget)
                setSegments(preset.segments)
              }}
            >
              {text.presets[preset.id]}
            </button>
          ))}
        </span>
      </div>
      <div className="budget-fields">
        {([pace, 'maxPowerW', 'maxMemoryBytes', 'maxPriceUsd'] as const).map((field) => (
          <BudgetInput
            key={field}
            field={field}
            value={budget[field]}
            onChange={(value) => {
              const { [field]: _old, ...rest } = budget
              setBudget(value === undefined ? rest : { ...rest, [field]: value })
            }}
          />
        ))}
      </div>
    </div>
  )
}
