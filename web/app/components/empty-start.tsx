import { useText } from '../i18n/use-text.ts'
import { budgetPresets } from '../state/budget-presets.ts'
import { useWorkspace } from '../state/workspace.tsx'

/** Three jobs that can be run at once, one line each. */
const examples = [
  { preset: 'mobilenet-v2-1.0', budget: 'phone-camera' },
  { preset: 'resnet50', budget: 'inspection' },
  { preset: 'ds-cnn-kws', budget: 'mcu-keyword' },
] as const

export function EmptyStart() {
  const text = useText()
  const { openPreset, setBudget, setSegments, ask } = useWorkspace()
  return (
    <section>
      <h1>{text.empty.title}</h1>
      <p className="mt-1.5 max-w-[760px] text-ink2">{text.empty.lead}</p>
      <h2 className="mt-8 text-dense">{text.empty.examples}</h2>
      <ul className="mt-1">
        {examples.map(({ preset, budget: id }) => {
          const job = budgetPresets.find((candidate) => candidate.id === id)
          if (job === undefined) return null
          return (
            <li key={preset}>
              <button
                type="button"
                className="link min-h-7"
                onClick={() => {
                  openPreset(preset)
                  setBudget(job.budget)
                  setSegments(job.segments)
                  ask()
                }}
              >
                {text.empty.example(preset, text.ask.presets[id])}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
