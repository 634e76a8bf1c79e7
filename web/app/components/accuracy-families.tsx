import type { BriefMetrics, FamilyReport, Standing } from '../../../worker/contract/validation.ts'
import { familiesCsv } from '../answer/accuracy-csv.ts'
import { percent } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { saveFile } from '../state/save-file.ts'
import { VerdictGlyph } from './verdict.tsx'

/** One row per family × runtime × precision, beside the best baseline and the sister bound. */
export function AccuracyFamilies({ families }: { families: readonly FamilyReport[] }) {
  const text = useText().accuracy.families
  return (
    <section className="section mt-8">
      <div className="section-head">
        <h2>{text.title}</h2>
        <span className="note">{text.note}</span>
        <button
          type="button"
          className="link text-note"
          onClick={() => saveFile(familiesCsv(families), 'edgefit-accuracy-families.csv', 'text/csv')}
        >
          {text.csv}
          <span className="visually-hidden">: {text.title}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard. */}
      <section className="max-h-[720px] overflow-auto" aria-label={text.title} tabIndex={0}>
        <table className="accuracy-table">
          <thead>
            <tr>
              <th scope="col">{text.family}</th>
              <th scope="col">{text.runtime}</th>
              <th scope="col">{text.precision}</th>
              <th scope="col" className="text-right">
                {text.rows}
              </th>
              <th scope="col" className="accuracy-bar">
                {text.median}
              </th>
              {[
                text.medianFigure,
                text.p90,
                text.covers80,
                text.covers95,
                text.halfWidth,
                text.baseline,
                text.sister,
              ].map((name) => (
                <th key={name} scope="col" className="text-right">
                  {name}
                </th>
              ))}
              <th scope="col">{text.standing}</th>
            </tr>
          </thead>
          <tbody>
            {families.map((family) => (
              <FamilyRow key={`${family.family} ${family.runtime} ${family.precision}`} family={family} />
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-note text-ink2">{text.sisterNote}</p>
    </section>
  )
}

function FamilyRow({ family }: { family: FamilyReport }) {
  const text = useText().accuracy
  const { metrics, baselines, sisterBound, standing } = family
  const intervals = metrics?.intervals ?? null
  const best = bestBaseline(baselines)
  return (
    <tr>
      <th scope="row">{family.family}</th>
      <td className="whitespace-nowrap">{family.runtime}</td>
      <td className="whitespace-nowrap">{family.precision}</td>
      <td className="numeric">{family.rows}</td>
      <td className="accuracy-bar" aria-hidden="true">
        {metrics !== null && (
          <span className="block h-2 bg-ink2" style={{ width: `${Math.min(1, metrics.mdApe) * 100}%` }} />
        )}
      </td>
      <td className="numeric">{metrics === null ? '' : percent(metrics.mdApe)}</td>
      <td className="numeric">{metrics === null ? '' : times(metrics.p90Factor)}</td>
      <td className="numeric">{intervals === null ? '' : percent(intervals.coverage80Share)}</td>
      <td className="numeric">{intervals === null ? '' : percent(intervals.coverage95Share)}</td>
      <td className="numeric">{intervals === null ? '' : times(intervals.halfWidth80Factor)}</td>
      <td className="numeric" title={best === null ? undefined : text.families.baselines[best.id]}>
        {best === null ? '' : percent(best.mdApe)}
      </td>
      <td className="numeric">{sisterBound === null ? '' : percent(sisterBound.mdApe)}</td>
      <td>
        <span className={`verdict v-${glyphOf[standing]}`}>
          <VerdictGlyph verdict={glyphOf[standing]} />
          {text.standings[standing]}
        </span>
      </td>
    </tr>
  )
}

const glyphOf = {
  evident: 'fits',
  offTarget: 'tight',
  noBetter: 'fails',
  fewRows: 'unknown',
} as const satisfies Record<Standing, string>

function bestBaseline(baselines: FamilyReport['baselines']): { readonly id: string; readonly mdApe: number } | null {
  const known = Object.entries(baselines).filter((entry): entry is [string, BriefMetrics] => entry[1] !== null)
  const [first] = known.map(([id, { mdApe }]) => ({ id, mdApe })).sort((a, b) => a.mdApe - b.mdApe)
  return first ?? null
}

function times(factor: number): string {
  return `×${factor.toFixed(2)}`
}
