import { batteries } from '../../../device-catalog/batteries.ts'
import type { BatteryLife } from '../../../simulator/decide/battery-life.ts'
import { figure, percent, range } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { durationText } from '../i18n/what-if-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { SelectField } from './select-field.tsx'

const none = ''

/** A battery of the catalog and how long it lasts at the rate that was chosen. */
export function BatteryPanel({ life }: { life: BatteryLife | null }) {
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
    </section>
  )
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
