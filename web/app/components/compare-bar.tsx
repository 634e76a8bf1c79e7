import { Link } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'

/** At the foot of the page once a model is chosen: the way to the difference of two. */
export function CompareBar({ chosen }: { chosen: readonly string[] }) {
  const text = useText().models
  const [before, after] = chosen
  return (
    <div className="compare-bar" role="status">
      {before !== undefined && after !== undefined ? (
        <Link to="/models/diff" search={{ old: before, new: after }} className="button button-primary">
          {text.compareBoth(before, after)}
        </Link>
      ) : (
        <span className="text-note text-ink2">{text.compareNote(before)}</span>
      )}
    </div>
  )
}
