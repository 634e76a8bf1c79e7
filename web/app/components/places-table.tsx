import { failsUpTo, fitsFrom } from '../../../simulator/decide/fit.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import { formatProbability } from '../../../simulator/report/figures.ts'
import { familyOf } from '../answer/family.ts'
import { figure, range, significantDigits } from '../i18n/format.ts'
import { targetText } from '../i18n/target-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { Place } from '../workers/compare-places.ts'
import { FamilyMark } from './family-mark.tsx'
import { VerdictGlyph } from './verdict.tsx'

/** The four places in figures: the table twin of the bars. */
export function PlacesTable({ places, hasDeadline }: { places: readonly Place[]; hasDeadline: boolean }) {
  const text = useText()
  return (
    <section className="section" aria-labelledby="all-places">
      <div className="section-head">
        <h2 id="all-places">{text.edgeCloud.table}</h2>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.edgeCloud.place}</th>
            <th scope="col" className="text-right">
              {text.edgeCloud.inference}, ms
            </th>
            <th scope="col" className="text-right">
              {text.edgeCloud.total}, ms
            </th>
            {hasDeadline && (
              <th scope="col" className="text-right">
                {text.edgeCloud.inTime}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place.kind}>
              <th scope="row">
                <span className="flex items-center gap-2">
                  <FamilyMark family={familyOf(place.device)} />
                  {text.edgeCloud[place.kind]}
                </span>
                <span className="block pl-[19px] text-note font-normal text-ink2 max-sm:hidden">
                  {place.device.name} · {targetText(place.target)}
                </span>
              </th>
              <td className="numeric">
                <Band metric={place.inferenceMs} />
                {place.measuredMs !== null && (
                  <div className="text-note">
                    {text.edgeCloud.measured} {figure(place.measuredMs, 3)}
                  </div>
                )}
              </td>
              <td className="numeric">
                <Band metric={place.path.totalMs} />
              </td>
              {hasDeadline && (
                <td className="numeric">
                  <InTime value={place.pInTime} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Band({ metric }: { metric: Metric }) {
  const text = useText()
  if (metric.availability === 'unavailable') {
    return (
      <span className="unknown" title={text.rows.noFigure(metric.missing)}>
        {text.unknown}
      </span>
    )
  }
  const digits = significantDigits(metric)
  return (
    <>
      {figure(metric.p50, digits)}
      <div className="text-label text-ink3">{range(...metric.pi80, digits)}</div>
    </>
  )
}

function InTime({ value }: { value: number | null }) {
  const text = useText()
  if (value === null) return <span className="unknown">{text.unknown}</span>
  const verdict = value >= fitsFrom ? 'fits' : value <= failsUpTo ? 'fails' : 'tight'
  return (
    <span className={`v-${verdict} inline-flex items-center gap-1.5 text-(--v)`}>
      <VerdictGlyph verdict={verdict} size={11} />P {formatProbability(value)}
    </span>
  )
}
