import { useQuery } from '@tanstack/react-query'
import { fetchOpenApi } from '../api/open-api.ts'
import { ApiOperation } from '../components/api-operation.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { useText } from '../i18n/use-text.ts'
import { asProblem } from '../workers/rpc.ts'

/** The OpenAPI document of this deployment, read as a page. */
export function ApiReferencePage() {
  const text = useText().api
  usePageTitle(text.title)
  const document = useQuery({ queryKey: ['openapi'], queryFn: fetchOpenApi, staleTime: Number.POSITIVE_INFINITY })
  return (
    <div className="reading py-9">
      <h1>{text.title}</h1>
      <p className="mt-2.5 max-w-[720px] text-section/[25px] text-ink2">{text.lead}</p>
      <p className="mt-2">
        <a href="/openapi.json">{text.document}</a>
      </p>
      {document.error && (
        <div className="mt-6">
          <ProblemNotice problem={asProblem(document.error)} />
        </div>
      )}
      {document.data?.map((operation) => (
        <ApiOperation key={operation.id} operation={operation} />
      ))}
    </div>
  )
}
