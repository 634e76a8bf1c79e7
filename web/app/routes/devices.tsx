import { overview } from 'virtual:overview'
import { useDeferredValue, useState } from 'react'
import type { Segment } from '../../../simulator/hardware/device.ts'
import { findDevices } from '../answer/device-list.ts'
import { DeviceTable } from '../components/device-table.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { useText } from '../i18n/use-text.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { useWorkspace } from '../state/workspace.tsx'

/** Rows before "Show all". */
const shownAtFirst = 60

/** The catalog: what is known of each device, and how well. */
export function DevicesPage() {
  const text = useText()
  usePageTitle(text.nav.devices)
  useHotkeys()
  const { catalog } = useWorkspace()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<readonly Segment[]>([])
  const devices = catalog?.devices ?? []
  const [all, setAll] = useState(false)
  const found = findDevices(devices, useDeferredValue(search), chosen)
  const shown = all ? found : found.slice(0, shownAtFirst)
  return (
    <div className="page">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-ink pt-7 pb-3">
        <h1>{text.devices.title(overview.places.reduce((sum, place) => sum + place.devices, 0))}</h1>
        <p className="text-ink2">{text.devices.lead}</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 py-3.5">
        <label className="flex items-center gap-2">
          <span className="visually-hidden">{text.devices.search}</span>
          <input
            type="search"
            className="text-input w-64"
            data-hotkey="model"
            placeholder={text.devices.search}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <kbd className="key">/</kbd>
        </label>
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-dense" aria-label={text.ask.where}>
          {overview.places.map(({ segment }) => (
            <label key={segment} className="inline-flex min-h-6 items-center gap-1.5">
              <input
                type="checkbox"
                className="accent-ink"
                checked={chosen.includes(segment)}
                onChange={() =>
                  setChosen(
                    chosen.includes(segment) ? chosen.filter((other) => other !== segment) : [...chosen, segment],
                  )
                }
              />
              {text.segments[segment]}
            </label>
          ))}
        </fieldset>
        <span className="mono text-ink3" role="status">
          {catalog === null ? '' : text.devices.showing(found.length, devices.length)}
        </span>
      </div>
      {found.length === 0 && devices.length > 0 ? (
        <p>
          {text.devices.none}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              setSearch('')
              setChosen([])
            }}
          >
            {text.devices.clear}
          </button>
        </p>
      ) : (
        <DeviceTable devices={shown} />
      )}
      {found.length > shownAtFirst && (
        <button type="button" className="link mt-3 min-h-7 text-dense" onClick={() => setAll(!all)}>
          {all ? text.rows.showFewer : text.rows.showAll(found.length)}
        </button>
      )}
      <p className="mt-3 text-note text-ink2">
        <b className="font-semibold">{text.unknown}</b> {text.devices.unknownNote}
      </p>
    </div>
  )
}
