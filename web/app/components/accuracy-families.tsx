import { useState } from 'react'
import type { FamilyReport, Standing } from '../../../worker/contract/validation.ts'
import { familiesCsv } from '../answer/accuracy-csv.ts'
import { baselineIds } from '../answer/baseline-ids.ts'
import { percent, times } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { saveFile } from '../state/save-file.ts'
import { VerdictGlyph } from './verdict.tsx'

/** Rows before "Show all". */
const shownAtFirst = 24

const standings = [
  'evident',
  'offTarget',
  'tooFewToJudge',
  'noBetter',
  'fewRows',
] as const satisfies readonly Standing[]

/** One row per family × runtime × precision, beside the baselines and the sister bound. */
export function AccuracyFamilies({ families }: { families: readonly FamilyReport[] }) {
  const { families: text, standings: names } = useText().accuracy
  const [standing, setStanding] = useState<Standing | ''>('')
  const [all, setAll] = useState(false)
  const found = families.filter((family) => standing === '' || family.standing === standing)
  const shown = all ? found : found.slice(0, shownAtFirst)
  const count = (of: Standing) => families.filter((family) => family.standing === of).length
  return (
    <section className="section mt-8">
      <div className="section-head">
        <h2>{text.title}</h2>
        <span className="note">{text.note}</span>
        <label className="flex items-center gap-2 text-note text-ink3">
          {text.standing}
          <select
            className="select"
            value={standing}
            onChange={(event) => setStanding(standings.find((known) => known === event.target.value) ?? '')}
          >
            <option value="">{text.any(families.length)}</option>
            {standings.map((each) => (
              <option key={each} value={each}>
                {text.option(names[each], count(each))}
              </option>
            ))}
          </select>
        </label>
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
      <section className="overflow-x-auto" aria-label={text.title} tabIndex={0}>
        <table className="accuracy-table">
          <thead>
            <tr>
              <th scope="col">{text.family}</th>
              <th scope="col">{text.runtime}</th>
              <th scope="col">{text.precision}</th>
              <th scope="col" className="text-right">
                {text.rows}
              </th>
              <th scope="col" className="text-right">
                {text.spread}
              </th>
              <th scope="col" className="accuracy-bar">
                {text.median}
              </th>
              {[
                text.medianFigure,
                text.p90,
                text.covers50,
                text.covers80,
                text.covers95,
                text.halfWidth,
                ...baselineIds.map((id) => text.baselines[id]),
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
            {shown.map((family) => (
              <FamilyRow key={`${family.family} ${family.runtime} ${family.precision}`} family={family} />
            ))}
          </tbody>
        </table>
      </section>
      {found.length > shownAtFirst && (
        <button type="button" className="link mt-2 min-h-7 text-dense" onClick={() => setAll(!all)}>
          {all ? text.fewer : text.all(found.length)}
        </button>
      )}
      <p className="mt-2 text-note text-ink2">{text.sisterNote}</p>
    </section>
  )
}

function FamilyRow({ family }: { family: FamilyReport }) {
  const text = useText().accuracy
  const { metrics, baselines, sisterBound, standing } = family
  const intervals = metrics?.intervals ?? null
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        {family.family}
      </th>
      <td className="whitespace-nowrap">{family.runtime}</td>
      <td className="whitespace-nowrap">{family.precision}</td>
      <td className="numeric">{family.rows}</td>
      <td className="numeric whitespace-nowrap">
        {family.models} × {family.devices}
      </td>
      <td className="accuracy-bar" aria-hidden="true">
        {metrics !== null && (
          <span className="block h-2 bg-ink2" style={{ width: `${Math.min(1, metrics.mdApe) * 100}%` }} />
        )}
      </td>
      <td className="numeric">{metrics === null ? '' : percent(metrics.mdApe)}</td>
      <td className="numeric">{metrics === null ? '' : times(metrics.p90Factor)}</td>
      <td className="numeric">{intervals === null ? '' : percent(intervals.coverage50Share)}</td>
      <td className="numeric">{intervals === null ? '' : percent(intervals.coverage80Share)}</td>
      <td className="numeric">{intervals === null ? '' : percent(intervals.coverage95Share)}</td>
      <td className="numeric">{intervals === null ? '' : times(intervals.halfWidth80Factor)}</td>
      {baselineIds.map((id) => (
        <td key={id} className="numeric text-ink2">
          {baselines[id] == null ? '' : percent(baselines[id].mdApe)}
        </td>
      ))}
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
  tooFewToJudge: 'unknown',
  noBetter: 'fails',
  fewRows: 'unknown',
} as const satisfies Record<Standing, string>
