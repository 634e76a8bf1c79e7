import { changeLabel } from '../../../simulator/decide/what-if/change.ts'
import type { Trial } from '../../../simulator/decide/what-if/trial.ts'
import type { Device } from '../../../simulator/hardware/device.ts'
import type { TargetKey } from '../../../simulator/predict/prediction.ts'
import { trialText } from '../../../simulator/report/what-if-text.ts'
import { applyChange } from '../answer/apply-change.ts'
import { useText } from '../i18n/use-text.ts'
import { deltaText } from '../i18n/what-if-text.ts'
import type { Tries } from '../state/use-tries.ts'
import { useWorkspace } from '../state/workspace.tsx'

/** As many as fit beside the charts; all of them are in the table. */
const shownTries = 5

/** The changes that help most, each a button where a control makes it. */
interface TriesListProps {
  readonly tries: Tries
  readonly device: Device
  /** What the engine resolved the target to. */
  readonly now: TargetKey
}

export function TriesList({ tries: { trials, done, all }, device, now }: TriesListProps) {
  const text = useText().tries
  const { target, whatIf, setControls, openPreset } = useWorkspace()
  const runtimes = device.units.find(({ id }) => id === now.unitId)?.runtimes.map(({ id }) => id) ?? []
  const helpful = trials.filter(({ outcome }) => outcome?.effect === 'faster').slice(0, shownTries)
  const isDone = trials.length > 0
  return (
    <section className="mt-5.5 border-t border-line pt-2.5" aria-label={text.title}>
      <h2 className="text-dense">{text.title}</h2>
      <p className="text-note text-ink3">{isDone || all === null ? text.note : text.working(done, all)}</p>
      {isDone && helpful.length === 0 && <p className="text-note text-ink2">{text.none}</p>}
      <ul>
        {helpful.map((trial) => {
          const applied = applyChange(trial.change, { target, whatIf }, now, runtimes)
          const apply = () => {
            if (applied === null) return
            setControls({ target: applied.target, whatIf: applied.whatIf })
            if (applied.preset !== undefined) openPreset(applied.preset)
          }
          return (
            <li key={changeLabel(trial.change)} className="py-1 text-note">
              {applied === null ? (
                <span>{changeLabel(trial.change)}</span>
              ) : (
                <button
                  type="button"
                  className="link"
                  aria-label={text.apply(changeLabel(trial.change))}
                  onClick={apply}
                >
                  {changeLabel(trial.change)}
                </button>
              )}
              <span className="mono block text-label text-ink2">{mainDelta(trial)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Of what the effect is judged by. */
function mainDelta({ change, outcome }: Trial): string {
  const delta = change.kind === 'batch' ? outcome?.deltas.throughputPerS : outcome?.deltas.latencyMs
  return delta == null ? '' : deltaText(delta)
}

/** Everything that was tried, with its reason; also what would not help. */
export function TriesTable({ tries: { trials, done, all } }: { tries: Tries }) {
  const text = useText().tries
  const hindered = trials.filter(({ outcome }) => outcome === null).length
  if (trials.length === 0) return <p className="text-ink2">{all === null ? '' : text.working(done, all)}</p>
  return (
    <section aria-labelledby="tries">
      <div className="section-head">
        <h2 id="tries">{text.more}</h2>
        <span className="note">{hindered > 0 && text.noHelp(hindered)}</span>
      </div>
      <table className="tries">
        <caption className="visually-hidden">{text.table}</caption>
        <thead>
          <tr>
            <th scope="col">{text.columns.change}</th>
            <th scope="col" className="text-right">
              {text.columns.latency}
            </th>
            <th scope="col" className="text-right">
              {text.columns.energy}
            </th>
            <th scope="col">{text.columns.why}</th>
          </tr>
        </thead>
        <tbody>
          {trials.map((trial) => (
            <TrialRow key={changeLabel(trial.change)} trial={trial} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function TrialRow({ trial }: { trial: Trial }) {
  const text = useText().tries
  const { change, outcome } = trial
  const { latencyMs = null, energyPerItemMj = null } = outcome?.deltas ?? {}
  return (
    <tr>
      <th scope="row" className="!font-normal">
        {changeLabel(change)}
        {outcome && <span className="block text-label text-ink3">{text.effects[outcome.effect]}</span>}
      </th>
      <td className="numeric">{latencyMs && deltaText(latencyMs)}</td>
      <td className="numeric">{energyPerItemMj && deltaText(energyPerItemMj)}</td>
      <td className="text-note text-ink2">{trialText(trial)}</td>
    </tr>
  )
}
