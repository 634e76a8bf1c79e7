import { batteries } from '../../../device-catalog/batteries.ts'
import type { BatteryLife } from '../../../simulator/decide/battery-life.ts'
import type { Metric } from '../../../simulator/predict/prediction.ts'
import type { BandPoint } from '../charts/band-line.tsx'
import { logDomain } from '../charts/scale.ts'
import { figure, percent, range, tick } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { durationText, rateText } from '../i18n/what-if-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { WorkbenchAnswer } from '../workers/workbench-question.ts'
import { BandFigure } from './band-figure.tsx'
import { SelectField } from './select-field.tsx'

const none = ''

/** A battery of the catalog and how long it lasts at the rate that was chosen. */
export function BatteryPanel({ life, byRate }: Pick<BatteryFigureProps, 'life' | 'byRate'>) {
  const text = useText().battery
  const { whatIf, setWhatIf } = useWorkspace()
  const { battery = none, ...others } = whatIf
  return (
    <section aria-labelledby="battery">
      <div className="section-head">
        <h2 id="battery">{text.title}</h2>
      </div>
      <div className="flex max-w-80 flex-col gap-3 pt-2">
        <SelectField
          label={text.cell}
          options={[
            { value: none, label: text.none },
            ...batteries.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={battery}
          onChange={(id) => setWhatIf(id === none ? others : { ...others, battery: id })}
        />
        {battery !== none && whatIf.ratePerS === undefined && <p className="text-note text-ink2">{text.needsRate}</p>}
        {life && <Life life={life} />}
      </div>
      <BatteryFigure life={life} byRate={byRate} name={batteries.find(({ id }) => id === battery)?.name ?? ''} />
    </section>
  )
}

interface BatteryFigureProps {
  readonly life: BatteryLife | null
  readonly byRate: WorkbenchAnswer['batteryByRate']
  readonly name: string
}

function BatteryFigure({ life, byRate, name }: BatteryFigureProps) {
  const text = useText().battery
  const { whatIf } = useWorkspace()
  const points = byRate.flatMap(({ ratePerS, life: { hours } }) => pointOf(ratePerS, hours))
  const [slowest, fastest] = [points[0], points.at(-1)]
  if (slowest === undefined || fastest === undefined) return null
  const marked = life === null || whatIf.ratePerS === undefined ? undefined : pointOf(whatIf.ratePerS, life.hours)[0]
  const end = (point: BandPoint) => [durationText(point.p50, text), rateText(point.x, text.rates)] as const
  return (
    <div className="pt-7">
      <BandFigure
        title={text.byRate}
        note={text.byRateNote}
        summary={text.byRateSummary(name, ...end(slowest), ...end(fastest))}
        fileName="edgefit-battery"
        points={points}
        x={{ kind: 'log', domain: logDomain(points.map(({ x }) => x)) }}
        y={{ kind: 'log', domain: logDomain(points.flatMap(({ low, high }) => [low, high])) }}
        marked={marked ?? null}
        labels={{ x: text.perS, y: text.hours, marked: marked === undefined ? '' : durationText(marked.p50, text) }}
        head={[text.table.rate, text.table.hours, text.table.band, text.table.load, text.table.busy]}
        rows={byRate.flatMap(({ ratePerS, life: { hours, loadW, busyShare } }) =>
          hours.availability === 'unavailable' || loadW.availability === 'unavailable'
            ? []
            : [
                [
                  tick(ratePerS),
                  figure(hours.p50, 3),
                  range(...hours.pi80, 3),
                  figure(loadW.p50, 2),
                  percent(busyShare),
                ],
              ],
        )}
      />
    </div>
  )
}

function pointOf(x: number, hours: Metric): BandPoint[] {
  return hours.availability === 'unavailable' ? [] : [{ x, p50: hours.p50, low: hours.pi80[0], high: hours.pi80[1] }]
}

function Life({ life: { hours, loadW, busyShare, keepsUp, pulseV, holdsPulse } }: { life: BatteryLife }) {
  const text = useText().battery
  if (hours.availability === 'unavailable' || loadW.availability === 'unavailable') return null
  const span = `${durationText(hours.pi80[0], text)} – ${durationText(hours.pi80[1], text)}`
  return (
    <>
      <dl className="result-figures">
        <dt>{text.life}</dt>
        <dd>{text.lasts(durationText(hours.p50, text), span)}</dd>
        <dt>{text.load}</dt>
        <dd>
          {figure(loadW.p50, 2)} W <span className="text-ink3">{range(...loadW.pi80, 2)}</span>
        </dd>
        <dt>{text.busy}</dt>
        <dd>{percent(busyShare)}</dd>
        {pulseV !== null && (
          <>
            <dt>{text.pulse}</dt>
            <dd>
              {figure(pulseV, 3)} V{' '}
              <span className="text-ink3">{holdsPulse === 'yes' ? text.pulseHeld : text.pulseLow}</span>
            </dd>
          </>
        )}
      </dl>
      {!keepsUp && <p className="text-note text-ink2">{text.slow}</p>}
    </>
  )
}
