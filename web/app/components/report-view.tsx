import { overview } from 'virtual:overview'
import { useState } from 'react'
import { limitsOf } from '../../../simulator/report/figures.ts'
import type { Report } from '../../../simulator/report/format.ts'
import { omissionNotes } from '../../../simulator/report/omission.ts'
import { en as sentences } from '../../../simulator/report/text/en.ts'
import { countVerdicts, orderRows } from '../answer/answer.ts'
import { familyOf } from '../answer/family.ts'
import { bytesCommand, fitCommand } from '../answer/reproduce.ts'
import { siPrefix } from '../i18n/format.ts'
import { budgetText, limitValue } from '../i18n/limit-text.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { AnswerRows, type DeviceFacts } from './answer-rows.tsx'
import { EdgeRunFigures } from './edge-run-figures.tsx'
import { ReportActions } from './report-actions.tsx'
import { ReportBasis } from './report-basis.tsx'
import { VerifyReport } from './verify-report.tsx'

/** Rows before "Show all". */
const shownAtFirst = 12

export function ReportView({ report, hash }: { report: Report; hash: string }) {
  const text = useText()
  const { catalog } = useWorkspace()
  const { model, budget, createdWith, edgeRun } = report
  const rows = orderRows(report.rows)
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  const limits = budgetText(budget)
  const factsOf = (deviceId: string): DeviceFacts => {
    const device = catalog?.devices.find(({ id }) => id === deviceId)
    return { family: device ? familyOf(device) : 'other', priceUsd: null }
  }
  return (
    <>
      <div className="flex flex-wrap gap-x-4.5 gap-y-1 text-note text-ink3">
        <span className="mono">{text.report.opened(`${hash.slice(0, 8)}…${hash.slice(-4)}`)}</span>
        <span>{text.report.published}</span>
        <VerifyReport report={report} />
      </div>
      <h1 className="mt-3">{report.title}</h1>
      <p className="mt-2.5 max-w-[720px] text-section/[25px] text-ink2">
        {limits === '' ? text.report.leadNoLimits : text.report.lead(countVerdicts(rows).fits, rows.length, limits)}
      </p>
      <ReportActions report={report} hash={hash} />
      <section className="section mt-9" aria-labelledby="verdict">
        <h2 id="verdict" className="mb-2">
          {text.report.verdict}
        </h2>
        <div className="report-rows">
          <AnswerRows rows={shown} budget={budget} factsOf={factsOf} selected={null} />
        </div>
        <p className="mt-2.5 flex flex-wrap justify-between gap-x-4 gap-y-1 text-note text-ink2">
          {text.report.legend}
          {rows.length > shownAtFirst && (
            <button type="button" className="link text-dense" onClick={() => setAll(!all)}>
              {all ? text.rows.showFewer : text.rows.showAll(rows.length)}
            </button>
          )}
        </p>
        {omissionNotes(report, sentences).map((note) => (
          <p key={note} className="mt-1 text-note text-ink2">
            {note}
          </p>
        ))}
      </section>
      <div className="mt-9 grid grid-cols-2 gap-10 max-sm:grid-cols-1 max-sm:gap-6">
        <section className="section" aria-labelledby="inputs">
          <h2 id="inputs" className="mb-2">
            {text.report.inputs}
          </h2>
          <dl className="facts">
            <dt>{text.report.model}</dt>
            <dd className="mono">{model.name}</dd>
            <dt>{text.report.modelId}</dt>
            <dd className="mono">{model.id}</dd>
            <dt>{text.report.graph}</dt>
            <dd>{graphText(report, text)}</dd>
            <dt>{text.report.limits}</dt>
            <dd className="mono">
              {limitsOf(budget)
                .map(({ limit, value }) => limitValue(limit, value))
                .join(' · ')}
            </dd>
            <dt>{text.report.scope}</dt>
            <dd>{text.report.scopeText}</dd>
          </dl>
        </section>
        <section className="section" aria-labelledby="versions">
          <h2 id="versions" className="mb-2">
            {text.report.versions}
          </h2>
          <dl className="facts">
            <dt>{text.report.engine}</dt>
            <dd className="mono">{createdWith.engineVersion}</dd>
            <dt>{text.report.catalog}</dt>
            <dd className="mono">{createdWith.catalogVersion}</dd>
            <dt>{text.report.format}</dt>
            <dd className="mono">v{report.version}</dd>
          </dl>
        </section>
      </div>
      {edgeRun !== null && (
        <section className="section mt-9" aria-labelledby="edge-run">
          <h2 id="edge-run" className="mb-2">
            {text.report.edgeRun}
          </h2>
          <EdgeRunFigures run={edgeRun} />
        </section>
      )}
      <ReportBasis rows={shown} />
      <section className="section mt-9" aria-labelledby="reproduce">
        <h2 id="reproduce" className="mb-2">
          {text.report.reproduce}
        </h2>
        <pre className="code">{bytesCommand(window.location.origin, hash)}</pre>
        {rows[0] !== undefined && limits !== '' && (
          <pre className="code mt-2">
            {fitCommand({ name: model.name, budget }, rows[0].prediction, overview.presets)}
          </pre>
        )}
      </section>
    </>
  )
}

function graphText({ model: { summary } }: Report, text: ReturnType<typeof useText>): string {
  const macs = summary.operators.map((operator) => operator.macs)
  const sum = siPrefix(macs.reduce<number>((total, each) => total + (each ?? 0), 0))
  const parameters = siPrefix(summary.constants.reduce((total, { elements }) => total + elements, 0))
  return text.report.graphText(
    summary.operators.length,
    macs.includes(null) ? text.ask.macsUnknown : `${sum.text} ${sum.prefix}MAC`,
    `${parameters.text} ${parameters.prefix}`.trim(),
  )
}
