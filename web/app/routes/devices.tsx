import { evidence } from 'virtual:evidence'
import { overview } from 'virtual:overview'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { devicesCsv } from '../answer/device-csv.ts'
import { deviceOrders, facetsToRelax, findDevices } from '../answer/device-list.ts'
import { DeviceFacets } from '../components/device-facets.tsx'
import { DeviceTable } from '../components/device-table.tsx'
import { usePageTitle } from '../components/page-title.ts'
import { StatusMark } from '../components/status-mark.tsx'
import { useText } from '../i18n/use-text.ts'
import { type DeviceSearch, deviceQueryOf, without, withText } from '../state/device-search.ts'
import { useHotkeys } from '../state/hotkeys.ts'
import { saveFile } from '../state/save-file.ts'
import { useWorkspace } from '../state/workspace.tsx'

/** Rows before "Show all". */
const shownAtFirst = 60

/** The catalog: what is known of each device, and how well. The question stands in the address. */
export function DevicesPage() {
  const text = useText()
  usePageTitle(text.nav.devices)
  useHotkeys()
  const { catalog } = useWorkspace()
  const search = useSearch({ from: '/devices' })
  const navigate = useNavigate({ from: '/devices' })
  const [all, setAll] = useState(false)
  const rows = useMemo(
    () => (catalog?.devices ?? []).map((device) => ({ device, measuredRows: evidence[device.id]?.rows ?? 0 })),
    [catalog],
  )
  const change = (next: DeviceSearch) => void navigate({ search: next, replace: true, resetScroll: false })
  const query = useDeferredValue(deviceQueryOf(search))
  const found = useMemo(() => findDevices(rows, query), [rows, query])
  const shown = all ? found : found.slice(0, shownAtFirst)
  return (
    <div className="page">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-2 border-b border-ink pt-7 pb-3">
        <h1>{text.devices.title(overview.places.reduce((sum, place) => sum + place.devices, 0))}</h1>
        <p className="flex-1 text-ink2 max-sm:basis-full">{text.devices.lead}</p>
        <span className="flex flex-wrap gap-3">
          {(['measured', 'vendor', 'derived', 'assumed'] as const).map((status) => (
            <StatusMark key={status} status={status} />
          ))}
        </span>
        <button
          type="button"
          className="button"
          disabled={catalog === null}
          onClick={() => saveFile(devicesCsv(found), 'edgefit-devices.csv', 'text/csv')}
        >
          {text.devices.csv}
        </button>
      </div>
      <div className="devices-page">
        <div>
          <label className="flex items-center gap-2 py-3.5">
            <span className="visually-hidden">{text.devices.search}</span>
            <input
              type="search"
              className="text-input w-full min-w-0"
              data-hotkey="model"
              placeholder={text.devices.search}
              value={search.q ?? ''}
              onChange={(event) => change(withText(search, event.target.value))}
            />
            <kbd className="key">/</kbd>
          </label>
          <DeviceFacets rows={rows} search={search} onChange={change} />
        </div>
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3.5">
            <span className="mono text-ink3" role="status">
              {catalog === null ? '' : text.devices.showing(found.length, rows.length)}
            </span>
            {Object.keys(search).length > 0 && (
              <button type="button" className="link text-dense" onClick={() => change({})}>
                {text.devices.clear}
              </button>
            )}
            <label className="ml-auto flex items-center gap-2 text-note text-ink3">
              {text.devices.sort}
              <select
                className="select"
                value={query.order}
                onChange={(event) => {
                  const order = deviceOrders.find((known) => known === event.target.value)
                  if (order !== undefined) change({ ...search, order })
                }}
              >
                {deviceOrders.map((order) => (
                  <option key={order} value={order}>
                    {text.devices.orders[order]}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {found.length === 0 && rows.length > 0 ? (
            <div role="status">
              <p>{text.devices.none}</p>
              <ul className="mt-2">
                {facetsToRelax(rows, query).map(({ facet, count }) => (
                  <li key={facet}>
                    <button type="button" className="link min-h-6" onClick={() => change(without(search, facet))}>
                      {text.devices.relax(facet, count)}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          ) : (
            <DeviceTable rows={shown} all={rows} />
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
      </div>
    </div>
  )
}
