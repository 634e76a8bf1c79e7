import type { ReportRow } from '../../../simulator/report/format.ts'
import { rowKey } from '../answer/answer.ts'
import { factName, factText } from '../i18n/fact-text.ts'
import { useText } from '../i18n/use-text.ts'
import { StatusMark } from './status-mark.tsx'

/** What each answer rests on: the stated figures of every device, folded by device. */
export function ReportBasis({ rows }: { rows: readonly ReportRow[] }) {
  const text = useText()
  return (
    <section className="section mt-9" aria-labelledby="basis">
      <h2 id="basis" className="mb-2">
        {text.report.basis}
      </h2>
      {rows.map((row) => {
        const stated = row.prediction.basis.filter(({ from }) => from !== 'default')
        return (
          <details key={rowKey(row)} className="border-b border-line py-1.5">
            <summary className="text-dense">
              {row.deviceName}{' '}
              <span className="text-note text-ink3">
                {text.report.stated(stated.length, row.prediction.basis.length)}
              </span>
            </summary>
            <table className="fact-table mb-2">
              <thead>
                <tr>
                  <th scope="col">{text.workbench.facts.value}</th>
                  <th scope="col" className="text-right">
                    {text.workbench.facts.used}
                  </th>
                  <th scope="col">{text.workbench.facts.class}</th>
                  <th scope="col">{text.workbench.facts.source}</th>
                </tr>
              </thead>
              <tbody>
                {stated.map((fact) => (
                  <tr key={fact.field}>
                    <th scope="row" className="!font-normal" title={fact.field}>
                      {factName(fact.field, text)}
                    </th>
                    <td className="numeric">{factText(fact)}</td>
                    <td>
                      <StatusMark status={fact.status} />
                    </td>
                    <td className="text-note text-ink2 [overflow-wrap:anywhere]">{fact.sourceIds.join(', ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        )
      })}
    </section>
  )
}
