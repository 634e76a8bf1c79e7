import type { EdgeRunMeasurement } from '../../../simulator/report/format.ts'
import { figure } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { DataTable } from './data-table.tsx'

interface EdgeRunFiguresProps {
  readonly run: EdgeRunMeasurement
  /** Its problem stands beside it already. */
  readonly explained?: boolean
}

/** A measurement with everything needed to judge it: slope, fixed part, fit, raw samples, versions. */
export function EdgeRunFigures({ run, explained = false }: EdgeRunFiguresProps) {
  const text = useText()
  const unknown = <span className="unknown">{text.unknown}</span>
  return (
    <>
      {!run.valid && !explained && <p className="mb-2 text-dense text-no">{text.edgeCloud.invalid}</p>}
      <dl className="facts">
        <dt>{text.report.model}</dt>
        <dd className="mono">
          {run.model}, {run.precision}
        </dd>
        <dt>{text.edgeCloud.slope}</dt>
        <dd className="mono">{run.slopeMs === null ? unknown : `${figure(run.slopeMs, 3)} ms`}</dd>
        <dt>{text.edgeCloud.intercept}</dt>
        <dd className="mono">{run.interceptMs === null ? unknown : `${figure(run.interceptMs, 2)} ms`}</dd>
        <dt>{text.edgeCloud.r2}</dt>
        <dd className="mono">{run.r2 === null ? unknown : run.r2.toFixed(4)}</dd>
        <dt>{text.edgeCloud.colo}</dt>
        <dd>{run.colo ?? text.edgeCloud.local}</dd>
        <dt>{text.edgeCloud.methodTitle}</dt>
        <dd>{run.method}</dd>
      </dl>
      <details className="mt-2 text-dense">
        <summary>{text.edgeCloud.samples}</summary>
        <DataTable
          caption={text.edgeCloud.samples}
          head={[text.edgeCloud.sampleK, text.edgeCloud.sampleMs]}
          rows={run.samples.map(({ k, ms }) => [String(k), figure(ms, 4)])}
        />
      </details>
    </>
  )
}
