import { Link } from '@tanstack/react-router'
import { canonicalJson } from '../../../simulator/json.ts'
import { reportCsv } from '../../../simulator/report/csv.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { reportHtml } from '../../../simulator/report/html.ts'
import { reportMarkdown } from '../../../simulator/report/markdown.ts'
import { en as sentences } from '../../../simulator/report/text/en.ts'
import { useText } from '../i18n/use-text.ts'
import { emptyState } from '../state/portal-state.ts'
import { saveFile } from '../state/save-file.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { CopyButton } from './copy-button.tsx'

/** The report as a link, as files, and as the start of a new question. */
export function ReportActions({ report, hash }: { report: Report; hash: string }) {
  const text = useText().report
  const { load } = useWorkspace()
  const name = `edgefit-${hash.slice(0, 12)}`
  return (
    <div className="mt-5 flex flex-wrap items-center gap-2">
      <CopyButton className="button button-primary" label={text.copyLink} content={async () => window.location.href} />
      <span className="label ml-2">{text.export}</span>
      <button
        type="button"
        className="button"
        onClick={() => saveFile(canonicalJson(report), `${name}.json`, 'application/json')}
      >
        {text.exportJson}
      </button>
      <button type="button" className="button" onClick={() => saveFile(reportCsv(report), `${name}.csv`, 'text/csv')}>
        {text.exportCsv}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => saveFile(reportMarkdown(report, sentences), `${name}.md`, 'text/markdown')}
      >
        {text.exportMarkdown}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => saveFile(reportHtml(report, hash, sentences), `${name}.html`, 'text/html')}
      >
        {text.exportHtml}
      </button>
      <Link
        to="/"
        className="button"
        onClick={() =>
          load({ ...emptyState, model: { kind: 'summary', summary: report.model.summary }, budget: report.budget })
        }
      >
        {text.openState}
      </Link>
    </div>
  )
}
