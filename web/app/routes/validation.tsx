import { useQuery } from '@tanstack/react-query'
import { fetchValidation } from '../api/client.ts'
import { AccuracyView } from '../components/accuracy-view.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { useText } from '../i18n/use-text.ts'
import { asProblem } from '../workers/rpc.ts'

/** How wrong predictions are, in public. */
export function ValidationPage() {
  const text = useText().accuracy
  usePageTitle(text.nav)
  const validation = useQuery({
    queryKey: ['validation'],
    queryFn: fetchValidation,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (validation.error !== null) {
    return (
      <div className="reading py-9">
        <h1 className="mb-4">{text.unavailable}</h1>
        <ProblemNotice problem={asProblem(validation.error)} />
      </div>
    )
  }
  return (
    <div className="page">
      {validation.data === undefined ? (
        <h1 className="pt-7">{text.title}</h1>
      ) : (
        <AccuracyView validation={validation.data} />
      )}
    </div>
  )
}
