import type { Metric } from '../../../simulator/predict/prediction.ts'
import { figure, range, significantDigits } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import type { ModeState } from '../workers/power-states.ts'
import { Verdict } from './verdict.tsx'

/** The power modes of the device beside each other; the one that meets the budget with least energy is marked. */
export function PowerModes({ modes }: { modes: readonly ModeState[] }) {
  const text = useText().energy
  const { target, setTarget } = useWorkspace()
  return (
    <section aria-labelledby="modes">
      <div className="section-head">
        <h2 id="modes">{text.modes}</h2>
        <span className="note">{text.modesNote}</span>
      </div>
      {modes.length < 2 ? (
        <p className="text-note text-ink2">{text.oneMode}</p>
      ) : (
        <table className="modes">
          <caption className="visually-hidden">{text.modes}</caption>
          <thead>
            <tr>
              <th scope="col">{text.mode}</th>
              {[text.latency, text.sustained, text.ofEnergy, text.power].map((name) => (
                <th key={name} scope="col" className="text-right">
                  {name}
                </th>
              ))}
              <th scope="col">{text.verdict}</th>
            </tr>
          </thead>
          <tbody>
            {modes.map((mode) => (
              <tr key={mode.powerMode}>
                <th scope="row" className="!font-normal">
                  <button
                    type="button"
                    className="link"
                    onClick={() => setTarget({ ...target, powerMode: mode.powerMode })}
                  >
                    {mode.powerMode}
                  </button>
                  {mode.leastEnergy && <span className="block text-label text-ink2">{text.least}</span>}
                  {mode.onFront && !mode.leastEnergy && (
                    <span className="block text-label text-ink3">{text.onFront}</span>
                  )}
                </th>
                <Banded metric={mode.latencyMs} />
                <td className="numeric">{mode.sustainedMs === null ? '' : figure(mode.sustainedMs, 3)}</td>
                <Banded metric={mode.energyMj} />
                <Banded metric={mode.powerW} />
                <td>
                  <Verdict verdict={mode.fit.verdict} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Banded({ metric }: { metric: Metric }) {
  const text = useText()
  if (metric.availability === 'unavailable') {
    return (
      <td className="text-right">
        <span className="unknown" title={text.rows.noFigure(metric.missing)}>
          {text.unknown}
        </span>
      </td>
    )
  }
  const digits = significantDigits(metric)
  return (
    <td className="numeric">
      {figure(metric.p50, digits)} <span className="modes-band text-ink3">{range(...metric.pi80, digits)}</span>
    </td>
  )
}
