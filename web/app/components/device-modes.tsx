import { Link } from '@tanstack/react-router'
import type { CatalogFact, DeviceEntry, PowerModeEntry } from '../../../device-catalog/schema.ts'
import { plain } from '../i18n/format.ts'
import { useText } from '../i18n/use-text.ts'
import { useWorkspace } from '../state/workspace.tsx'
import { StatusMark } from './status-mark.tsx'

const columns = ['budget', 'cpuCores', 'cpuClock', 'gpuClock', 'npuClock', 'memoryBandwidth'] as const

/** The power modes beside each other; a mode opens the workbench in it. */
export function DeviceModes({ entry }: { entry: DeviceEntry }) {
  const text = useText().device.modes
  const { setTarget } = useWorkspace()
  const shown = columns.filter((column) => entry.powerModes.some((mode) => mode[column] !== null))
  return (
    <section className="section" aria-labelledby="power-modes">
      <div className="section-head">
        <h2 id="power-modes">{text.title}</h2>
        {entry.powerModes.length > 0 && <span className="note">{text.note}</span>}
      </div>
      {entry.powerModes.length === 0 ? (
        <p className="text-dense text-ink2">{text.none}</p>
      ) : (
        <div className="overflow-x-auto">
          <table>
            <thead>
              <tr>
                <th scope="col">{text.mode}</th>
                {shown.map((column) => (
                  <th key={column} scope="col" className="text-right">
                    {text[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entry.powerModes.map((mode) => (
                <tr key={mode.id}>
                  <th scope="row">
                    <Link
                      to="/sim"
                      hash
                      className="text-ink"
                      onClick={() => setTarget({ device: entry.id, powerMode: mode.id })}
                    >
                      {mode.id}
                    </Link>
                  </th>
                  {shown.map((column) => (
                    <td key={column} className="numeric">
                      <ModeFact fact={factOf(mode, column)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function factOf(mode: PowerModeEntry, column: (typeof columns)[number]): CatalogFact | null {
  return mode[column]
}

function ModeFact({ fact }: { fact: CatalogFact | null }) {
  const { unknown } = useText()
  if (fact === null) return <span className="unknown">{unknown}</span>
  return (
    <span title={fact.formula ?? fact.note}>
      {plain(fact.value)} <StatusMark status={fact.status} bare />
    </span>
  )
}
