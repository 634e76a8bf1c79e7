import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { BudgetCell } from './budget-cell.tsx'
import { ModelCell } from './model-cell.tsx'
import { WhereCell } from './where-cell.tsx'

/** The question in one row: which model, within which limits, where. */
export function QuestionForm() {
  const text = useText().ask
  const { source, ask } = useWorkspace()
  const ready = source !== null && source.kind !== 'missing'
  return (
    <form
      className="ask"
      aria-label={text.label}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) ask()
      }}
    >
      <ModelCell />
      <BudgetCell />
      <WhereCell />
      <button type="submit" className="ask-go" aria-disabled={!ready} title={ready ? undefined : text.needsModel}>
        {text.check}
        <kbd className="key">{text.enter}</kbd>
      </button>
    </form>
  )
}
