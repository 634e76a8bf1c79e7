import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { fetchReport } from '../api/client.ts'
import { usePageTitle } from '../components/page-title.ts'
import { ProblemNotice } from '../components/problem-notice.tsx'
import { ReportView } from '../components/report-view.tsx'
import { useText } from '../i18n/use-text.ts'
import { asProblem } from '../workers/rpc.ts'

const route = getRouteApi('/r/$hash')

/** A published report: everything on the page comes from its bytes. */
export function ReportPage() {
  const text = useText().report
  const { hash } = route.useParams()
  const report = useQuery({
    queryKey: ['report', hash],
    queryFn: () => fetchReport(hash),
    staleTime: Number.POSITIVE_INFINITY,
  })
  usePageTitle(report.data?.title ?? text.opened(hash.slice(0, 12)))
  return (
    <div className="reading py-9 max-sm:py-5">
      {report.error !== null ? (
        <>
          <h1 className="mb-4">{text.missing}</h1>
          <ProblemNotice problem={asProblem(report.error)} />
        </>
      ) : report.data === undefined ? null : (
        <ReportView report={report.data} hash={hash} />
      )}
    </div>
  )
}
