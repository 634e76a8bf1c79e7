import type { ReportPrediction } from '../../../simulator/report/format.ts'
import { factName, factText } from '../i18n/fact-text.ts'
import { useText } from '../i18n/use-text.ts'
import { StatusMark } from './status-mark.tsx'

/** The figures of the device that the answer rests on; defaults are counted, the workbench lists them all. */
export function Basis({ prediction }: { prediction: ReportPrediction }) {
  const all = useText()
  const text = all.detail
  const { evidence, basis } = prediction
  const stated = basis.filter(({ from }) => from !== 'default')
  const defaults = basis.length - stated.length
  return (
    <section>
      <h3>{text.basis}</h3>
      <p className="text-note text-ink2">
        {text.evidenceLead(evidence)} {evidence.outsideEvidence ? text.outside : ''}
      </p>
      <ul className="mt-1">
        {stated.map((fact) => (
          <li key={fact.field} className="flex items-baseline gap-2 py-[3px] text-note text-ink2">
            <span className="min-w-0 flex-1 truncate" title={`${fact.field}: ${fact.sourceIds.join(', ')}`}>
              {factName(fact.field, all)}
            </span>
            <span className="mono whitespace-nowrap text-ink">{factText(fact)}</span>
            <span className="w-[74px]">
              <StatusMark status={fact.status} />
            </span>
          </li>
        ))}
      </ul>
      {defaults > 0 && <p className="mt-1 text-note text-ink3">{text.defaults(defaults)}</p>}
    </section>
  )
}
