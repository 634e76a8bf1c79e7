import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { cancelModelWork } from '../workers/model-client.ts'
import { useSlowProgress } from './progress-line.tsx'

/** Names the stage of work that lasts longer than 3 s, and offers to end it. */
export function SlowWork() {
  const text = useText().progress
  const progress = useSlowProgress(3000)
  if (progress === null) return null
  const stage = text.stages[progress.stage]
  return (
    <p className="mb-4 flex items-center gap-3 text-dense text-ink2" role="status">
      {progress.share === null ? stage : text.share(stage, percent(progress.share))}
      <button type="button" className="button" onClick={cancelModelWork}>
        {text.cancel}
      </button>
    </p>
  )
}
