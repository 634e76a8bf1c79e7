import { AnswerView } from '../components/answer-view.tsx'
import { DimensionForm } from '../components/dimension-form.tsx'
import { DropZone } from '../components/drop-zone.tsx'
import { EmptyStart } from '../components/empty-start.tsx'
import { ModelProblems } from '../components/model-problems.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { QuestionForm } from '../components/question-form.tsx'
import { SlowWork } from '../components/slow-work.tsx'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { useAnswer } from '../state/use-answer.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { asProblem, Cancelled } from '../workers/rpc.ts'

/** Will it fit? A model, a budget, a place; a verdict for every device. */
export function StartPage() {
  const text = useText()
  usePageTitle(text.empty.title)
  useHotkeys()
  const { model, modelProblem, openDimensions, openFiles, bind, asked } = useWorkspace()
  const answer = useAnswer()
  const problem =
    modelProblem ?? (answer.error === null || answer.error instanceof Cancelled ? null : asProblem(answer.error))
  return (
    <div className="page">
      <DropZone onFiles={openFiles} />
      <QuestionForm />
      {model !== null && <ModelProblems problems={model.problems} />}
      <div className="mt-8">
        <SlowWork />
        {/* The answer and the empty page bring their own title. */}
        {(problem !== null || openDimensions.length > 0) && <h1 className="visually-hidden">{text.empty.title}</h1>}
        {problem !== null ? (
          <ProblemNotice problem={problem} />
        ) : openDimensions.length > 0 ? (
          <DimensionForm dimensions={openDimensions} onBind={bind} />
        ) : asked && model !== null && answer.data !== undefined ? (
          <AnswerView answer={answer.data} model={model} stale={answer.isPlaceholderData} />
        ) : asked ? null : (
          <EmptyStart />
        )}
      </div>
    </div>
  )
}
