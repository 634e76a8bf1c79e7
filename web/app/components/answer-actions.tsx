import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { reportCsv } from '../../../simulator/report/csv.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { reportMarkdown } from '../../../simulator/report/markdown.ts'
import { en as sentences } from '../../../simulator/report/text/en.ts'
import { limits } from '../../../worker/contract/limits.ts'
import { fitReport } from '../answer/fit-report.ts'
import { publishReport } from '../api/client.ts'
import { budgetText } from '../i18n/limit-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { modelService } from '../workers/model-client.ts'
import type { OpenedModel } from '../workers/model-service.ts'
import { asProblem } from '../workers/rpc.ts'
import { CopyButton } from './copy-button.tsx'
import { ProblemNotice } from './problem-notice.tsx'

/** Takes the answer elsewhere: copied as a table, shared as a link, or published as a report. */
export function AnswerActions({ model }: { model: OpenedModel }) {
  const text = useText()
  const { budget, segments } = useWorkspace()
  const navigate = useNavigate()
  const makeReport = (): Promise<Report> =>
    modelService.report({
      title: text.publish.untitled(model.name, budgetText(budget)),
      summary: model.summary,
      budget,
      segments,
      edgeRun: null,
    })
  const publish = useMutation({
    mutationFn: async () => publishReport(fitReport(await makeReport(), limits.maxBodyBytes)),
    onSuccess: (hash) => navigate({ to: '/r/$hash', params: { hash } }),
  })
  return (
    <>
      <span className="flex flex-wrap gap-x-4.5 gap-y-2 md:ml-auto">
        <CopyButton label={text.rows.copyCsv} content={async () => reportCsv(await makeReport())} />
        <CopyButton
          label={text.rows.copyMarkdown}
          content={async () => reportMarkdown(await makeReport(), sentences)}
        />
        <CopyButton label={text.rows.share} content={async () => window.location.href} />
        <button
          type="button"
          className="link"
          title={text.publish.what}
          disabled={publish.isPending}
          onClick={() => publish.mutate()}
        >
          {publish.isPending ? text.publish.busy : text.publish.button}
        </button>
      </span>
      {publish.error && <ProblemNotice problem={asProblem(publish.error)} />}
    </>
  )
}
