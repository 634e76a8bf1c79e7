import type { BriefMetrics, Comparison, SplitReport, ValidationReport } from '../../../worker/contract/validation.ts'
import { pointsCsv } from '../answer/accuracy-csv.ts'
import { baselineIds } from '../answer/baseline-ids.ts'
import { figure, percent, plain, times } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { saveFile } from '../state/save-file.ts'
import { DataTable } from './data-table.tsx'
import { SourceLink } from './source-link.tsx'

/** What is not pooled: language models, energy, records in quarantine; and whose figures all of it is. */
export function AccuracyApart({ validation, split }: { validation: ValidationReport; split: SplitReport }) {
  const text = useText().accuracy
  const { apart, families, quarantine } = text
  const median = (metrics: BriefMetrics | null | undefined) => (metrics == null ? '' : percent(metrics.mdApe))
  const cells = ({ rows, unanswered, metrics, baselines, sisterBound }: Comparison) => [
    rows,
    unanswered,
    median(metrics),
    metrics === null ? '' : times(metrics.p90Factor),
    metrics?.intervals ? percent(metrics.intervals.coverage80Share) : '',
    ...baselineIds.map((id) => median(baselines[id])),
    median(sisterBound),
  ]
  return (
    <div className="accuracy-apart">
      <section className="section col-span-full min-w-0">
        <h2 className="mb-2">{apart.title}</h2>
        <DataTable
          whole
          caption={apart.title}
          head={[
            apart.figure,
            apart.rows,
            apart.unanswered,
            families.medianFigure,
            families.p90,
            families.covers80,
            ...baselineIds.map((id) => families.baselines[id]),
            families.sister,
          ]}
          rows={[
            ...split.language.map((each) => [apart.quantities[each.quantity], ...cells(each)]),
            ...split.energy.map((each) => [apart.energyOf(each.origin), ...cells(each)]),
          ]}
        />
      </section>
      <section className="section col-span-full min-w-0">
        <div className="section-head">
          <h2>{quarantine.title}</h2>
          <span className="note">{quarantine.note(validation.quarantine.length)}</span>
        </div>
        <DataTable
          whole
          caption={quarantine.title}
          head={[
            text.scatter.model,
            text.scatter.device,
            families.runtime,
            families.precision,
            quarantine.trust,
            text.scatter.measured,
            quarantine.floor,
            quarantine.floorFrom,
            text.scatter.source,
          ]}
          rows={validation.quarantine.map((record) => [
            record.presetId,
            record.deviceId,
            record.runtime,
            record.precision,
            record.trust,
            figure(record.measuredMs, 3),
            figure(record.floorMs, 3),
            quarantine.floors[record.floorFrom](record.arithmetic),
            <SourceLink key="source" id={record.sourceId} sources={validation.sources} />,
          ])}
        />
      </section>
      <section className="section col-span-full min-w-0">
        <h2>{text.evidence.title}</h2>
        <p className="mt-2 text-dense text-ink2">
          {text.evidence.text(
            plain(validation.evidence.rows),
            validation.evidence.sources,
            plain(validation.evidence.scored),
          )}{' '}
          {validation.evidence.unanswered.length === 0
            ? text.evidence.answered
            : validation.evidence.unanswered
                .map(({ code, rows }) => text.evidence.unanswered(code, plain(rows)))
                .join(' ')}
        </p>
        <button
          type="button"
          className="link mt-1 text-note"
          onClick={() => saveFile(pointsCsv(validation), 'edgefit-accuracy-rows.csv', 'text/csv')}
        >
          {text.evidence.csv}
        </button>
        <details className="mt-2 text-note">
          <summary>{text.evidence.licences}</summary>
          <ul className="mt-2">
            {validation.sources.map(({ id, attribution }) => (
              <li key={id} className="border-b border-line py-1 text-ink2 [overflow-wrap:anywhere]">
                {attribution}
              </li>
            ))}
          </ul>
        </details>
      </section>
    </div>
  )
}
